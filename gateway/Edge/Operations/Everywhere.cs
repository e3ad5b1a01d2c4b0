using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Access;
using CrmPlatform.Edge.Doors;
using CrmPlatform.Edge.Upstreams;
using CrmPlatform.Hosting.Operations;
using Microsoft.AspNetCore.Http;
using AllServices = CrmPlatform.Hosting.Operations.Everywhere;

namespace CrmPlatform.Edge.Operations;

/// <summary>Asks all services that publish a path on behalf of a caller, as one.</summary>
internal sealed class Everywhere(UpstreamList upstreams, UpstreamClient client, Admission admission, TimeProvider clock)
{
    /// <summary>Lets the caller in and introduces them to the services, or has answered with a problem.</summary>
    public async ValueTask<bool> Admit(HttpContext http)
    {
        if (await admission.Admit(http) is not Caller caller)
            return false;
        Headers.Introduce(http, caller.Tenant.ToString());
        return true;
    }

    /// <summary>The services that publish a path.</summary>
    public IReadOnlyList<string> Publishers(string path)
    {
        if (upstreams.Current.Missing > 0)
            throw Forward.NotYet();
        return [.. upstreams.All.Where(u => u.Offer!.Paths.Contains(path)).Select(u => u.Name)];
    }

    /// <summary>What those say who publish a path.</summary>
    public Task<List<Said>> Ask(HttpContext http, string path) =>
        For(http).Ask(Publishers(path), new("GET", path + http.Request.QueryString));

    /// <summary>Operations, for a caller.</summary>
    public WholeOperation Operation(HttpContext http) => new(For(http), clock);

    private AllServices For(HttpContext http) => new((name, inquiry) => Ask(http, upstreams.All.First(u => u.Name == name), inquiry));

    private async Task<Said> Ask(HttpContext http, Upstream upstream, Inquiry inquiry)
    {
        var request = new HttpRequestMessage(new HttpMethod(inquiry.Method), new Uri(inquiry.Path, UriKind.Relative));
        foreach (var (name, value) in inquiry.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (inquiry.Body.Length > 0)
            request.Content = new ReadOnlyMemoryContent(inquiry.Body) { Headers = { ContentType = new("application/json") } };
        try
        {
            using var response = await client.Send(upstream, http, request);
            if ((int)response.StatusCode >= 500)
                throw Forward.Away(upstream);
            var body = await JsonNode.ParseAsync(await response.Content.ReadAsStreamAsync(http.RequestAborted)) as JsonObject;
            return new Said(upstream.Name, (int)response.StatusCode, body ?? [], response.Headers.Contains("Idempotency-Replayed"));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException
            || (e is OperationCanceledException && !http.RequestAborted.IsCancellationRequested))
        {
            upstream.WasAway();
            throw Forward.Away(upstream);
        }
    }
}
