using CrmPlatform.Journal;

namespace CrmPlatform.Leads.Leads;

/// <summary>What follows when a lead gets an owner or another status: it is dated, and the first time somebody was in touch is kept.</summary>
/// <remarks>An undo brings its dates along: what the writer has dated stays.</remarks>
public static class LeadProgress
{
    /// <summary>The rule.</summary>
    public static ValueTask<Lead> Rule(Session session, Lead? before, Lead after)
    {
        if (after.OwnerId is not null && after.OwnerId != before?.OwnerId)
            after = after with
            {
                Status = after.Status == LeadStatus.New ? LeadStatus.Assigned : after.Status,
                AssignedAt = after.AssignedAt == before?.AssignedAt ? session.Now : after.AssignedAt,
            };
        if (before is null || after.Status != before.Status && after.StatusSince == before.StatusSince)
            after = after with { StatusSince = session.Now };
        if (before is not null && before.Status.IsUntouched() && !after.Status.IsUntouched())
            after = after with { FirstResponseAt = after.FirstResponseAt ?? session.Now };
        return new(after);
    }
}
