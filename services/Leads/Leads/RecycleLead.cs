using CrmPlatform.Journal;

namespace CrmPlatform.Leads.Leads;

/// <summary>Puts a lead aside until a time at which it is taken up again by itself.</summary>
public static class RecycleLead
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365 * 5);

    /// <summary>When it is taken up again; and why the step is taken though it is not foreseen.</summary>
    public sealed record Request(DateTimeOffset? At = null, string? Override = null);

    /// <summary>Puts a lead aside until a time at which it is taken up again by itself.</summary>
    public static async Task<Lead> Handle(Guid id, Request request, Session session) =>
        await Take(session, await session.Lock<Lead>(id), request.At, request.Override);

    internal static async Task<Lead> Take(Session session, Lead lead, DateTimeOffset? at, string? overriding)
    {
        lead = await LeadSteps.Demand(session, lead, LeadStatus.Recycled, overriding);
        if (at is not { } time || time <= session.Now || time > session.Now + Longest)
            throw Refusal.Invalid("at", "Say when it is taken up again: a time to come, within five years.");
        return await session.Change(lead, lead with { Status = LeadStatus.Recycled, RecycleAt = time, RejectionReason = null });
    }
}
