using CrmPlatform.Hosting.Calls;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Journal;

namespace CrmPlatform.Identity.Calls;

/// <summary>Keeps what programs asked: of each tenant in a transaction that also notes the batch, so that one told twice counts once.</summary>
internal sealed class CallKeeper(PageSessions sessions)
{
    public async Task Keep(CallsTold told, CancellationToken cancel)
    {
        var calls = told.Calls.ToLookup(c => c.Tenant);
        var usage = told.Usage.ToLookup(u => u.Tenant);
        foreach (var tenant in calls.Select(c => c.Key).Union(usage.Select(u => u.Key)))
            await Keep(tenant, told.Batch, [.. calls[tenant]], [.. usage[tenant]], cancel);
    }

    private async Task Keep(Guid tenant, Guid batch, Call[] calls, CallUsage[] usage, CancellationToken cancel)
    {
        await using var session = sessions.Begin(tenant, cancel);
        await session.Execute(
            """
            with fresh as (insert into call_batch (tenant, batch) values (@tenant, @batch) on conflict do nothing returning batch),
            one_by_one as (
                insert into call (tenant, id, at, source, actor, method, route, record_id, status, code, ms, trace, received, sent, deprecated)
                select @tenant, c.* from fresh, unnest(
                    @ids, @times, @sources, @actors, @methods, @routes, @records, @statuses, @codes, @ms, @traces, @received, @sent, @deprecated) c
                on conflict do nothing)
            insert into call_usage (tenant, source, day, plan, per_second, calls, errors, limited, deprecated, received, sent, unlisted)
            select @tenant, u.* from fresh, unnest(
                @usedBy, @days, @plans, @perSecond, @counts, @errors, @limited, @old, @bytesIn, @bytesOut, @unlisted) u
            on conflict (tenant, source, day) do update set plan = excluded.plan, per_second = excluded.per_second,
                calls = call_usage.calls + excluded.calls, errors = call_usage.errors + excluded.errors, limited = call_usage.limited + excluded.limited,
                deprecated = call_usage.deprecated + excluded.deprecated, received = call_usage.received + excluded.received,
                sent = call_usage.sent + excluded.sent, unlisted = call_usage.unlisted + excluded.unlisted
            """,
            new
            {
                batch,
                ids = Of(calls, c => c.Id),
                times = Of(calls, c => TimeOf(c.Id)),
                sources = Of(calls, c => c.Source),
                actors = Of(calls, c => c.Actor),
                methods = Of(calls, c => c.Method),
                routes = Of(calls, c => c.Route),
                records = Of(calls, c => c.Record),
                statuses = Of(calls, c => c.Status),
                codes = Of(calls, c => c.Code),
                ms = Of(calls, c => c.Ms),
                traces = Of(calls, c => c.Trace),
                received = Of(calls, c => c.Received),
                sent = Of(calls, c => c.Sent),
                deprecated = Of(calls, c => c.Deprecated),
                usedBy = Of(usage, u => u.Source),
                days = Of(usage, u => u.Day),
                plans = Of(usage, u => u.Plan),
                perSecond = Of(usage, u => u.PerSecond),
                counts = Of(usage, u => u.Counts.Calls),
                errors = Of(usage, u => u.Counts.Errors),
                limited = Of(usage, u => u.Counts.Limited),
                old = Of(usage, u => u.Counts.Deprecated),
                bytesIn = Of(usage, u => u.Counts.Received),
                bytesOut = Of(usage, u => u.Counts.Sent),
                unlisted = Of(usage, u => u.Counts.Unlisted),
            });
        await session.Commit();
    }

    private static TValue[] Of<TItem, TValue>(TItem[] items, Func<TItem, TValue> value) => Array.ConvertAll(items, item => value(item));

    // A UUIDv7 begins with its time.
    private static DateTimeOffset TimeOf(Guid id) => DateTimeOffset.FromUnixTimeMilliseconds(
        Convert.ToInt64(id.ToString("N")[..12], 16));
}
