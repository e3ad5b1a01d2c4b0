using CrmPlatform.Access;
using CrmPlatform.Integrations.Hearing;
using CrmPlatform.Integrations.Webhooks;
using CrmPlatform.Journal;

namespace CrmPlatform.Integrations.Sending;

/// <summary>Something to deliver: what happened, and how often it was tried.</summary>
internal sealed record Job(Happening What, int Tries, int Attempts, byte[] Body);

/// <summary>A webhook as it is when something is sent to it, and what is due for it.</summary>
internal sealed record Endpoint(Webhook Webhook, IReadOnlyList<byte[]> Secrets, Subscriber Subscriber)
{
    private static readonly Actor Platform = new(ActorKind.Platform, "webhooks", "Webhooks") { Door = "webhook" };

    private const string DueSql =
        """
        select e.id, e.service, e.position, e.at, e.type, e.record_id, e.version, e.actor::text as actor, e.operation, e.body, d.tries, d.attempts,
            h.version as webhook
        from due d join event e on e.tenant = d.tenant and e.service = d.service and e.position = d.position
            join webhook h on h.tenant = d.tenant and h.id = d.webhook
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

    /// <summary>A webhook as it is now; null when nothing is sent to it.</summary>
    public static async Task<Endpoint?> Load(Session session, WebhookSecrets secrets, Guid id)
    {
        if (await session.List<Webhook>("id = @id and deleted_at is null and state = 'active'", new { id }) is not [var webhook])
            return null;
        var signing = await secrets.Of(session, id);
        return signing.Count == 0 && webhook.Format == WebhookFormat.Standard ? null : new(webhook, signing, await Subscriber.Of(session, webhook));
    }

    /// <summary>What it is told next, but for what is on its way; null when it is not as it was any more.</summary>
    public async Task<List<Job>?> Next(Session session, Guid[] busy, int atMost)
    {
        var rows = await session.Query<Row>(
            $"{DueSql}{(Webhook.Order == WebhookOrder.Record ? IsFirst : "")} order by d.due_at, d.at, d.version limit {atMost}",
            new { id = Webhook.Id, now = session.Now, busy });
        if (rows.Exists(row => row.Webhook != Webhook.Version))
            return null;
        var states = rows.Count == 0 || Webhook.Payload == WebhookPayload.Thin ? [] : await States.At(session, rows.ConvertAll(row => row.What));
        return rows.ConvertAll(row => new Job(
            row.What, row.Tries, row.Attempts,
            Told.Body(row.What, Webhook, Subscriber, states.GetValueOrDefault((row.RecordId, row.Version)), Sender.LargestBody)));
    }

    private sealed record Row(
        Guid Id, string Service, long Position, DateTimeOffset At, string Type, Guid RecordId, int Version, string Actor, Guid Operation, string Body,
        int Tries, int Attempts, int Webhook)
    {
        public Happening What { get; } = new(Id, Service, Position, At, Type, RecordId, Version, Actor, Operation, Body);
    }
}
