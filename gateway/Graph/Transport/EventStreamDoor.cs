using System.Text;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Subscriptions;
using CrmPlatform.Graph.Upstreams;
using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;

namespace CrmPlatform.Graph.Transport;

/// <summary>
/// GraphQL as server-sent events, in the "distinct connections mode" of that protocol: one operation a request, its answers as events <c>next</c>,
/// then <c>complete</c>. A stream that ends without that was cut, and clients ask again.
/// </summary>
internal sealed class EventStreamDoor(
    Answering answering, Admission admission, Hub hub, TellingMetrics metrics, Settings settings, TimeProvider clock, IHostApplicationLifetime life)
{
    private const string Type = "text/event-stream";

    // Well below what the edge takes for silence.
    private readonly TimeSpan keepAlive = KeepAlive(settings);

    public static TimeSpan KeepAlive(Settings settings) => TimeSpan.FromSeconds(Math.Clamp(settings.EdgeTimeout.TotalSeconds / 3, 0.2, 12));

    public static bool IsWanted(HttpRequest request) => MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var all)
        && all.Any(type => type.MediaType.Equals(Type, StringComparison.OrdinalIgnoreCase));

    public async Task Handle(HttpContext http)
    {
        var (caller, refusal) = await admission.Admit(http);
        if (refusal is not null)
        {
            await GraphDoor.Refuse(http, refusal.Status, new(refusal.Message, refusal.Code));
            return;
        }
        GraphRequest request;
        try
        {
            request = HttpMethods.IsGet(http.Request.Method) || GraphRequest.IsJson(http.Request) ? await GraphRequest.Read(http)
                : throw new GraphException(new("Send JSON (application/json).", "unsupported_media_type"));
        }
        catch (GraphException e)
        {
            await GraphDoor.Refuse(http, 400, e.Error);
            return;
        }
        if (http.Features.Get<IHttpMetricsTagsFeature>() is { } measured)
            measured.MetricsDisabled = true; // how long somebody listens is not how long they wait
        http.Response.ContentType = $"{Type}; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        using var listener = new Listener(caller!, Asker.Of(http));
        using var until = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping, listener.Over);
        metrics.Connected(1, "stream");
        hub.Enter(listener);
        try
        {
            await Write(http, ":\n\n");
            await Answer(http, request, listener, until.Token);
        }
        catch (OperationCanceledException) when (until.IsCancellationRequested)
        {
            if (listener.Ended is { } why && !http.RequestAborted.IsCancellationRequested)
            {
                metrics.Ended(why.Code);
                await Last(http, new(null, [why], WasDone: false));
            }
        }
        finally
        {
            hub.Leave(listener);
            metrics.Connected(-1, "stream");
        }
    }

    private async Task Answer(HttpContext http, GraphRequest request, Listener listener, CancellationToken until)
    {
        var (seen, run, refused) = await answering.Prepare(request, listener.Caller, listener.Asker, asks: false, until);
        if (run is { Operation.Kind: OperationKind.Mutation } && HttpMethods.IsGet(http.Request.Method))
            refused = new(null, [new("Only questions are answered to GET.", "method_not_allowed")], WasDone: false);
        if (refused is not null || run!.Operation.Kind != OperationKind.Subscription)
        {
            using var answer = refused ?? await answering.Answer(request, listener.Caller, listener.Asker, asks: false, until);
            await Last(http, answer);
            return;
        }
        Subscription subscription;
        try
        {
            subscription = await hub.Subscribe(listener, request, seen!.Graph, run, until);
        }
        catch (GraphException e)
        {
            await Last(http, new(null, [e.Error], WasDone: false));
            return;
        }
        while (await Next(http, subscription, until) is { } told)
        {
            await Write(http, "event: next\ndata: ", told.Text);
            metrics.Told(clock.GetUtcNow() - told.HappenedAt);
        }
        await Last(http, new(null, subscription.Failed, WasDone: false));
    }

    private async Task<News?> Next(HttpContext http, Subscription subscription, CancellationToken until)
    {
        while (true)
        {
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(until);
            pause.CancelAfter(keepAlive);
            try
            {
                return await subscription.Next(pause.Token);
            }
            catch (OperationCanceledException) when (!until.IsCancellationRequested)
            {
                await Write(http, ":\n\n");
            }
        }
    }

    private static async Task Last(HttpContext http, GraphAnswer answer)
    {
        if (answer.WasDone || answer.Errors.Count > 0)
            await Write(http, "event: next\ndata: ", AnswerText.Of(answer));
        await Write(http, "event: complete\ndata:\n\n");
    }

    private static async Task Write(HttpContext http, string text, ReadOnlyMemory<byte>? data = null)
    {
        var all = data is null ? Encoding.UTF8.GetBytes(text) : [.. Encoding.UTF8.GetBytes(text), .. data.Value.Span, .. "\n\n"u8];
        await http.Response.Body.WriteAsync(all, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }
}
