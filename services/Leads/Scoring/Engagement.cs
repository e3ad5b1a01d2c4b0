using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Leads.Leads;

namespace CrmPlatform.Leads.Scoring;

/// <summary>Who got in touch with whom.</summary>
public enum EngagementDirection
{
    /// <summary>They with us.</summary>
    In,

    /// <summary>We with them.</summary>
    Out,
}

/// <summary>Something that happened between a lead and us: a form was filled in, a mail opened, a call made.</summary>
public sealed record Engagement : Record
{
    /// <summary>Whom it happened to.</summary>
    [Required, Refers("lead")]
    public Guid? LeadId { get; init; }

    /// <summary>What happened: <c>formSubmitted</c>, <c>emailOpened</c>, <c>call</c>.</summary>
    [Required, StringLength(50), RegularExpression("[a-z][A-Za-z0-9]*", ErrorMessage = "A kind looks like emailOpened.")]
    [Example("emailOpened")]
    public string Kind { get; init; } = "";

    /// <summary>Who got in touch with whom.</summary>
    public EngagementDirection Direction { get; init; }

    /// <summary>When it happened; now where nothing is said.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What it was about.</summary>
    [StringLength(500), Searched]
    public string? Subject { get; init; }

    /// <summary>The rule: it is dated, and whom it happened to is scored anew. When we were in touch first is kept.</summary>
    public static async ValueTask<Engagement> Rule(Session session, Engagement? before, Engagement after)
    {
        if (after.At > session.Now.AddMinutes(5))
            throw Refusal.Invalid("at", "It has not happened yet.");
        if (before is not null && before.LeadId is not null && before.LeadId != after.LeadId)
            throw Refusal.Invalid("leadId", "What happened to one lead has not happened to another.");
        after = after with { At = after.At ?? session.Now };
        if (after.LeadId is not { } id || after.Id == default
            || await session.List<Lead>("id = @id and deleted_at is null", new { id }, locks: true) is not [var lead])
            return after;
        session.Known[Pending] = after;
        await session.Change(lead, after is { Direction: EngagementDirection.Out, DeletedAt: null } && before is null
            ? lead with { FirstResponseAt = lead.FirstResponseAt ?? after.At } : lead);
        session.Known.Remove(Pending);
        return after;
    }

    private const string Pending = "engagement";

    /// <summary>What happened to some leads, the one that is being written among it.</summary>
    internal static async Task<ILookup<Guid, Happened>> Of(Session session, params Guid[] leads)
    {
        var written = session.Known.TryGetValue(Pending, out var known) ? (Engagement)known : null;
        var rows = await session.Query<Row>(
            "select id, lead_id as lead, kind, at from engagement where tenant = @tenant and lead_id = any(@leads) and deleted_at is null", new { leads });
        if (written is not null)
            rows.RemoveAll(r => r.Id == written.Id);
        if (written is { DeletedAt: null, LeadId: { } lead, At: { } at } && leads.Contains(lead))
            rows.Add(new Row { Id = written.Id, Lead = lead, Kind = written.Kind, At = at });
        return rows.ToLookup(r => r.Lead, r => new Happened(r.Id, r.Kind, r.At));
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }

        public required Guid Lead { get; init; }

        public required string Kind { get; init; }

        public required DateTimeOffset At { get; init; }
    }
}
