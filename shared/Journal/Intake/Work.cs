using System.Diagnostics;
using CrmPlatform.Journal.Replicas;
using CrmPlatform.Journal.Telemetry;
using Npgsql;
using NpgsqlTypes;

namespace CrmPlatform.Journal.Intake;

/// <summary>
/// The transaction of one run: claims its events in the inbox, lets projections and consumers write, commits all of it or nothing.
/// Owner: the run. Not thread safe.
/// </summary>
internal sealed class Work(Sessions sessions, NpgsqlDataSource data, CancellationToken cancel) : IAsyncDisposable
{
    // Events known already drop out here, so whatever follows is applied once. An event of a record that somebody is waiting for or has given
    // up on is held: it may have to stay behind.
    private const string ClaimSql =
        """
        with u as (select * from unnest($1, $2) with ordinality as u(id, record_id, n)),
             held as (select u.id from u where exists (select from parked p where p.record_id = u.record_id)),
             fresh as (
                 insert into inbox (id) select u.id from u where u.id not in (select id from held) order by u.n
                 on conflict do nothing returning id)
        select id, false from fresh union all select id, true from held
        """;

    // The same for one event whose turn it is: what is known of its failures goes with its success.
    private const string ClaimOneSql =
        """
        with gone as (delete from parked where id = $1),
             fresh as (insert into inbox (id) values ($1) on conflict do nothing returning id)
        select id, false from fresh
        """;

    private readonly Unit unit = new(data);
    private readonly List<Session> lent = [];
    private readonly List<IncomingEvent> applied = [];

    /// <summary>Which events of the run are new and which are held; the others were applied before.</summary>
    public Task<(HashSet<Guid> Fresh, HashSet<Guid> Held)> Claim(IReadOnlyList<Delivery> run) => Claim(run[0].Event, new NpgsqlBatchCommand(ClaimSql)
    {
        Parameters = { Ids(run.Select(d => d.Event.Id)), Ids(run.Select(d => d.Event.RecordId)) },
    });

    /// <summary>Whether the event is new.</summary>
    public async Task<bool> ClaimOne(Delivery delivery)
    {
        var command = new NpgsqlBatchCommand(ClaimOneSql) { Parameters = { new() { Value = delivery.Event.Id } } };
        return (await Claim(delivery.Event, command)).Fresh.Count > 0;
    }

    /// <summary>Lets projections and consumers take up the events, in order.</summary>
    public async Task Apply(IReadOnlyList<Delivery> fresh, IReadOnlyList<Projection> projections, Consumers consumers, string service)
    {
        if (fresh.FirstOrDefault(d => d.Event.Defect is not null) is { } broken)
            throw new Unreadable(broken.Event.Defect!);
        applied.AddRange(fresh.Select(d => d.Event));
        foreach (var projection in projections.Where(p => !p.IsInTurn))
            await ByTenant(projection, fresh);
        foreach (var delivery in fresh)
        {
            if (consumers.Hear(delivery.Event.Type))
            {
                using var span = Spans.Start(delivery.Event, service);
                await consumers.Send(delivery.Event, Lend(delivery.Event, span), cancel);
            }
            foreach (var projection in projections.Where(p => p.IsInTurn && p.Hears(delivery.Event.Type)))
                await projection.Apply(Lend(delivery.Event, null), [delivery.Event]);
        }
    }

    /// <summary>Whether a message is no news: a pulse, or an entry told again for copies that are being rebuilt. It has no place in the inbox.</summary>
    public static bool IsBeside(Delivery delivery) => delivery.Event.Rebuild is not null || Pulse.Is(delivery.Event);

    /// <summary>Takes up what is no news.</summary>
    public async Task TakeUp(IReadOnlyList<Delivery> beside, IReadOnlyList<Projection> projections)
    {
        if (beside.Where(d => Pulse.Is(d.Event)).Select(d => d.Event).ToList() is { Count: > 0 } pulses)
            await Pulse.TakeUp(Lend(pulses[0], null), pulses);
        foreach (var copies in projections.OfType<Copies>())
            await ByTenant(copies, beside.Where(d => d.Event.Rebuild is not null));
    }

    /// <summary>Lets projections take up what comes once more in its turn.</summary>
    public async Task ApplyAhead(IReadOnlyList<Delivery> run, IReadOnlyList<Projection> projections)
    {
        applied.AddRange(run.Select(d => d.Event));
        foreach (var projection in projections)
            await ByTenant(projection, run);
    }

    /// <summary>Makes everything durable and wakes the relay where consumers appended something.</summary>
    public async Task Commit()
    {
        await unit.Commit(cancel);
        lent.ForEach(s => s.Committed());
        applied.ForEach(sessions.Roles.Forget);
    }

    public ValueTask DisposeAsync() => unit.DisposeAsync();

    private async Task<(HashSet<Guid> Fresh, HashSet<Guid> Held)> Claim(IncomingEvent first, NpgsqlBatchCommand command)
    {
        try
        {
            var rows = await unit.Read(first.Tenant, command, r => (Id: r.GetGuid(0), Held: r.GetBoolean(1)), locks: true, cancel);
            return (rows.Where(r => !r.Held).Select(r => r.Id).ToHashSet(), rows.Where(r => r.Held).Select(r => r.Id).ToHashSet());
        }
        catch (NpgsqlException e)
        {
            throw new DatabaseAway(e); // nothing of any message has been looked at yet
        }
    }

    private async Task ByTenant(Projection projection, IEnumerable<Delivery> deliveries)
    {
        foreach (var tenant in deliveries.Where(d => projection.Hears(d.Event.Type)).GroupBy(d => d.Event.Tenant))
            await projection.Apply(Lend(tenant.First().Event, null), [.. tenant.Select(d => d.Event)]);
    }

    private Session Lend(IncomingEvent incoming, Activity? span)
    {
        var cause = new Cause(incoming.Actor, incoming.Tenant, incoming.Operation, span?.Id ?? incoming.Trace);
        lent.Add(new Session(sessions, unit, cause, cancel, lent: true));
        return lent[^1];
    }

    private static NpgsqlParameter Ids(IEnumerable<Guid> ids) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid, Value = ids.ToArray() };
}

/// <summary>The spans of the consumers: they go on with the trace of the request that led to the event.</summary>
internal static class Spans
{
    private static readonly ActivitySource Source = new(JournalMetrics.MeterName);

    public static Activity? Start(IncomingEvent incoming, string service)
    {
        ActivityContext.TryParse(incoming.Trace, null, isRemote: true, out var parent);
        var span = Source.StartActivity($"{incoming.Type} process", ActivityKind.Consumer, parent);
        span?.SetTag("crm.service", service)
            .SetTag("messaging.system", "rabbitmq")
            .SetTag("messaging.operation.type", "process")
            .SetTag("messaging.message.id", incoming.Id);
        return span;
    }
}
