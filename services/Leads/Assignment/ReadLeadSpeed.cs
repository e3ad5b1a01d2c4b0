using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using CrmPlatform.Leads.Leads;
using CrmPlatform.Records;

namespace CrmPlatform.Leads.Assignment;

/// <summary>How soon somebody is in touch with new leads.</summary>
public static class ReadLeadSpeed
{
    private static readonly string[] Ways = ["all", "owner", "source", "day", "week", "month"];

    /// <summary>How soon somebody was in touch with some leads.</summary>
    public sealed record Speed
    {
        /// <summary>Which ones; null for those of nobody, or that came from nowhere.</summary>
        public string? Of { get; init; }

        /// <summary>How many.</summary>
        public required long Leads { get; init; }

        /// <summary>With how many somebody has been in touch.</summary>
        public required long Answered { get; init; }

        /// <summary>How many were to be answered until a time that has come, or were answered.</summary>
        public required long Due { get; init; }

        /// <summary>How many of these were answered in time.</summary>
        public required long InTime { get; init; }

        /// <summary>The share in time, 0 to 1; null where none was due.</summary>
        public decimal? Share => Due == 0 ? null : Math.Round((decimal)InTime / Due, 4);

        /// <summary>Half of those who were answered were answered within so many minutes.</summary>
        public double? MedianMinutes { get; init; }

        /// <summary>Nine in ten of them.</summary>
        public double? P90Minutes { get; init; }
    }

    /// <summary>How soon somebody is in touch with new leads: of those the caller sees, in the period asked for.</summary>
    public static async Task<IReadOnlyList<Speed>> Handle(
        [Description("By what leads are put together: owner, source, the day, week or month they came; all where nothing is said.")]
        [RegularExpression("^(all|owner|source|day|week|month)$")] string? by,
        [Description("Which leads: `source = \"fair\" and createdAt in lastmonth`.")] string? filter,
        [Description("The time zone days begin in; UTC where nothing is said.")] string? zone,
        Session session, Shapes shapes, CancellationToken cancel)
    {
        var way = string.IsNullOrEmpty(by) ? "all" : by;
        if (!Ways.Contains(way))
            throw Refusal.Invalid("by", $"by is one of {string.Join(", ", Ways)}.");
        var leads = await session.Choose<Lead>(shapes, filter, null, zone, cancel);
        return await leads.Ask<Speed>(
            (rows, places) =>
            {
                var group = Group(way, places[0]);
                return $"""
                    select {group} as of, count(*) as leads, count(r.first_response_at) as answered,
                        count(*) filter (where r.response_due_at is not null and (r.first_response_at is not null or r.response_due_at <= {places[1]})) as due,
                        count(*) filter (where r.first_response_at <= r.response_due_at) as in_time,
                        percentile_cont(0.5) within group (order by extract(epoch from r.first_response_at - r.created_at) / 60.0) as median_minutes,
                        percentile_cont(0.9) within group (order by extract(epoch from r.first_response_at - r.created_at) / 60.0) as p90_minutes
                    {rows} group by 1 order by 2 desc, 1 limit 1000
                    """;
            },
            zone ?? "UTC", session.Now);
    }

    // A text that names the zone; constants of ours otherwise.
    private static string Group(string way, string zone) => way switch
    {
        "owner" => "r.owner_id::text",
        "source" => "r.source",
        "day" => $"to_char(r.created_at at time zone {zone}, 'YYYY-MM-DD')",
        "week" => $"to_char(date_trunc('week', r.created_at at time zone {zone}), 'YYYY-MM-DD')",
        "month" => $"to_char(r.created_at at time zone {zone}, 'YYYY-MM')",
        _ => $"case when {zone}::text is null then '' else 'all' end",
    };
}
