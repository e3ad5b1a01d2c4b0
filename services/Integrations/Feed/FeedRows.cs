using CrmPlatform.Integrations.Sending;
using CrmPlatform.Journal;

namespace CrmPlatform.Integrations.Feed;

/// <summary>The events of the feed behind a place: of each service in its order, none left out.</summary>
internal static class FeedRows
{
    /// <summary>The next events, those of different services as they happened.</summary>
    public static async Task<List<Happening>> Next(
        Session session, FeedCursor after, DateTimeOffset? from, DateTimeOffset? to, string? types, int atMost)
    {
        var rows = await session.Query<Row>(
            $"""
            select e.id, e.service, e.position, e.at, e.type, e.record_id, e.version, e.actor::text as actor, e.operation, e.body
            from feed f left join unnest(@services, @positions) a(service, position) on a.service = f.service,
                lateral (
                    select id, service, position, at, type, record_id, version, actor, operation, body from event e
                    where e.tenant = @tenant and e.service = f.service and e.position > coalesce(a.position, 0)
                        {(from is null ? "" : "and e.at >= @from")} {(to is null ? "" : "and e.at < @to")} {(types is null ? "" : "and e.type || '.' ~ @types")}
                    order by e.position limit {atMost}) e
            where f.tenant = @tenant
            """,
            new
            {
                services = after.Positions.Keys.ToArray(),
                positions = after.Positions.Values.ToArray(),
                from = from?.ToUniversalTime() ?? default,
                to = to?.ToUniversalTime() ?? default,
                types = types ?? "",
            });
        return InTurn(rows.ConvertAll(r => new Happening(
            r.Id, r.Service, r.Position, r.At, r.Type, r.RecordId, r.Version, r.Actor, r.Operation, r.Body)), atMost);
    }

    // Merged by time, but never out of a service's own order, so that a cut leaves nothing behind.
    private static List<Happening> InTurn(List<Happening> rows, int atMost)
    {
        var queues = rows.GroupBy(r => r.Service).Select(s => new Queue<Happening>(s.OrderBy(r => r.Position))).ToList();
        var merged = new List<Happening>();
        while (merged.Count < atMost && queues.Where(q => q.Count > 0).MinBy(q => q.Peek().At) is { } next)
            merged.Add(next.Dequeue());
        return merged;
    }

    private sealed record Row(
        Guid Id, string Service, long Position, DateTimeOffset At, string Type, Guid RecordId, int Version, string Actor, Guid Operation, string Body);
}
