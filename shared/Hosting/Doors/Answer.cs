using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Hosting.Doors;

/// <summary>An answer as it goes out and as it is kept for a repeated request: status, headers, JSON.</summary>
internal sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body) : IResult
{
    /// <summary>The header that says under which operation a change was made.</summary>
    public const string OperationHeader = "Crm-Operation";

    /// <summary>The header with what the caller should know of a change that was made all the same: a JSON array, in ASCII.</summary>
    public const string WarningsHeader = "Crm-Warnings";

    private const int MostWarnings = 5;

    /// <summary>Turns what a slice returned into what is sent: of records what the caller may see.</summary>
    public static async ValueTask<Answer> From(object? result, Session session)
    {
        var headers = new Dictionary<string, string>();
        if (session.HasChanged)
            headers[OperationHeader] = session.Cause.Operation.ToString();
        if (session.Warnings.Count > 0)
            headers[WarningsHeader] = JsonSerializer.Serialize(session.Warnings.Take(MostWarnings), Changes.Json);
        var value = result is IResult ? (result as IValueHttpResult)?.Value : result;
        if (value is Record record)
            headers["ETag"] = ETag(record);
        if (result is IResult && result.GetType().GetProperty("Location")?.GetValue(result) is string location)
            headers["Location"] = location;
        var status = (result as IStatusCodeHttpResult)?.StatusCode ?? (value is null ? StatusCodes.Status204NoContent : StatusCodes.Status200OK);
        return new Answer(status, headers, value is null ? [] : JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), await session.Json()));
    }

    /// <summary>The version of a record, as If-Match wants it back.</summary>
    public static string ETag(Record record) => $"\"{record.Version}\"";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
            response.Headers[name] = value;
        if (Body.Length == 0)
            return Task.CompletedTask;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = Body.Length;
        return response.Body.WriteAsync(Body, httpContext.RequestAborted).AsTask();
    }
}
