using CrmPlatform.Edge.Doors;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Operations;

/// <summary>Takes an operation back in all services that know it.</summary>
internal sealed class UndoOperation(Everywhere everywhere)
{
    public const string Route = "/api/v1/operations/{id:guid}/undo";

    private const string Published = "/api/v1/operations/{id}/undo";

    public async Task Handle(HttpContext http, Guid id)
    {
        if (!await everywhere.Admit(http))
            return;
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var (undone, replayed) = await everywhere.Operation(http).Undo(
            everywhere.Publishers(Published), id, body.ToArray(), http.Request.Headers["Idempotency-Key"]);
        http.Response.Headers[Headers.Operation] = $"{undone["undoneBy"]!.GetValue<Guid>()}";
        if (replayed)
            http.Response.Headers["Idempotency-Replayed"] = "true";
        await http.Response.WriteAsJsonAsync(undone, http.RequestAborted);
    }
}
