using System.Text;
using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Integrations.Catalogue;
using CrmPlatform.Integrations.Sending;
using CrmPlatform.Integrations.Webhooks;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Intake;

namespace CrmPlatform.Integrations.Hearing;

/// <summary>
/// Hears all that services tell: numbers it for the feed, and notes for each webhook what it is to be told. All of it in the transaction that marks the events
/// as applied, so each is noted exactly once.
/// </summary>
/// <param name="signals">Wakes who delivers.</param>
internal sealed class Listening(Signals signals) : Projection
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Wants { get; } = ["#"];

    /// <inheritdoc/>
    public override async Task Apply(Session session, IReadOnlyList<IncomingEvent> events)
    {
        var heard = events.Where(EventTypes.IsTold).ToList();
        if (heard.Count == 0)
            return;
        var happenings = await Numbered(session, heard);
        session.Afterwards(() => signals.Heard(session.Cause.Tenant));
        var webhooks = await session.List<Webhook>("deleted_at is null", new { });
        if (webhooks.Count == 0)
            return;
        var matching = await Matching.Of(session, webhooks, happenings.Select(h => h.Type).ToHashSet(StringComparer.Ordinal));
        if (!matching.IsAny)
            return;
        var states = matching.AsksOfRecords ? await States.After(session, heard) : null;
        List<(Guid Webhook, Happening What)> due = [];
        for (var i = 0; i < heard.Count; i++)
            foreach (var webhook in matching.Told(happenings[i], states?[heard[i].Id]))
                due.Add((webhook, happenings[i]));
        if (due.Count > 0)
            await Due.Note(session, due, session.Now);
        foreach (var webhook in due.Select(d => d.Webhook).Distinct().ToList())
            session.Afterwards(() => signals.Due(session.Cause.Tenant, webhook));
    }

    private static async Task<List<Happening>> Numbered(Session session, List<IncomingEvent> heard)
    {
        var services = heard.GroupBy(e => Service(e.Type)).OrderBy(s => s.Key, StringComparer.Ordinal).ToList();
        var last = (await session.Query<Numbers>(
            """
            insert into feed as f (tenant, service, last) select @tenant, s.service, s.n from unnest(@services, @counts) s(service, n)
            on conflict (tenant, service) do update set last = f.last + excluded.last returning service, last
            """,
            new { services = services.Select(s => s.Key).ToArray(), counts = services.Select(s => (long)s.Count()).ToArray() }))
            .ToDictionary(n => n.Service, n => n.Last - services.First(s => s.Key == n.Service).Count());
        var happenings = heard.ConvertAll(e => new Happening(
            e.Id, Service(e.Type), ++last[Service(e.Type)], e.At, e.Type, e.RecordId, e.Version, JsonSerializer.Serialize(e.Actor, Changes.Json), e.Operation,
            Encoding.UTF8.GetString(e.Body.Span)));
        await session.Execute(
            """
            insert into event (tenant, service, position, id, at, type, record, record_id, version, actor, operation, body)
            select @tenant, e.service, e.position, e.id, e.at, e.type, e.record, e.record_id, e.version, e.actor::jsonb, e.operation, e.body
            from unnest(@services, @positions, @ids, @ats, @types, @records, @recordIds, @versions, @actors, @operations, @bodies)
                e(service, position, id, at, type, record, record_id, version, actor, operation, body)
            """,
            new
            {
                services = happenings.Select(h => h.Service).ToArray(),
                positions = happenings.Select(h => h.Position).ToArray(),
                ids = happenings.Select(h => h.Id).ToArray(),
                ats = happenings.Select(h => h.At.ToUniversalTime()).ToArray(),
                types = happenings.Select(h => h.Type).ToArray(),
                records = happenings.Select(h => h.Record.Name).ToArray(),
                recordIds = happenings.Select(h => h.RecordId).ToArray(),
                versions = happenings.Select(h => h.Version).ToArray(),
                actors = happenings.Select(h => h.ActorJson).ToArray(),
                operations = happenings.Select(h => h.Operation).ToArray(),
                bodies = happenings.Select(h => h.Body).ToArray(),
            });
        return happenings;
    }

    private static string Service(string type) => type[..type.IndexOf('.')];

    private sealed record Numbers(string Service, long Last);
}
