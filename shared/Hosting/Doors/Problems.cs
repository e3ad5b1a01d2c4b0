using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using CrmPlatform.Hosting.Telemetry;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Hosting.Doors;

/// <summary>Every error as RFC 9457 problem+json with a stable code and the trace id; never a stack trace, never an internal address.</summary>
internal sealed partial class Problems(HttpMetrics metrics, ILogger<Problems> log) : IExceptionHandler
{
    /// <summary>The header with the problem's code: whoever passes an answer on need not read it.</summary>
    public const string Header = "Crm-Problem";

    private const string RetrySoon = "2";

    // The framework names the C# type beside the parameter; our callers know only the parameter.
    [GeneratedRegex("Failed to bind parameter \"\\S+ (\\w+)\"")]
    private static partial Regex Unreadable { get; }

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
            return true; // nobody is there to read an answer
        var refusal = exception is InvalidDataException && httpContext.Request.HasFormContentType
            ? new Refusal(400, "malformed", "The form cannot be read.") : AsRefusal(exception);
        var (method, path) = (httpContext.Request.Method, httpContext.Request.Path);
        if (refusal.Status == 503)
            log.LogWarning("{Method} {Path} failed: {Code}: {Reason}", method, path, refusal.Code, exception.GetBaseException().Message);
        else if (refusal.Status >= 500)
            log.LogError(exception, "{Method} {Path} failed: {Code}", method, path, refusal.Code);
        metrics.Refused(refusal.Code);
        await Write(httpContext, refusal);
        return true;
    }

    /// <summary>Answers with a problem.</summary>
    public static Task Write(HttpContext http, Refusal refusal)
    {
        var problem = new ProblemDetails { Status = refusal.Status, Title = Title(refusal.Status), Detail = refusal.Message };
        problem.Extensions["code"] = refusal.Code;
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        if (refusal.Errors.Count > 0)
            problem.Extensions["errors"] = refusal.Errors;
        foreach (var (name, value) in refusal.Facts)
            problem.Extensions[name] = value;

        http.Response.StatusCode = refusal.Status;
        http.Response.Headers[Header] = refusal.Code;
        if (refusal.Status == 503)
            http.Response.Headers.RetryAfter = RetrySoon;
        if (refusal.Status == 401)
            http.Response.Headers.WWWAuthenticate = $"Bearer error=\"invalid_token\", error_description=\"{refusal.Code}\"";
        return http.Response.WriteAsJsonAsync(problem, JsonSerializerOptions.Web, "application/problem+json", CancellationToken.None);
    }

    /// <summary>Two changes waited for each other, or one was overtaken: the database has ended this one, and nothing of it has happened.</summary>
    public static bool IsMeeting(PostgresException e) => e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    private static Refusal AsRefusal(Exception exception) => Refusal.Of(exception) ?? exception switch
    {
        BadHttpRequestException { StatusCode: 413 } => new Refusal(413, "too_large", "The request is larger than allowed."),
        BadHttpRequestException { StatusCode: 415 } => new Refusal(415, "unsupported_media_type", "Send JSON (application/json)."),
        BadHttpRequestException { InnerException: JsonException json } => Malformed(json),
        BadHttpRequestException bad => new Refusal(bad.StatusCode, "malformed", Unreadable.Replace(bad.Message, "$1 cannot be read")),
        JsonException json => Malformed(json),
        PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } =>
            new Refusal(400, "malformed", "The request has a character that no text can hold: U+0000."),
        PostgresException database when IsMeeting(database) => new Refusal(503, "busy", "Somebody else was changing the same records; try again."),
        NpgsqlException { IsTransient: true } or TimeoutException => Away(),
        NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException } => Away(),
        PostgresException { SqlState: var state } when state.StartsWith("57P", StringComparison.Ordinal) => Away(),
        NpgsqlException and not PostgresException => Away(),
        _ => new Refusal(500, "internal", "Something went wrong here; the trace id helps us to find it."),
    };

    private static Refusal Away() => new(503, "database_unavailable", "The database cannot be reached right now; nothing was changed. Try again.");

    private static Refusal Malformed(JsonException json) =>
        new(400, "malformed", $"The JSON cannot be read at {json.Path ?? "$"}, line {json.LineNumber + 1}, position {json.BytePositionInLine + 1}.");

    private static string Title(int status) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);
}
