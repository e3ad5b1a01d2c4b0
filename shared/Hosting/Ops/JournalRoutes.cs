using CrmPlatform.Hosting.Doors;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Hosting.Ops;

/// <summary>What every service can say from its journal: a record's history, its state at a time, and how to take an operation back.</summary>
internal static class JournalRoutes
{
    public static void MapHistory(this IEndpointRouteBuilder api, IEnumerable<(RecordType Type, string Plural)> records)
    {
        foreach (var (type, plural) in records)
        {
            api.MapGet($"/{plural}/{{id:guid}}/history", async (Guid id, Session session, int? before, int? limit) =>
                    new HistoryPage(await History.Of(session, type, id, before ?? int.MaxValue, Math.Clamp(limit ?? 100, 1, 1000))))
                .WithName($"HistoryOf{Title(type.Name)}").WithTags(plural).WithMetadata(new Needs(Scopes.Read))
                .WithDescription("What happened to it, newest first.");
        }
    }

    public static void MapUndo(this IEndpointRouteBuilder api)
    {
        api.MapGet("/operations/{id:guid}", async (Guid id, Session session) =>
                await Journal.Operations.Of(session, id) ?? throw Refusal.NotFound("operation", id))
            .WithName("GetOperation").WithTags("operations").WithMetadata(new Needs(Scopes.Read))
            .WithDescription("Who did it, when, and which records of this service it changed.");

        api.MapPost("/operations/{id:guid}/undo", async (Guid id, UndoRequest? request, Session session, JournalMetrics metrics, HttpContext http) =>
            {
                try
                {
                    var undone = await Undo.Run(session, id, request?.KeepChanged ?? false);
                    if (!ChangePipeline.IsDryRun(http))
                        metrics.Undone("undone");
                    return TypedResults.Ok(undone);
                }
                catch (Refusal refusal)
                {
                    metrics.Undone(refusal.Code);
                    throw;
                }
            })
            .WithName("UndoOperation").WithTags("operations").WithMetadata(new Needs(Scopes.Write))
            .WithDescription("Writes compensating changes for everything the operation did, or answers 409 with the fields that have changed since.");
    }

    private static string Title(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}

/// <summary>How to undo.</summary>
/// <param name="KeepChanged">True: fields that changed since stay, the rest is undone. False: then nothing is.</param>
public sealed record UndoRequest(bool KeepChanged = false);

/// <summary>A page of a record's history.</summary>
public sealed record HistoryPage(IReadOnlyList<HistoryEntry> Items);
