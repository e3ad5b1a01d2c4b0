using CrmPlatform.Journal;

namespace CrmPlatform.Leads.Leads;

/// <summary>Where a lead can go from where it is.</summary>
public static class ReadLeadSteps
{
    /// <summary>The state it is in, those the caller may take it to, and whether they may take it to others if they say why.</summary>
    public sealed record Steps(LeadStatus Status, IReadOnlyList<string> Allowed, bool MayOverride);

    /// <summary>Where the caller can take a lead from where it is.</summary>
    public static async Task<Steps> Handle(Guid id, Session session)
    {
        var lead = await session.Find<Lead>(id) ?? throw Refusal.NotFound("lead", id);
        var rights = (await session.Standing()).Rights;
        return new Steps(
            lead.Status, (await LeadTransition.Matrix(session)).Allowed(LeadTransition.Name(lead.Status), rights), rights.May(LeadSteps.Override));
    }
}
