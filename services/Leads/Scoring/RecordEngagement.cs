using CrmPlatform.Journal;
using CrmPlatform.Leads.Leads;

namespace CrmPlatform.Leads.Scoring;

/// <summary>Something happened between a lead and us; the lead is scored anew.</summary>
public static class RecordEngagement
{
    /// <summary>What happened, who got in touch with whom, when, and what it was about.</summary>
    public sealed record Request(string Kind, EngagementDirection Direction = EngagementDirection.In, DateTimeOffset? At = null, string? Subject = null);

    /// <summary>Keeps that something happened to a lead and answers with the lead as it is scored now.</summary>
    public static async Task<Lead> Handle(Guid id, Request request, Session session)
    {
        await session.Lock<Lead>(id);
        await session.Create(new Engagement
        {
            LeadId = id,
            Kind = request.Kind ?? "",
            Direction = request.Direction,
            At = request.At,
            Subject = request.Subject,
        });
        return await session.Find<Lead>(id) ?? throw Refusal.NotFound("lead", id);
    }
}
