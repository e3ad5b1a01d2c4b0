using System.Text.Json.Nodes;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Journal;

namespace CrmPlatform.Hosting.Operations;

/// <summary>
/// An operation in all services that know it. It is taken back under one new operation: first all of them try it out and roll back; only when
/// none refuses, all of them do it. If one fails between the two, what the others did is taken back as well: everything, or nothing.
/// </summary>
internal sealed class WholeOperation(Everywhere everywhere, TimeProvider clock)
{
    private const string Key = "Idempotency-Key";

    /// <summary>What it did.</summary>
    public async Task<JsonObject> Read(IEnumerable<string> services, Guid id)
    {
        var parts = await everywhere.Ask(services, new("GET", $"/api/v1/operations/{id}"));
        if (parts.Count == 0)
            throw Refusal.NotFound("operation", id);

        // It began where it began first; who did it is the same everywhere.
        var first = parts.MinBy(p => p.Body["at"]!.GetValue<DateTimeOffset>())!.Body.DeepClone().AsObject();
        first["entries"] = parts.Sum(p => p.Body["entries"]!.GetValue<int>());
        var records = new JsonObject();
        foreach (var (record, count) in parts.SelectMany(p => p.Body["records"]!.AsObject()))
            records[record] = (records[record]?.GetValue<int>() ?? 0) + count!.GetValue<int>();
        first["records"] = records;
        return first;
    }

    /// <summary>Takes it back; says under which operation, of how many records, and what was kept.</summary>
    public async Task<(JsonObject Undone, bool Replayed)> Undo(IEnumerable<string> services, Guid id, ReadOnlyMemory<byte> body, string? key)
    {
        var operation = Guid.CreateVersion7(clock.GetUtcNow());
        var tried = await everywhere.Ask(services, Undoing(id, operation, dry: true, body, key));
        if (tried.Count == 0)
            throw Refusal.NotFound("operation", id);
        RefuseConflicts(tried);
        var done = await DoAll([.. tried.Select(t => t.Service)], Undoing(id, operation, dry: false, body, key), operation);
        return (new JsonObject
        {
            ["operation"] = id,
            ["undoneBy"] = done[0].Body["undoneBy"]!.GetValue<Guid>(), // a repeated request's is that of the first one
            ["records"] = done.Sum(d => d.Body["records"]!.GetValue<int>()),
            ["kept"] = Gather(done, "kept"),
        }, done.Exists(d => d.Replayed));
    }

    // One after the other: whoever fails leaves a known list of those to be taken back.
    private async Task<List<Said>> DoAll(List<string> services, Inquiry inquiry, Guid operation)
    {
        var done = new List<Said>();
        try
        {
            foreach (var service in services)
            {
                var said = await everywhere.Ask([service], inquiry);
                RefuseConflicts(said);
                done.AddRange(said);
            }
            return done;
        }
        catch (Refusal) when (done.Count > 0)
        {
            var back = Guid.CreateVersion7(clock.GetUtcNow());
            foreach (var said in done)
                await everywhere.Ask([said.Service], Undoing(operation, back, dry: false, default, null));
            throw;
        }
    }

    private static void RefuseConflicts(List<Said> answers)
    {
        var refusing = answers.FindAll(a => a.Status == 409);
        if (refusing.Count == 0)
            return;
        throw new Refusal(409, refusing[0].Body["code"]!.GetValue<string>(), refusing[0].Body["detail"]!.GetValue<string>())
        {
            Facts = new Dictionary<string, object?> { ["conflicts"] = Gather(refusing, "conflicts") },
        };
    }

    private static JsonArray Gather(List<Said> answers, string member) =>
        [.. answers.SelectMany(a => a.Body[member] as JsonArray ?? []).Select(item => item?.DeepClone())];

    private static Inquiry Undoing(Guid id, Guid operation, bool dry, ReadOnlyMemory<byte> body, string? key) =>
        new("POST", $"/api/v1/operations/{id}/undo")
        {
            Body = body,
            Headers =
            [
                (Answer.OperationHeader, $"{operation}"), .. dry ? [(ChangePipeline.DryRunHeader, "true")] : Array.Empty<(string, string)>(),
                .. string.IsNullOrEmpty(key) ? Array.Empty<(string, string)>() : [(Key, key)],
            ],
        };
}
