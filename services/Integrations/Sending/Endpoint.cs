using CrmPlatform.Access;
using CrmPlatform.Integrations.Hearing;
using CrmPlatform.Integrations.Webhooks;
using CrmPlatform.Journal;

namespace CrmPlatform.Integrations.Sending;

/// <summary>Something to deliver: what happened, and how often it was tried.</summary>
internal sealed record Job(Happening What, int Tries, int Attempts, byte[] Body);

/// <summary>A webhook as it is when something is sent to it, and what is due for it.</summary>
internal sealed record Endpoint(Webhook Webhook, IReadOnlyList<byte[]> Secrets, IReadOnlyList<Job> Jobs)
{
    private static readonly Actor Platform = new(ActorKind.Platform, "webhooks", "Webhooks") { Door = "webhook" };

    private const string DueSql =
        """
        select e.id, e.service, e.position, e.at, e.type, e.record_id, e.version, e.actor::text as actor, e.operation, e.body, d.tries, d.attempts
        from due d join event e on e.tenant = d.tenant and e.service = d.service and e.position = d.position
        where d.tenant = @tenant and d.webhook = @id and d.due_at <= @now and d.event <> all(@busy)
        """;

    // Of one record only the first goes; what is parked holds those behind it, too.
    private const string IsFirst =
        """
         and not exists (
            select from due p where p.tenant = d.tenant and p.webhook = d.webhook and p.record_id = d.record_id and p.version < d.version)
        """;

    /// <summary>A session of the platform in a tenant.</summary>
    public static Session Session(Sessions sessions, Guid tenant, CancellationToken cancel) =>
        sessions.Begin(new Cause(Platform, tenant, Guid.CreateVersion7(), null), cancel);

    /// <summary>What a webhook is told next, but for what is on its way; null when nothing is sent to it.</summary>
    public static async Task<Endpoint?> Load(Session session, WebhookSecrets secrets, Guid id, Guid[] busy, int atMost)
    {
        var webhooks = await session.List<Webhook>("id = @id and deleted_at is null and state = 'active'", new { id });
        if (webhooks is not [var webhook])
            return null;
        var signing = await secrets.Of(session, id);
        if (signing.Count == 0 && webhook.Format == WebhookFormat.Standard)
            return null;
        var rows = await session.Query<Row>(
            $"{DueSql}{(webhook.Order == WebhookOrder.Record ? IsFirst : "")} order by d.due_at, d.at, d.version limit {atMost}",
            new { id, now = session.Now, busy });
        var subscriber = await Subscriber.Of(session, webhook);
        var states = rows.Count == 0 || webhook.Payload == WebhookPayload.Thin
            ? [] : await States.At(session, [.. rows.Select(row => (row.RecordId, row.Version)).Distinct()]);
        return new(webhook, signing, rows.ConvertAll(row => new Job(
            row.What, row.Tries, row.Attempts,
            Told.Body(row.What, webhook, subscriber, states.GetValueOrDefault((row.RecordId, row.Version)), Sender.LargestBody))));
    }

    private sealed record Row(
        Guid Id, string Service, long Position, DateTimeOffset At, string Type, Guid RecordId, int Version, string Actor, Guid Operation, string Body,
        int Tries, int Attempts)
    {
        public Happening What { get; } = new(Id, Service, Position, At, Type, RecordId, Version, Actor, Operation, Body);
    }
}
