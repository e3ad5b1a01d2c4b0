using System.Diagnostics.Metrics;
using System.Text.Json;
using CrmPlatform.Hosting.Beside;

namespace CrmPlatform.Graph.Upstreams;

/// <summary>To a service in another process.</summary>
internal sealed class WayOverHttp(Uri service, WayOverHttp.Line line) : Way
{
    public override async Task<Told> Ask(PassedRequest request, CancellationToken cancel)
    {
        using var message = new HttpRequestMessage(new(request.Method), new Uri(service, request.Path + request.Query));
        foreach (var (name, value) in request.Headers)
            if (!name.StartsWith("Content-", StringComparison.Ordinal))
                message.Headers.TryAddWithoutValidation(name, value.ToString());
        if (request.Body.Length > 0)
            message.Content = new ReadOnlyMemoryContent(request.Body) { Headers = { ContentType = new("application/json") } };
        using var response = await line.Invoker.SendAsync(message, cancel);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancel);
        return new(
            (int)response.StatusCode, bytes.Length > 0 && (int)response.StatusCode < 500 ? JsonDocument.Parse(bytes) : null,
            response.Headers.TryGetValues("Crm-Operation", out var operation) ? operation.First() : null, null);
    }

    /// <summary>The connections to all of them.</summary>
    internal sealed class Line(IMeterFactory meters) : IDisposable
    {
        public HttpMessageInvoker Invoker { get; } = new(new SocketsHttpHandler
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

        public void Dispose() => Invoker.Dispose();
    }
}
