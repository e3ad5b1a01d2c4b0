using CrmPlatform.Journal;
using CrmPlatform.Query;
using CrmPlatform.Records.Doors;

namespace CrmPlatform.Records;

/// <summary>Reads what callers write in the filter language; what cannot be meant is refused with where and why.</summary>
internal static class Asked
{
    public static Filter? Filter(string? text, Shape shape) => string.IsNullOrWhiteSpace(text) ? null : Read("filter", () => Query.Filter.Parse(text, shape));

    public static Sort Sort(string? text, Shape shape, string otherwise = "-createdAt") =>
        Read("sort", () => Query.Sort.Parse(string.IsNullOrWhiteSpace(text) ? otherwise : text, shape));

    /// <summary>All of the conditions that there are, as one.</summary>
    public static SqlText? All(IEnumerable<Filter?> filters, Context context)
    {
        var (texts, values) = (new List<string>(), new List<object>());
        foreach (var filter in filters.OfType<Filter>())
        {
            var sql = filter.ToSql(context, new("r", Listing.FirstOfFilter + values.Count));
            texts.Add($"({sql.Text})");
            values.AddRange(sql.Parameters);
        }
        return texts.Count == 0 ? null : new(string.Join(" and ", texts), values);
    }

    public static async ValueTask<Context> Context(Session session, string? zone) => new(session.Now, Zone(zone))
    {
        Me = Guid.TryParse(session.Cause.Actor.Id, out var me) ? me : null,
        Team = (await session.Standing()).Teams,
    };

    /// <summary>How many are asked for, where something is said.</summary>
    public static int? Within(string parameter, int? number, int most) =>
        number is < 1 || number > most ? throw Refusal.Invalid(parameter, $"{parameter} is between 1 and {most}.") : number;

    private static TimeZoneInfo Zone(string? id) => id is null ? TimeZoneInfo.Utc
        : TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone
        : throw Refusal.Invalid("zone", "This is no time zone; one looks like Europe/Berlin.");

    internal static T Read<T>(string parameter, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (QueryException e)
        {
            throw new Refusal(422, "invalid", $"The {parameter} cannot be understood.")
            {
                Errors = new Dictionary<string, string[]> { [parameter] = [e.Message] },
                Facts = new Dictionary<string, object?> { ["offset"] = e.Offset, ["length"] = e.Length, ["suggestion"] = e.Suggestion },
            };
        }
    }
}
