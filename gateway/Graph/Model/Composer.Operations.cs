using System.Text.Json;
using CrmPlatform.Graph.Plan;
using CrmPlatform.Graph.Schema;

namespace CrmPlatform.Graph.Model;

/// <content>What was done under one operation, in all services, and taking it back.</content>
internal sealed partial class Composer
{
    private const string OperationRoute = "/api/v1/operations/{id}";

    private static readonly JsonElement NoConflicts = JsonSerializer.SerializeToElement(Array.Empty<object>());

    private void Operations(ObjectType query, ObjectType mutation)
    {
        var of = schemas.Values.FirstOrDefault(s => s.Operation(OperationRoute, "GET") is not null);
        if (of?.Operation(OperationRoute, "GET")?.Answer is not { } operation
            || of.Operation($"{OperationRoute}/undo", "POST")?.Answer?.Nullable is not ObjectType undone)
            return;
        query.Fields.TryAdd("operation", new("operation", operation.Nullable)
        {
            Says = "Who did something, when, and how many records of which type it changed, in all services.",
            Arguments = [new("id", BuiltIn.Id.NonNull)],
            Fetched = new OperationRead(),
        });
        var payload = Result("undo", undone.NonNull);
        if (undone.Fields.GetValueOrDefault("kept")?.Type.Named is { } conflict)
            payload.Add(new("conflicts", conflict.NonNull.List.NonNull)
            {
                Says = "Fields that somebody has changed since, or that you may not change back: nothing was undone then.",
                Read = (o, _) => ((Outcome)o).Errors is [{ Facts: { } facts }, ..] && facts.TryGetProperty("conflicts", out var all) ? all : NoConflicts,
            });
        mutation.Fields.TryAdd("undo", new("undo", payload.NonNull)
        {
            Says = "Takes back whatever an operation did, in all services or in none: a change, an import, a merge, another undo.",
            Arguments =
            [
                new("operation", BuiltIn.Id.NonNull) { Says = "The `operation` of its answer, of a job or of a history." },
                new("keepChanged", BuiltIn.Boolean) { Says = "True: fields that changed since stay, the rest is undone." },
                Key,
            ],
            Fetched = new Undoing(),
        });
    }
}
