using CrmPlatform.Contracts.Leads;
using CrmPlatform.Journal;
using CrmPlatform.Leads.Leads;
using CrmPlatform.Records;
using CrmPlatform.Records.Deadlines;

namespace CrmPlatform.Leads.Assignment;

/// <summary>Says until when somebody is to be in touch with a new lead, and tells once when nobody has been.</summary>
public static class RespondToLead
{
    /// <summary>When nobody has been in touch in time, and what then.</summary>
    public static readonly Deadline<Lead> Due = new("overdue", nameof(Lead.ResponseWatchAt), Overdue);

    /// <summary>The rule.</summary>
    public static async ValueTask<Lead> Rule(Session session, Lead? before, Lead after)
    {
        var isFresh = after.Status.IsUntouched() && (before is null || before.Status == LeadStatus.Recycled);
        if (!isFresh || after.ResponseDueAt != before?.ResponseDueAt)
            return after;
        var target = await Target(session, after);
        return after with { ResponseDueAt = target?.DueFrom(session.Now) };
    }

    private static async Task Overdue(Session session, Lead lead)
    {
        var escalation = (await Target(session, lead))?.Escalation ?? Escalation.Notify;
        var other = escalation == Escalation.Reassign ? await AssignLead.Pick(session, lead, lead.OwnerId) : null;
        await session.Change(
            lead,
            lead with
            {
                ResponseOverdueAt = session.Now,
                OwnerId = other ?? lead.OwnerId,
                TeamId = other is null ? lead.TeamId : null,
            },
            new LeadResponseOverdue { DueAt = lead.ResponseDueAt!.Value, OwnerId = lead.OwnerId, GivenTo = other });
    }

    private static async Task<ResponseTarget?> Target(Session session, Lead lead)
    {
        foreach (var target in (await LeadBook.Of(session)).Targets)
            if (await session.Holds(target.Condition, lead))
                return target;
        return null;
    }
}
