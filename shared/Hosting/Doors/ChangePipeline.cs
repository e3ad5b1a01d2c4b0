using System.IO.Pipelines;
using CrmPlatform.Hosting.Ops;
using CrmPlatform.Hosting.Telemetry;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Replicas;
using CrmPlatform.Records.Doors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CrmPlatform.Hosting.Doors;

/// <summary>
/// The one way in for HTTP: who → may they (by their token's scope, to this slice by their roles) → (the slice: valid, change + journal) → commit →
/// answer. The answer is made before the commit and sent after it, so what was promised is durable and what was not durable was not promised. With
/// an Idempotency-Key the answer is stored in the same transaction. Where two changes waited for each other and the database ended one of them, that
/// one has changed nothing and is done once more.
/// </summary>
internal sealed class ChangePipeline : IEndpointFilter
{
    private const int MostTries = 5;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        Deprecations.Tell(context, http.RequestServices.GetRequiredService<Settings>());
        for (var tries = 1; ; tries++)
            try
            {
                return await Once(context, next, http.RequestServices.GetRequiredService<Session>());
            }
            catch (PostgresException e) when (Problems.IsMeeting(e) && tries < MostTries && !context.Arguments.Any(IsReadOnce))
            {
                http.RequestServices.GetRequiredService<HttpMetrics>().DoneAgain();
                var anew = await http.RequestServices.GetRequiredService<RequestSession>().Anew();
                for (var at = 0; at < context.Arguments.Count; at++)
                    if (context.Arguments[at] is Session)
                        context.Arguments[at] = anew;
                await Task.Delay(Random.Shared.Next(20 * tries), http.RequestAborted); // who met does not meet again at the same moment
            }
    }

    private static bool IsReadOnce(object? argument) => argument is HttpRequest or Stream or PipeReader;

    private static async ValueTask<object?> Once(EndpointFilterInvocationContext context, EndpointFilterDelegate next, Session session)
    {
        var http = context.HttpContext;
        await session.Standing(); // whoever has been deactivated is refused before anything is looked at
        if (http.GetEndpoint()?.Metadata.GetMetadata<Slice>() is { } slice)
        {
            await session.DemandSlice(slice.Name);
            RequestRules.Hold(context.Arguments);
        }
        if (HttpMethods.IsGet(http.Request.Method))
        {
            // Asked before the answer is found: what is said of the copies is never newer than what is read of them.
            if (await http.RequestServices.GetRequiredService<Freshness>().Line(http.RequestAborted) is { } line)
                http.Response.Headers[ReplicaRoutes.Header] = line;
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

    /// <summary>What the platform says to its services where it only wants to know.</summary>
    internal const string DryRunHeader = "Crm-Dry-Run";

    /// <summary>Whether the platform itself (the edge takes the header from callers) only wants to know what would be answered.</summary>
    public static bool IsDryRun(HttpContext http) => http.Request.Headers[DryRunHeader] == "true";

    private static async ValueTask<object?> Shown(object? result, Session session)
    {
        if ((result is IResult ? (result as IValueHttpResult)?.Value : result) is Record record)
            await session.Show([record]);
        return result;
    }

    // What is no value is a file, which sees to it itself.
    private static async ValueTask<object?> Read(HttpContext http, object? found, Session session)
    {
        var value = found is IResult ? (found as IValueHttpResult)?.Value : found;
        if (value is null)
            return found is IResult file and not IValueHttpResult ? file : await Answer.From(found, session);
        if (value is Record record)
            http.Response.Headers.ETag = Answer.ETag(record);
        return new Told(value, (found as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK, await session.Json());
    }

    private static Answer Replayed(HttpContext http, Answer first)
    {
        http.RequestServices.GetRequiredService<HttpMetrics>().Replayed();
        return first;
    }
}
