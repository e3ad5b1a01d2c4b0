using CrmPlatform.Access;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Intake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Hosting.Ops;

/// <summary>The events a service could not apply, for those who operate it. They span tenants, so they want the scope of ops.</summary>
internal static class ParkingRoutes
{
    public static void MapParking(this WebApplication app)
    {
        var parked = app.MapGroup("/ops/parked").WithTags("ops").WithMetadata(new Needs(Scopes.Ops));

        parked.MapGet("/", async (int? limit, Parking parking, CancellationToken cancel) =>
                (await parking.List(Math.Clamp(limit ?? 100, 1, 1000), cancel)).Select(ParkedView.Of))
            .WithName("ListParkedEvents").WithDescription("Events that are being retried or were given up on, oldest first.");

        parked.MapGet("/{id:guid}", async (Guid id, Parking parking, CancellationToken cancel) =>
                ParkedView.Of(await parking.Find(id, cancel) ?? throw Refusal.NotFound("parked event", id)))
            .WithName("GetParkedEvent").WithDescription("One event with its headers, its body and the last error.");

        parked.MapPost("/replay", async (Guid? recordId, Parking parking, CancellationToken cancel) =>
                new Replayed(recordId is { } record ? await parking.ReplayRecord(record, cancel) : await parking.ReplayAll(cancel)))
            .WithName("ReplayParkedEvents").WithDescription("Sends all parked events again, or those of one record, each record in its order.");

        parked.MapPost("/{id:guid}/replay", async (Guid id, Parking parking, CancellationToken cancel) =>
                await parking.Replay(id, cancel) is > 0 and var sent ? new Replayed(sent) : throw Refusal.NotFound("parked event", id))
            .WithName("ReplayParkedEvent").WithDescription("Sends one event again, and those that wait behind it.");

        parked.MapPost("/{id:guid}/discard", async (Guid id, DiscardRequest request, Parking parking, HttpContext http, CancellationToken cancel) =>
            {
                if (string.IsNullOrWhiteSpace(request.Reason))
                    throw Refusal.Invalid("reason", "Say why this event shall never be applied.");
                if (!await parking.Discard(id, http.Features.Get<Caller>()!.Actor, request.Reason, cancel))
                    throw Refusal.NotFound("parked event", id);
                return TypedResults.NoContent();
            })
            .WithName("DiscardParkedEvent").WithDescription("Gives up on an event for good; what waited behind it goes on.");
    }

    private sealed record Replayed(int Sent);

    private sealed record DiscardRequest(string Reason);

    private sealed record ParkedView(
        Guid Id, Guid Tenant, Guid RecordId, int Version, string Type, string State, int Attempts, string Error, DateTimeOffset Since,
        DateTimeOffset Changed, System.Text.Json.JsonElement Headers, string Body)
    {
        public static ParkedView Of(ParkedEvent e) =>
            new(e.Id, e.Tenant, e.RecordId, e.Version, e.Type, e.State, e.Attempts, e.Error, e.Since, e.Changed, e.Headers, e.Body);
    }
}
