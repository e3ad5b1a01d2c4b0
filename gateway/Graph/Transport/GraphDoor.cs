using System.Security.Cryptography;
using CrmPlatform.Access;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Upstreams;
using CrmPlatform.Hosting.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CrmPlatform.Graph.Transport;

/// <summary>
/// GraphQL over HTTP: POST for everything, GET for questions. Who understands <c>application/graphql-response+json</c> is told by the status whether
/// the request was well; to others every answer to a readable request is 200, as that media type has it.
/// </summary>
internal sealed class GraphDoor(Answering answering, Admission admission, HttpMetrics metrics)
{
    private const string Own = "application/graphql-response+json";
    private const string Json = "application/json";

    public async Task Handle(HttpContext http)
    {
        http.Response.Headers.Vary = "Accept, Authorization";
        if (Accepted(http.Request) is not { } type)
        {
            await Write(http, Json, 406, Wrong("Answers are application/graphql-response+json or application/json.", "not_acceptable"));
            return;
        }
        var (caller, refusal) = await admission.Admit(http);
        if (refusal is not null)
        {
            await Write(http, type, refusal.Status, Wrong(refusal.Message, refusal.Code));
            return;
        }
        if (HttpMethods.IsPost(http.Request.Method) && !GraphRequest.IsJson(http.Request))
        {
            await Write(http, type, 415, Wrong("Send JSON (application/json).", "unsupported_media_type"));
            return;
        }
        await Answer(http, caller!, type);
    }

    private async Task Answer(HttpContext http, Caller caller, string type)
    {
        GraphRequest request;
        try
        {
            request = await GraphRequest.Read(http);
        }
        catch (GraphException e)
        {
            await Write(http, type, 400, new(null, [e.Error], WasDone: false));
            return;
        }
        var asks = HttpMethods.IsGet(http.Request.Method);
        GraphAnswer answer;
        try
        {
            answer = await answering.Answer(request, caller, Asker.Of(http), asks, http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return; // nobody is there to read an answer
        }
        using var given = answer;
        foreach (var error in answer.Errors)
            metrics.Refused(error.Code);
        var noDocument = request is { Query: null or "", Hash: null };
        await Write(http, type, answer.IsChange ? 405 : !answer.WasDone && (type == Own || noDocument) ? 400 : 200, answer, asks);
    }

    // Who names neither is given the one that everybody knows.
    private static string? Accepted(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0)
            return Json;
        var own = false;
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var all))
            return null;
        foreach (var one in all.Where(a => a.Quality is not 0).OrderByDescending(a => a.Quality ?? 1))
        {
            own = one.MediaType.Equals(Own, StringComparison.OrdinalIgnoreCase);
            if (own || one.MatchesMediaType(Json))
                return own ? Own : Json;
        }
        return null;
    }

    /// <summary>Says what is wrong with a request that did not come to an answer.</summary>
    public static Task Refuse(HttpContext http, int status, GraphError why) => Write(http, Json, status, Wrong(why.Message, why.Code));

    private static GraphAnswer Wrong(string message, string code) => new(null, [new(message, code)], WasDone: false);

    private static async Task Write(HttpContext http, string type, int status, GraphAnswer answer, bool isCached = false)
    {
        var text = AnswerText.Of(answer);
        if (isCached && status == 200 && answer.Errors.Count == 0)
        {
            var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(text.Span).AsSpan(0, 16))}\"";
            http.Response.Headers.ETag = tag;
            http.Response.Headers.CacheControl = "private, no-cache";
            if (http.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }
        if (status == StatusCodes.Status405MethodNotAllowed)
            http.Response.Headers.Allow = "POST";
        if (status == StatusCodes.Status401Unauthorized)
            http.Response.Headers.WWWAuthenticate = $"Bearer error=\"invalid_token\", error_description=\"{answer.Errors[0].Code}\"";
        http.Response.StatusCode = status;
        http.Response.ContentType = $"{type}; charset=utf-8";
        http.Response.ContentLength = text.Length;
        await http.Response.Body.WriteAsync(text, http.RequestAborted);
    }
}
