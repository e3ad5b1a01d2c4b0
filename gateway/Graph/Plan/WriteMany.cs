using System.Text.Json;
using CrmPlatform.Graph.Schema.Execution;
using CrmPlatform.Graph.Upstreams;

namespace CrmPlatform.Graph.Plan;

/// <summary>What became of one of many changes.</summary>
/// <param name="Status">What its own door would have answered.</param>
/// <param name="Row">The record as it is now; nothing where it was refused or is in the trash.</param>
/// <param name="Errors">Why it was refused.</param>
internal sealed record OneOfMany(int Status, Row? Row, IReadOnlyList<WriteError> Errors);

/// <summary>Many changes of one record type at once, as one operation: each stands or falls alone, or all together.</summary>
/// <param name="Types">The types.</param>
internal sealed record WriteMany(TypesByName Types) : Changing
{
    private const string Door = "/batch";

    /// <summary>How many records it may answer with.</summary>
    public static int Most(Call call) =>
        call.Arguments.GetValueOrDefault("input") is IReadOnlyDictionary<string, object?> input
        && input.GetValueOrDefault("operations") is Array { Length: var many } ? many : 1;

    public override async Task<object?> Do(ServiceClient client, Asker caller, Call call, Action<Told> keep, CancellationToken cancel)
    {
        var of = Types.Of(call);
        var done = await new WriteOfType(Types, "POST", Door).Do(client, caller, call, keep, cancel);
        return done is not Outcome outcome ? done : outcome switch
        {
            { Answer: { } answer } => outcome with
            {
                Operation = Text(answer, "operation"),
                Items = [.. answer.GetProperty("items").EnumerateArray().Select(item => One(of, item))],
            },
            // Refused as a whole, it says of each why.
            { Errors: [{ Facts: { } facts }, ..] } when facts.TryGetProperty("items", out var items) =>
                outcome with { Items = [.. items.EnumerateArray().Select(item => One(of, item))] },
            _ => outcome,
        };
    }

    private static OneOfMany One(Kept of, JsonElement item) => new(
        item.GetProperty("status").GetInt32(),
        item.TryGetProperty("record", out var record) && record.ValueKind == JsonValueKind.Object ? new(of, record) : null,
        item.TryGetProperty("problem", out var problem) && problem.ValueKind == JsonValueKind.Object ? [.. Write.Wrong(problem)] : []);

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() : null;
}
