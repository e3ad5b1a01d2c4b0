using System.Collections.Concurrent;
using CrmPlatform.Journal;
using CrmPlatform.Leads.Assignment;
using CrmPlatform.Leads.Scoring;

namespace CrmPlatform.Leads.Leads;

/// <summary>
/// What a tenant has said of how leads are scored, given to people and answered. Read once, for as long as nothing of it has changed: what every lead
/// asks is only whether it has.
/// </summary>
internal sealed record LeadBook
{
    private static readonly ConcurrentDictionary<Guid, (string Edition, LeadBook Book)> Known = [];

    /// <summary>What gives points.</summary>
    public required IReadOnlyList<ScoringRule> Scoring { get; init; }

    /// <summary>Whose leads are whose, in the order in which they are asked.</summary>
    public required IReadOnlyList<AssignmentRule> Assignment { get; init; }

    /// <summary>Until when somebody is to be in touch, in the order in which they are asked.</summary>
    public required IReadOnlyList<ResponseTarget> Targets { get; init; }

    /// <summary>The steps of the grid, and the scorecard.</summary>
    public required LeadSettings Settings { get; init; }

    /// <summary>What rules of each group give together at most.</summary>
    public required IReadOnlyDictionary<Guid, int> Caps { get; init; }

    /// <summary>What rules of a group give together at most.</summary>
    public int? CapOf(Guid group) => Caps.TryGetValue(group, out var cap) ? cap : null;

    /// <summary>The tenant's, as it is in this session.</summary>
    public static async ValueTask<LeadBook> Of(Session session)
    {
        if (session.Known.TryGetValue(nameof(LeadBook), out var known))
            return (LeadBook)known;
        var edition = (await session.Query<string>(
            """
            select concat_ws(' ',
                (select sum(version) || ' ' || max(updated_at) from scoring_rule where tenant = @tenant),
                (select sum(version) || ' ' || max(updated_at) from scoring_group where tenant = @tenant),
                (select sum(version) || ' ' || max(updated_at) from assignment_rule where tenant = @tenant),
                (select sum(version) || ' ' || max(updated_at) from response_target where tenant = @tenant),
                (select sum(version) || ' ' || max(updated_at) from lead_settings where tenant = @tenant))
            """))[0];
        if (!Known.TryGetValue(session.Cause.Tenant, out var last) || last.Edition != edition)
            Known[session.Cause.Tenant] = last = (edition, await Read(session));
        session.Known[nameof(LeadBook)] = last.Book;
        return last.Book;
    }

    private static async Task<LeadBook> Read(Session session) => new()
    {
        Scoring = await session.List<ScoringRule>("deleted_at is null and not inactive", new { }),
        Caps = (await session.List<ScoringGroup>("deleted_at is null", new { })).ToDictionary(g => g.Id, g => g.Cap),
        Assignment = await session.List<AssignmentRule>("deleted_at is null and not inactive order by position, id", new { }),
        Targets = await session.List<ResponseTarget>("deleted_at is null and not inactive order by position, id", new { }),
        Settings = (await session.List<LeadSettings>("deleted_at is null", new { })).FirstOrDefault() ?? new LeadSettings(),
    };
}
