using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using CrmPlatform.Access;
using CrmPlatform.Edge.Doors;
using CrmPlatform.Edge.Limits;
using CrmPlatform.Edge.Upstreams;
using CrmPlatform.Hosting.Calls;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Journal.Telemetry;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Calls;

/// <summary>
/// What programs ask, for those whose programs they are: every request is counted, and noted down as far as there is room. Nobody waits for it; what is
/// not kept is counted.
/// </summary>
internal sealed class CallLog
{
    private const int MostWaiting = 20_000;

    private readonly Channel<Call> waiting = Channel.CreateBounded<Call>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Lock gate = new();
    private readonly UpstreamList upstreams;
    private readonly TimeProvider clock;
    private readonly Counter<long> lost;
    private Dictionary<(Guid Tenant, string Source, DateOnly Day), (Plan Plan, CallCounts Counts)> usage = [];
    private (Map Map, CallRoutes Routes)? routes;

    public CallLog(UpstreamList upstreams, TimeProvider clock, IMeterFactory meters)
    {
        (this.upstreams, this.clock) = (upstreams, clock);
        lost = meters.Create(JournalMetrics.MeterName, version: null, tags: [new("service", "edge")])
            .CreateCounter<long>("crm.calls.unlisted", "{request}", "Requests of programs that are counted but not kept one by one, by why.");
    }

    /// <summary>Calls that wait to be told.</summary>
    public ChannelReader<Call> Waiting => waiting.Reader;

    /// <summary>Somebody was let in, or is refused by the limit of their plan. People at the web app are no programs.</summary>
    public void Begin(HttpContext http, Caller caller, Plan plan)
    {
        if (caller.Actor.Kind != ActorKind.System && caller.Client is null)
            return;
        var now = clock.GetUtcNow();
        var source = caller.Actor.Kind == ActorKind.System ? $"{caller.Source?.ToString() ?? caller.Actor.Id}" : caller.Client!;
        var call = new CallUnderWay(
            Guid.CreateVersion7(now), caller, source, plan, DateOnly.FromDateTime(now.UtcDateTime),
            new CountedStream(http.Request.Body), new CountedStream(http.Response.Body));
        http.Features.Set(call);
        http.Response.Headers[Headers.Request] = $"{call.Id}";
        if (!Lasting.IsSocket(http.Request))
            (http.Request.Body, http.Response.Body) = (call.Received, call.Sent);
    }

    /// <summary>The request has been answered.</summary>
    public void End(HttpContext http)
    {
        if (http.Features.Get<CallUnderWay>() is not { } call)
            return;
        var (status, headers) = (http.Response.StatusCode, http.Response.Headers);
        var (received, sent) = (http.Request.ContentLength ?? call.Received.Passed, call.Sent.Passed);
        var isOld = headers.ContainsKey(DeprecationHeaders.Deprecation);
        var listed = waiting.Writer.TryWrite(new Call(
            call.Id, call.Caller.Tenant, call.Source, call.Caller.Actor.Id, http.Request.Method, http.Request.Path.Value ?? "", null, status,
            headers.TryGetValue(Problems.Header, out var code) ? code.ToString() : null, call.Ms,
            headers[Headers.Trace].ToString(), received, sent, isOld));
        if (!listed)
            lost.Add(1, new KeyValuePair<string, object?>("reason", "full"));
        Count(
            (call.Caller.Tenant, call.Source, call.Day), call.Plan,
            new(1, status >= 400 ? 1 : 0, status == 429 ? 1 : 0, isOld ? 1 : 0, received, sent, listed ? 0 : 1));
    }

    /// <summary>What has been counted since it was last taken.</summary>
    public IReadOnlyList<CallUsage> TakeUsage()
    {
        Dictionary<(Guid Tenant, string Source, DateOnly Day), (Plan Plan, CallCounts Counts)> taken;
        lock (gate)
            (taken, usage) = (usage, []);
        return [.. taken.Select(u => new CallUsage(
            u.Key.Tenant, u.Key.Source, u.Key.Day, u.Value.Plan.Name, u.Value.Plan.Unlimited ? null : u.Value.Plan.PerSecond, u.Value.Counts))];
    }

    /// <summary>A call as it is told: by its route.</summary>
    public Call Told(Call call)
    {
        var map = upstreams.Current;
        if (routes?.Map != map)
            routes = (map, new CallRoutes([.. map.Document.Paths, Forward.Graph, .. map.Known.SelectMany(u => u.Offer!.Paths).Where(Offer.IsOpen)]));
        var (route, record) = routes.Value.Routes.Of(call.Route);
        return call with { Route = route, Record = record };
    }

    private void Count((Guid Tenant, string Source, DateOnly Day) whose, Plan plan, CallCounts counts)
    {
        lock (gate)
            usage[whose] = (plan, usage.TryGetValue(whose, out var known) ? known.Counts + counts : counts);
    }
}
