using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Edge.Doors;
using CrmPlatform.Edge.Upstreams;
using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Beside;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Details;

/// <summary>What a service said to one of several questions: a status, and JSON or a problem.</summary>
internal sealed record DetailAnswer(int Status, JsonNode? Body)
{
    /// <summary>A service's own words about why it refuses, or ours about why it does not answer.</summary>
    public static DetailAnswer Problem(int status, string code, string detail) =>
        new(status, new JsonObject { ["status"] = status, ["code"] = code, ["detail"] = detail });
}

/// <summary>
/// Asks services one of several questions on behalf of a caller: what fails is said, and fails nothing else. Services of the same process are asked without
/// a connection; one that is silent is not waited for as long as by who asks nothing else.
/// </summary>
internal sealed class DetailQuestions(UpstreamClient client, Neighbours beside, Settings settings, IReadOnlyList<App> neighbours)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly HashSet<string> Told = new(StringComparer.Ordinal) { "status", "code", "detail", "errors", "mergedInto", "conflicts" };

    private readonly HashSet<string> here = settings.Upstreams is null ? [.. neighbours.Select(app => app.Name)] : [];

    public async Task<DetailAnswer> Ask(HttpContext http, Upstream upstream, string method, string path, JsonNode? body = null)
    {
        var patience = client.Patience < Longest ? client.Patience : Longest;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        deadline.CancelAfter(patience);
        var bytes = body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(body);
        try
        {
            var answer = here.Contains(upstream.Name)
                ? await Beside(http, upstream, method, path, bytes, deadline.Token) : await OverHttp(http, upstream, method, path, bytes, deadline.Token);
            return answer.Status < 500 ? answer : Away(upstream);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            return DetailAnswer.Problem(504, "timed_out", $"The service {upstream.Name} has not answered in time.");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or IOException)
        {
            upstream.WasAway();
            return Away(upstream);
        }
    }

    private async Task<DetailAnswer> Beside(HttpContext http, Upstream upstream, string method, string path, byte[] body, CancellationToken cancel)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        foreach (var (name, value) in Said(http))
            headers[name] = value;
        if (body.Length > 0)
            (headers.ContentType, headers.ContentLength) = ("application/json", body.Length);
        var query = path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? path[at..] : "";
        var request = new PassedRequest(method, path[..^query.Length], query, headers, body);
        using var answer = await (beside.Ask(upstream.Name, request, cancel) ?? throw new HttpRequestException("it does not serve"));
        return Of(answer.Status, answer.Body.Span);
    }

    private async Task<DetailAnswer> OverHttp(HttpContext http, Upstream upstream, string method, string path, byte[] body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), upstream.Address + path);
        foreach (var (name, value) in Said(http))
            request.Headers.TryAddWithoutValidation(name, value);
        if (body.Length > 0)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        using var response = await client.Invoker.SendAsync(request, cancel);
        return Of((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancel));
    }

    private static IEnumerable<(string Name, string? Value)> Said(HttpContext http) =>
    [
        ("Authorization", http.Request.Headers.Authorization.ToString()), ("X-Forwarded-For", http.Connection.RemoteIpAddress?.ToString()),
        (Headers.Tenant, http.Request.Headers[Headers.Tenant].ToString()), ("traceparent", Activity.Current?.Id),
    ];

    private static DetailAnswer Of(int status, ReadOnlySpan<byte> body)
    {
        var json = body.Length == 0 || status >= 500 ? null : JsonNode.Parse(body);
        if (status >= 400 && json is JsonObject problem)
            foreach (var (name, _) in problem.Where(p => !Told.Contains(p.Key)).ToList())
                problem.Remove(name);
        return new(status, json);
    }

    private static DetailAnswer Away(Upstream upstream) =>
        DetailAnswer.Problem(503, "service_unavailable", $"The service {upstream.Name} cannot be reached right now. Try again.");
}
