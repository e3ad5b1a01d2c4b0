using System.Text.Json;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Schema.Execution;
using CrmPlatform.Graph.Upstreams;
using CrmPlatform.Journal;

namespace CrmPlatform.Graph.Plan;

/// <summary>What an operation did, in all services.</summary>
internal sealed record OperationRead : Elsewhere
{
    private const int Services = 10;

    public override long Questions(Call call, long objects) => Services;

    public override async Task Do(Fetch fetch, Levels levels, CancellationToken cancel)
    {
        try
        {
            fetch.Values[0] = Guid.TryParse((string)fetch.Call.Arguments["id"]!, out var id)
                ? JsonSerializer.SerializeToElement(await levels.Operation(id, cancel)) : null;
        }
        catch (Refusal refusal) when (refusal.Status == 404)
        {
            // as any record that is not there
        }
        catch (Refusal refusal)
        {
            fetch.Fail(new(refusal.Message, refusal.Code));
        }
        catch (GraphException e)
        {
            fetch.Fail(e.Error);
        }
    }
}

/// <summary>Takes an operation back in all services that know it, or in none.</summary>
internal sealed record Undoing : Changing
{
    public override bool ChangesModel => true; // it may have added a field

    public override async Task<object?> Do(ServiceClient client, Asker caller, Call call, Action<Told> keep, CancellationToken cancel)
    {
        if (!Guid.TryParse((string)call.Arguments["operation"]!, out var id))
            return Refused(Refusal.NotFound("operation", default));
        var how = JsonSerializer.SerializeToUtf8Bytes(new { keepChanged = call.Arguments.GetValueOrDefault("keepChanged") is true });
        try
        {
            var (undone, _) = await client.Operation(caller, cancel).Undo(
                client.Names, id, how, call.Arguments.GetValueOrDefault("idempotencyKey") as string);
            return new Outcome(null, JsonSerializer.SerializeToElement(undone), $"{undone["undoneBy"]!.GetValue<Guid>()}", []);
        }
        catch (Refusal refusal)
        {
            return refusal.Code == "scope_missing" ? new GraphError(refusal.Message, refusal.Code) : Refused(refusal);
        }
        catch (GraphException e)
        {
            return e.Error;
        }
    }

    private static Outcome Refused(Refusal refusal) => new(null, null, null,
    [
        new(refusal.Code, refusal.Message, null, refusal.Facts is { Count: > 0 } facts ? JsonSerializer.SerializeToElement(facts) : null),
    ]);
}
