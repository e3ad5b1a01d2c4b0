using CrmPlatform.Hosting.Telemetry;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Hosting.Doors;

/// <summary>
/// The one way in for HTTP: who → may they → (the slice: valid, change + journal) → commit → answer. The answer is made before the commit
/// and sent after it, so what was promised is durable and what was not durable was not promised. With an Idempotency-Key the answer is
/// stored in the same transaction.
/// </summary>
internal sealed class ChangePipeline : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var session = http.RequestServices.GetRequiredService<Session>();
        if (HttpMethods.IsGet(http.Request.Method))
            return Read(http, await next(context));

        var key = await IdempotencyKey.Read(http);
        if (key is not null && await key.FirstAnswer(session) is { } known)
            return Replayed(http, known);

        try
        {
            var answer = Answer.From(await next(context), session);
            if (IsDryRun(http))
            {
                await session.Rehearse();
                return answer; // nothing is committed: the end of the request rolls back
            }
            if (key is not null)
                await key.Store(session, answer);
            await session.Commit();
            return answer;
        }
        catch (Exception e) when (key is not null && (e is Refusal || IdempotencyKey.WasTaken(e)))
        {
            // If the same request ran beside this one and committed first, its answer is the answer: what it deleted we cannot find.
            await session.DisposeAsync(); // one connection back before the next is taken
            await using var again = http.RequestServices.GetRequiredService<Sessions>().Begin(session.Cause, http.RequestAborted);
            if (await key.FirstAnswer(again) is { } first)
                return Replayed(http, first);
            throw;
        }
    }

    /// <summary>Whether the platform itself (the edge takes the header from callers) only wants to know what would be answered.</summary>
    public static bool IsDryRun(HttpContext http) => http.Request.Headers["Crm-Dry-Run"] == "true";

    private static object? Read(HttpContext http, object? found)
    {
        if (found is Record record)
            http.Response.Headers.ETag = Answer.ETag(record);
        return found;
    }

    private static Answer Replayed(HttpContext http, Answer first)
    {
        http.RequestServices.GetRequiredService<HttpMetrics>().Replayed();
        return first;
    }
}
