using System.Text.Json;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Hosting.Doors;

namespace CrmPlatform.Graph.Model;

/// <summary>What a document says of a slice.</summary>
internal sealed class SliceOperation(Schemas of, JsonElement operation)
{
    private const string Beginning = " Needs a token";
    private const string Accepted = "202";

    /// <summary>What it does.</summary>
    public string? Says => Sentence(Schemas.Text(operation, "description")) ?? Schemas.Text(operation, "summary");

    /// <summary>That it is going away.</summary>
    public string? Deprecated => Schemas.Text(operation, DeprecationHeaders.Member);

    /// <summary>What it answers with.</summary>
    public GraphType? Answer => Schemas.Member(operation, "responses") is { } responses
        && (Schemas.Member(responses, "200") ?? Schemas.Member(responses, "201") ?? Schemas.Member(responses, Accepted)) is { } ok
        && Body(ok) is { } schema
        ? of.Output(schema, $"{Schemas.Text(operation, "operationId")}Answer") : null;

    /// <summary>What it answers with where the work goes on in the background.</summary>
    public GraphType? Begun => Schemas.Member(operation, "responses") is { } responses
        && Schemas.Member(responses, Accepted) is { } begun && Body(begun) is { } schema
        ? of.Output(schema, $"{Schemas.Text(operation, "operationId")}Begun") : null;

    /// <summary>What stands in its body; of one member it may be said that it is another one with each record type, so that it is any JSON.</summary>
    public GraphType? Input(string name, string? anything = null) => Schemas.Member(operation, "requestBody") is { } body && Body(body) is { } schema
        && of.Input(schema, $"{name}Input", anything).Nullable is InputType { Fields.Count: > 0 } input ? input : null;

    /// <summary>What stands in its address: in the path, or after the question mark.</summary>
    public IEnumerable<InputValue> Arguments(bool path) =>
        from parameter in Schemas.Member(operation, "parameters") is { ValueKind: JsonValueKind.Array } all ? all.EnumerateArray() : default
        let name = Schemas.Text(parameter, "name")
        where Names.Is(name ?? "") && Schemas.Text(parameter, "in") == (path ? "path" : "query")
        let type = of.Input(Schemas.Member(parameter, "schema") ?? default, Names.Type($"{Schemas.Text(operation, "operationId")}{Names.Type(name!)}"))
        select new InputValue(name!, path || Schemas.Member(parameter, "required") is { ValueKind: JsonValueKind.True } ? type.NonNull : type.Nullable)
        {
            Says = Schemas.Text(parameter, "description") ?? Names.Spoken(name!),
        };

    private static JsonElement? Body(JsonElement of) => Schemas.Member(of, "content") is { } content
        && Schemas.Member(content, "application/json") is { } json ? Schemas.Member(json, "schema") : null;

    // What its token must allow is no matter here: who may ask the graph may ask this.
    private static string? Sentence(string? says) => says?.Split(Beginning)[0].Trim() is { Length: > 0 } sentence
        && !sentence.StartsWith(Beginning.Trim(), StringComparison.Ordinal) ? sentence : null;
}
