using CrmPlatform.Journal;

namespace CrmPlatform.Leads.Leads;

/// <summary>Takes a lead from one state to another, as the tenant's steps allow.</summary>
public static class ChangeLeadStatus
{
    /// <summary>The state it is to be in; a reason for nothing coming of it, or when it is taken up again, where the state wants one.</summary>
    /// <param name="To">The state.</param>
    /// <param name="Reason">Why nothing will come of it: wanted where it is disqualified.</param>
    /// <param name="RecycleAt">When it is taken up again: wanted where it is recycled.</param>
    /// <param name="Override">Why the step is taken though it is not foreseen; needs <c>overrideLeadTransition</c>.</param>
    public sealed record Request(LeadStatus To, string? Reason = null, DateTimeOffset? RecycleAt = null, string? Override = null);

    /// <summary>Takes a lead from one state to another; a refusal lists the states it could be taken to.</summary>
    public static async Task<Lead> Handle(Guid id, Request request, Session session)
    {
        var lead = await session.Lock<Lead>(id);
        return request.To switch
        {
            LeadStatus.Disqualified => await DisqualifyLead.Take(session, lead, request.Reason, request.Override),
            LeadStatus.Recycled => await RecycleLead.Take(session, lead, request.RecycleAt, request.Override),
            LeadStatus.Converted when lead.Status != LeadStatus.Converted =>
                throw new Refusal(422, "convert", "A lead is converted by POST /leads/{id}/convert, which says into what."),
            _ => await Take(session, lead, request),
        };
    }

    private static async Task<Lead> Take(Session session, Lead lead, Request request)
    {
        lead = await LeadSteps.Demand(session, lead, request.To, request.Override);
        if (request.To == LeadStatus.Assigned && lead.OwnerId is null)
            throw Refusal.Invalid("ownerId", "A lead is assigned to somebody: give it an owner first.", BrokenRule.Required);
        return await session.Change(lead, lead with
        {
            Status = request.To,
            RejectionReason = null,
            RecycleAt = null,
            OwnerId = request.To == LeadStatus.New ? null : lead.OwnerId,
        });
    }
}
