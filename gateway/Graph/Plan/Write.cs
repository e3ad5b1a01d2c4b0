using System.Text.Json;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Schema.Execution;
using CrmPlatform.Graph.Upstreams;

namespace CrmPlatform.Graph.Plan;

/// <summary>What became of a change.</summary>
/// <param name="Row">The record as it is now, where the change answers with it.</param>
/// <param name="Answer">What the change answers with, whatever it is.</param>
/// <param name="Operation">What to undo to take it back.</param>
/// <param name="Errors">Why it was refused.</param>
internal sealed record Outcome(Row? Row, JsonElement? Answer, string? Operation, IReadOnlyList<WriteError> Errors)
{
    /// <summary>What became of each, where it was many changes.</summary>
    public IReadOnlyList<OneOfMany> Items { get; init; } = [];
}

/// <summary>Something that is wrong with a change.</summary>
internal sealed record WriteError(string Code, string Message, string? Field, JsonElement? Facts);

/// <summary>A change.</summary>
internal abstract record Changing
{
    /// <summary>Whether records are others afterwards: the next question sees a new graph.</summary>
    public virtual bool ChangesModel => false;

    /// <summary>Does it: what became of it, or a <see cref="GraphError"/>.</summary>
    public abstract Task<object?> Do(ServiceClient client, Asker caller, Call call, Action<Told> keep, CancellationToken cancel);
}

/// <summary>A change: one door of the service that keeps the record, with all its rules.</summary>
/// <param name="Of">What is changed.</param>
/// <param name="Method">How its door is called.</param>
/// <param name="Route">Where its door is.</param>
/// <param name="Answers">Whether it answers with the record.</param>
internal sealed record Write(Kept Of, string Method, string Route, bool Answers) : Changing
{
    /// <summary>Whose door it is.</summary>
    public string Service => Of.Model.Service;

    private static readonly HashSet<string> NotInAddress = ["input", "base", "ifMatch", "idempotencyKey"];
    private static readonly HashSet<string> Facts = ["type", "title", "status", "detail", "code", "traceId", "errors", "broken"];

    public override async Task<object?> Do(ServiceClient client, Asker caller, Call call, Action<Told> keep, CancellationToken cancel)
    {
        var told = call.Arguments;
        var route = Address.Of(Route, told.Where(t => !NotInAddress.Contains(t.Key)));
        var body = Method == "DELETE" ? null
            : told.GetValueOrDefault("input") as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>();
        if (body is not null && told.GetValueOrDefault("base") is { } seen)
            body = new Dictionary<string, object?>(body) { ["$base"] = seen };
        try
        {
            var answer = await client.Ask(
                caller, Of.Model.Service, Method, route, body is null ? default : JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web), cancel,
                ("Idempotency-Key", told.GetValueOrDefault("idempotencyKey") as string),
                ("If-Match", told.GetValueOrDefault("ifMatch") is int version ? $"\"{version}\"" : null));
            keep(answer);
            return answer.Status is 401 or 403 && Is(answer.Body, "scope_missing") ? ServiceClient.Refused(answer.Body)
                : answer.Status >= 400 ? new Outcome(null, null, null, [.. Wrong(answer.Body)])
                : new Outcome(Answers && answer.Body.ValueKind == JsonValueKind.Object ? new(Of, answer.Body) : null, answer.Body, answer.Operation, []);
        }
        catch (GraphException e)
        {
            return e.Error;
        }
    }

    private static bool Is(JsonElement problem, string code) =>
        problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("code", out var value) && value.ValueEquals(code);

    // One error for each sentence about a field; without fields, one for all of it. What else the problem says goes with each, and the rule that it is about.
    internal static IEnumerable<WriteError> Wrong(JsonElement problem)
    {
        var error = ServiceClient.Refused(problem);
        var facts = problem.ValueKind != JsonValueKind.Object ? []
            : problem.EnumerateObject().Where(p => !Facts.Contains(p.Name)).ToDictionary(p => p.Name, p => p.Value);
        var fields = error.Facts.GetValueOrDefault("errors") is JsonElement { ValueKind: JsonValueKind.Object } errors
            ? errors.EnumerateObject().SelectMany(f => f.Value.EnumerateArray().Select((m, i) => (Field: f.Name, Message: $"{m}", Place: i))).ToList() : [];
        return fields.Count == 0 ? [new(error.Code, error.Message, null, Json(facts))]
            : fields.Select(f => new WriteError(error.Code, f.Message, f.Field, Json(With(facts, problem, f.Field, f.Place))));
    }

    // The rules stand beside the sentences: the same field, the same place.
    private static Dictionary<string, JsonElement> With(Dictionary<string, JsonElement> facts, JsonElement problem, string field, int place) =>
        problem.TryGetProperty("broken", out var broken) && broken.TryGetProperty(field, out var rules) && place < rules.GetArrayLength()
        && rules[place] is { ValueKind: JsonValueKind.Object } rule ? new(facts) { ["broken"] = rule } : facts;

    private static JsonElement? Json(Dictionary<string, JsonElement> facts) => facts.Count > 0 ? JsonSerializer.SerializeToElement(facts) : null;
}
