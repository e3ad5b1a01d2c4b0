using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using CrmPlatform.Graph.Language;
using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Doors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Graph.Upstreams;

/// <summary>What a service answered: its status, its JSON, and the operation a change was made under.</summary>
internal sealed record Told(int Status, JsonElement Body, string? Operation);

/// <summary>On whose behalf services are asked: what of a request goes on to them.</summary>
internal sealed record Asker(string Authorization, string From, string Tenant)
{
    public static Asker Of(HttpContext http) => new(
        http.Request.Headers.Authorization.ToString(), Callers.CameFrom(http)?.ToString() ?? "", http.Request.Headers["Crm-Tenant"].ToString());
}

/// <summary>Asks services on behalf of a caller: with their token, in their trace, no longer than they wait.</summary>
internal sealed partial class ServiceClient(Services services, Settings settings, IMeterFactory meters, ILogger<ServiceClient> log) : IDisposable
{
    private readonly HttpMessageInvoker invoker = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        MeterFactory = meters,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    });

    /// <summary>The code of a service that answers nothing.</summary>
    public const string IsAway = "service_unavailable";

    /// <summary>The services there are.</summary>
    public IEnumerable<string> Names => services.All.Keys;

    /// <summary>What a service answers; throws what callers may know where it answers nothing they could use.</summary>
    public async Task<Told> Ask(
        Asker caller, string service, HttpMethod method, string path, object? body, CancellationToken cancel,
        params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(services.All[service], path));
        foreach (var (name, value) in headers.Concat(
            [("Authorization", caller.Authorization), ("X-Forwarded-For", caller.From), ("Crm-Tenant", caller.Tenant), ("traceparent", Activity.Current?.Id)]))
            if (!string.IsNullOrEmpty(value))
                request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web))
            {
                Headers = { ContentType = new("application/json") },
            };
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(settings.EdgeTimeout);
        try
        {
            using var response = await invoker.SendAsync(request, deadline.Token);
            var bytes = await response.Content.ReadAsByteArrayAsync(deadline.Token);
            if (response.StatusCode >= HttpStatusCode.InternalServerError)
                throw Away(service, $"status {(int)response.StatusCode}");
            return new(
                (int)response.StatusCode, bytes.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(bytes) : default,
                response.Headers.TryGetValues("Crm-Operation", out var operation) ? operation.First() : null);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or IOException
            || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw Away(service, e.Message);
        }
    }

    /// <summary>What a service refused, for callers.</summary>
    public static GraphError Refused(JsonElement problem) => new(Text(problem, "detail") ?? "The request was refused.", Text(problem, "code") ?? "refused")
    {
        Facts = problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("errors", out var errors)
            ? new Dictionary<string, object?> { ["errors"] = errors } : new Dictionary<string, object?>(),
    };

    public void Dispose() => invoker.Dispose();

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
