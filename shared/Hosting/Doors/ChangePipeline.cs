using CrmPlatform.Hosting.Telemetry;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Hosting.Doors;

/// <summary>
/// The one way in for HTTP: who → may they (by their token's scope, to this slice by their roles) → (the slice: valid, change + journal) → commit →
/// answer. The answer is made before the commit and sent after it, so what was promised is durable and what was not durable was not promised. With
/// an Idempotency-Key the answer is stored in the same transaction.
/// </summary>
internal sealed class ChangePipeline : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var session = http.RequestServices.GetRequiredService<Session>();
        await session.Standing(); // whoever has been deactivated is refused before anything is looked at
        if (http.GetEndpoint()?.Metadata.GetMetadata<Slice>() is { } slice)
            await session.DemandSlice(slice.Name);
        if (HttpMethods.IsGet(http.Request.Method))
        {
            var found = await Shown(await next(context), session);
            var told = await Read(http, found, session);
            if (!session.HasShown)
                return told;
            await session.NoteShown();
            await session.Commit();
            return told;
        }

        var key = await IdempotencyKey.Read(http);
        if (key is not null && await key.FirstAnswer(session) is { } known)
            return Replayed(http, known);

        try
        {
            var answer = await Answer.From(await Shown(await next(context), session), session);
            if (IsDryRun(http))
            {
                await session.Rehearse();
                return answer; // nothing is committed: the end of the request rolls back
            }
            await session.NoteShown();
            if (key is not null)
                await key.Store(session, answer);
            await session.Commit();
            return answer;
        }
        catch (Exception e) when (key is not null && (e is Refusal || IdempotencyKey.WasTaken(e)) || e is Refusal { About: not null })
        {
            // If the same request ran beside this one and committed first, its answer is the answer: what it deleted we cannot find.
            await session.DisposeAsync(); // one connection back before the next is taken
            await using var again = http.RequestServices.GetRequiredService<Sessions>().Begin(session.Cause, http.RequestAborted);
            if (key is not null && await key.FirstAnswer(again) is { } first)
                return Replayed(http, first);
            if (e is Refusal { About: not null } refusal && !IsDryRun(http))
            {
                await again.Note(refusal);
                await again.Commit();
            }
            throw;
        }
    }

    /// <summary>Whether the platform itself (the edge takes the header from callers) only wants to know what would be answered.</summary>
    public static bool IsDryRun(HttpContext http) => http.Request.Headers["Crm-Dry-Run"] == "true";

    private static async ValueTask<object?> Shown(object? result, Session session)
    {
        if ((result is IResult ? (result as IValueHttpResult)?.Value : result) is Record record)
            await session.Show([record]);
        return result;
    }

    // What is no value is a file, which sees to it itself.
    private static async ValueTask<object?> Read(HttpContext http, object? found, Session session)
    {
        if (!(await session.Standing()).Rights.IsEverything && found is not null and (not IResult or IValueHttpResult))
            return await Answer.From(found, session);
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
