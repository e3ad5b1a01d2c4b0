using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Graph.Language;
using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Beside;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Hosting.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Graph.Upstreams;

/// <summary>On whose behalf services are asked: what of a request goes on to them.</summary>
internal sealed record Asker(string Authorization, string From, string Tenant)
{
    public static Asker Of(HttpContext http) => new(
        http.Request.Headers.Authorization.ToString(), Callers.CameFrom(http)?.ToString() ?? "", http.Request.Headers["Crm-Tenant"].ToString());
}

/// <summary>Asks services on behalf of a caller: with their token, in their trace, no longer than they wait.</summary>
internal sealed partial class ServiceClient(Services services, Settings settings, TimeProvider clock, ILogger<ServiceClient> log)
{
    /// <summary>The code of a service that answers nothing.</summary>
    public const string IsAway = "service_unavailable";

    /// <summary>The services there are.</summary>
    public IEnumerable<string> Names => services.All.Keys;

    /// <summary>What a service answers; throws what callers may know where it answers nothing they could use.</summary>
    public async Task<Told> Ask(
        Asker caller, string service, string method, string path, ReadOnlyMemory<byte> body, CancellationToken cancel,
        params IEnumerable<(string Name, string? Value)> headers)
    {
        var query = path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? path[at..] : "";
        var request = new PassedRequest(method, path[..^query.Length], query, Headers(caller, body, headers), body);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(settings.EdgeTimeout);
        try
        {
            var told = await services.All[service].Ask(request, deadline.Token);
            if (told.Status < 500)
                return told;
            told.Dispose();
            throw Away(service, $"status {told.Status}");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or IOException
            || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw Away(service, e.Message);
        }
    }

    /// <summary>Operations in all services, for a caller.</summary>
    public WholeOperation Operation(Asker caller, CancellationToken cancel) => new(Everywhere(caller, cancel), clock);

    /// <summary>Services asked as one, for a caller.</summary>
    public Everywhere Everywhere(Asker caller, CancellationToken cancel) => new(async (service, inquiry) =>
    {
        using var told = await Ask(
            caller, service, inquiry.Method, inquiry.Path, inquiry.Body, cancel, inquiry.Headers.Select(h => (h.Name, (string?)h.Value)));
        return new(service, told.Status, told.Body.ValueKind == JsonValueKind.Object ? JsonNode.Parse(told.Body.GetRawText())!.AsObject() : []);
    });

    /// <summary>What a service refused, for callers.</summary>
    public static GraphError Refused(JsonElement problem) => new(Text(problem, "detail") ?? "The request was refused.", Text(problem, "code") ?? "refused")
    {
        Facts = problem.ValueKind != JsonValueKind.Object ? new Dictionary<string, object?>()
            : problem.EnumerateObject().Where(p => p.Name is "errors" or "broken").ToDictionary(p => p.Name, p => (object?)p.Value.Clone()),
    };

    private static IHeaderDictionary Headers(Asker caller, ReadOnlyMemory<byte> body, IEnumerable<(string Name, string? Value)> others)
    {
        IHeaderDictionary headers = new HeaderDictionary(8);
        headers.Authorization = caller.Authorization;
        headers["X-Forwarded-For"] = caller.From;
        if (caller.Tenant.Length > 0)
            headers["Crm-Tenant"] = caller.Tenant;
        if (Activity.Current?.Id is { } trace)
            headers.TraceParent = trace;
        if (body.Length > 0)
            (headers.ContentType, headers.ContentLength) = ("application/json", body.Length);
        foreach (var (name, value) in others)
            if (!string.IsNullOrEmpty(value))
                headers[name] = value;
        return headers;
    }

    private GraphException Away(string service, string why)
    {
        Failed(service, why);
        return new(new($"The service {service} cannot be reached right now. Try again; repeat a change with its idempotencyKey.", IsAway));
    }

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value.GetString() : null;

    [LoggerMessage(LogLevel.Warning, "{Service} could not be asked: {Why}")]
    private partial void Failed(string service, string why);
}
