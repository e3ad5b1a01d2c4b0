using CrmPlatform.Hosting.Doors;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Hosting.Ops;

/// <summary>What every service can say of operations: what one did, and how to take it back.</summary>
internal static class JournalRoutes
{
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
}

/// <summary>How to undo.</summary>
/// <param name="KeepChanged">True: fields that changed since stay, the rest is undone. False: then nothing is.</param>
public sealed record UndoRequest(bool KeepChanged = false);
