using CrmPlatform.Journal;

namespace CrmPlatform.Leads.Leads;

/// <summary>Says that nothing will come of a lead, and why.</summary>
public static class DisqualifyLead
{
    /// <summary>Why; and why the step is taken though it is not foreseen.</summary>
    public sealed record Request(string? Reason = null, string? Override = null);

    /// <summary>Says that nothing will come of a lead, and why.</summary>
    public static async Task<Lead> Handle(Guid id, Request request, Session session) =>
        await Take(session, await session.Lock<Lead>(id), request.Reason, request.Override);

    internal static async Task<Lead> Take(Session session, Lead lead, string? reason, string? overriding)
    {
        lead = await LeadSteps.Demand(session, lead, LeadStatus.Disqualified, overriding);
        if (string.IsNullOrWhiteSpace(reason))
            throw Refusal.Invalid("reason", "Say why nothing will come of it.", BrokenRule.Required);
        return await session.Change(lead, lead with { Status = LeadStatus.Disqualified, RejectionReason = reason.Trim(), RecycleAt = null });
    }
}
