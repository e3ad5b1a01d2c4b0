using CrmPlatform.Integrations.Hearing;
using CrmPlatform.Integrations.Webhooks;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Mvc;

namespace CrmPlatform.Integrations.Deliveries;

/// <summary>Delivers again what is in the log of a webhook: one delivery, or those of a state, a type, a record, a time. Each keeps its id.</summary>
public static class Redeliver
{
    private const int Most = 100_000;

    /// <summary>Which: with nothing said, all that was not taken.</summary>
    /// <param name="Events">By their ids.</param>
    /// <param name="State"><c>delivered</c>, <c>failing</c>, <c>parked</c>, or <c>any</c>; without it what was not taken, where no events are named.</param>
    /// <param name="Type">Of one type of event.</param>
    /// <param name="RecordId">Of one record.</param>
    /// <param name="From">Of what happened from then on.</param>
    /// <param name="To">Of what happened before.</param>
    public sealed record Request(
        IReadOnlyList<Guid>? Events = null, string? State = null, string? Type = null, Guid? RecordId = null, DateTimeOffset? From = null,
        DateTimeOffset? To = null);

    /// <summary>How many are on their way.</summary>
    public sealed record Told(int Count);

    /// <summary>Delivers again.</summary>
    public static async Task<Told> Handle(Guid id, Request request, Session session, [FromServices] Signals signals)
    {
        await session.Lock<Webhook>(id);
        var any = request.State == "any" || request is { State: null, Events: not null };
        var found = await session.Query<int>(
            $"""
            with again as (
                select webhook, event, service, position, type, record, record_id, version, at from delivery
                where tenant = @tenant and webhook = @id
                    {(any ? "" : request.State is null ? "and state <> 'delivered'" : "and state = @state")}
                    {(request.Events is null ? "" : "and event = any(@events)")} {(request.Type is null ? "" : "and type = @type")}
                    {(request.RecordId is null ? "" : "and record_id = @record")}
                    {(request.From is null ? "" : "and at >= @from")} {(request.To is null ? "" : "and at < @to")}
                limit {Most}),
            put as (
                insert into due as d (tenant, webhook, event, service, position, type, record, record_id, version, at, due_at, attempts)
                select @tenant, a.webhook, a.event, a.service, a.position, a.type, a.record, a.record_id, a.version, a.at, @now,
                    (select max(number) from attempt t where t.tenant = @tenant and t.webhook = a.webhook and t.event = a.event)
                from again a join event e on e.tenant = @tenant and e.service = a.service and e.position = a.position
                on conflict (tenant, webhook, event) do update set due_at = excluded.due_at, tries = 0 returning 1)
            select count(*)::int from put
            """,
            new
            {
                id,
                now = session.Now,
                state = request.State ?? "",
                events = request.Events?.ToArray() ?? [],
                type = request.Type ?? "",
                record = request.RecordId ?? Guid.Empty,
                from = request.From?.ToUniversalTime() ?? default,
                to = request.To?.ToUniversalTime() ?? default,
            });
        session.Afterwards(() => signals.Due(session.Cause.Tenant, id));
        return new Told(found[0]);
    }
}
