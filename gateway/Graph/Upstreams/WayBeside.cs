using System.Text.Json;
using CrmPlatform.Hosting.Beside;

namespace CrmPlatform.Graph.Upstreams;

/// <summary>To a service in the same process: all its doors ask is asked, and nothing goes over a connection.</summary>
internal sealed class WayBeside(string service, Neighbours neighbours) : Way
{
    public override async Task<Told> Ask(PassedRequest request, CancellationToken cancel)
    {
        var answer = await (neighbours.Ask(service, request, cancel) ?? throw new HttpRequestException("it does not serve"));
        try
        {
            return new(
                answer.Status, answer.Body.Length > 0 && answer.Status < 500 ? JsonDocument.Parse(answer.Body) : null,
                answer.Headers.TryGetValue("Crm-Operation", out var operation) ? operation.ToString() : null, answer);
        }
        catch (JsonException)
        {
            answer.Dispose();
            throw;
        }
    }
}
