using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Access;
using CrmPlatform.Edge.Doors;
using CrmPlatform.Edge.Upstreams;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Operations;

/// <summary>What one service said: its status and its JSON.</summary>
internal sealed record Said(Upstream Upstream, int Status, JsonObject Body, bool Replayed);

/// <summary>Asks all services that publish a path, as one: an answer of some of them would be a wrong answer.</summary>
internal sealed class Everywhere(UpstreamList upstreams, UpstreamClient client, Admission admission)
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
    public IReadOnlyList<Upstream> Publishers(string path)
    {
        if (upstreams.Current.Missing > 0)
            throw Forward.NotYet();
        return [.. upstreams.All.Where(u => u.Offer!.Paths.Contains(path))];
    }

    /// <summary>What each of them says; those that know nothing of it are left out. Refused when one is away or refuses the caller.</summary>
    public async Task<List<Said>> Ask(HttpContext http, IEnumerable<Upstream> services, Func<HttpRequestMessage> request)
    {
        var all = await Task.WhenAll(services.Select(upstream => Ask(http, upstream, request())));
        if (Array.Find(all, s => s.Status is not (200 or 404 or 409)) is { } refused)
            throw new Refusal(refused.Status, Text(refused, "code"), Text(refused, "detail"));
        return [.. all.Where(s => s.Status != 404)];
    }

    private async Task<Said> Ask(HttpContext http, Upstream upstream, HttpRequestMessage request)
    {
        try
        {
            using var response = await client.Send(upstream, http, request);
            if ((int)response.StatusCode >= 500)
                throw Forward.Away(upstream);
            var body = await JsonNode.ParseAsync(await response.Content.ReadAsStreamAsync(http.RequestAborted)) as JsonObject;
            return new Said(upstream, (int)response.StatusCode, body ?? [], response.Headers.Contains("Idempotency-Replayed"));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException
            || (e is OperationCanceledException && !http.RequestAborted.IsCancellationRequested))
        {
            upstream.WasAway();
            throw Forward.Away(upstream);
        }
    }

    private static string Text(Said said, string member) => said.Body[member]?.GetValue<string>() ?? "refused";
}
