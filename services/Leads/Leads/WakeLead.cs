using CrmPlatform.Journal;
using CrmPlatform.Records.Deadlines;

namespace CrmPlatform.Leads.Leads;

/// <summary>Takes a lead up again that was put aside until now: it goes back to who had it, or to whoever it is assigned to.</summary>
public static class WakeLead
{
    /// <summary>When, and what then.</summary>
    public static readonly Deadline<Lead> Due = new("recycled", nameof(Lead.RecycleAt), Wake);

    private static Task Wake(Session session, Lead lead) => session.Change(lead, lead with
    {
        Status = lead.OwnerId is null ? LeadStatus.New : LeadStatus.Assigned,
        RecycleAt = null,
        FirstResponseAt = null,
        ResponseOverdueAt = null,
        AssignedAt = lead.OwnerId is null ? null : session.Now,
    });
}
