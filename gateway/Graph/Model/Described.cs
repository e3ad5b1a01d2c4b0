using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Access;
using CrmPlatform.Graph.Plan;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Graph.Subscriptions;
using CrmPlatform.Records.Model;

namespace CrmPlatform.Graph.Model;

/// <summary>
/// What services say of their records, with what the graph calls it. The names are read off the graph itself, so that they cannot be others than
/// those it answers to; and all of it is written when somebody asks, because graphs are kept for many and few ask.
/// </summary>
internal sealed class Described(IReadOnlyList<PublishedModel> models, IReadOnlyList<Kept> all)
{
    private string? version;

    public JsonElement In(TypeSystem types)
    {
        JsonArray Each<T>(IEnumerable<T> of, Func<T, JsonNode> written) => [.. of.Select(written)];
        var said = new JsonObject
        {
            ["records"] = Each(all, of => Record(types, of)),
            ["slices"] = Each(models.SelectMany(m => m.Slices), slice => Slice(types, slice)),
            ["overrides"] = Each(models.SelectMany(m => m.Overrides), Written),
            ["privileges"] = Each(models.SelectMany(m => m.Privileges).Distinct(), p => JsonValue.Create(p)),
        };
        // Of what is said, not of who said it when: who sees the same has the same.
        said["version"] = version ??= Digest.Of(said.ToJsonString());
        return JsonSerializer.SerializeToElement(said);
    }

    private static JsonNode Written<T>(T value) => JsonSerializer.SerializeToNode(value, Graphs.Json)!;

    private static JsonObject Record(TypeSystem types, Kept of)
    {
        var (written, route) = (Written(of.Model).AsObject(), $"/api/v1/{of.Model.Plural}");
        string? Named(ObjectType? on, Func<object?, bool> which) => on?.Fields.Values.FirstOrDefault(f => which(f.Fetched))?.Name;
        string? Change(string method, string at) =>
            Named(types.Mutation, f => f is Write write && ReferenceEquals(write.Of, of) && write.Method == method && write.Route == at);
        var input = types.Find($"{of.Type.Name}Input") as InputType;
        written["graph"] = new JsonObject
        {
            ["type"] = of.Type.Name,
            ["one"] = Named(types.Query, f => f is ById one && ReferenceEquals(one.Of, of)),
            ["list"] = Named(types.Query, f => f is Listed { By: null } list && ReferenceEquals(list.Of, of)),
            ["changed"] = types.Subscription?.Fields.Values.LastOrDefault(f => f.Fetched is Watched { Of: [var one] } && ReferenceEquals(one, of))?.Name,
            ["input"] = input?.Name,
            ["create"] = Change("POST", route),
            ["update"] = Change("PATCH", $"{route}/{{id}}"),
            ["delete"] = Change("DELETE", $"{route}/{{id}}"),
            ["restore"] = Change("POST", $"{route}/{{id}}/restore"),
            ["backs"] = new JsonArray([.. of.Type.Fields.Values.Where(f => f.Fetched is Listed { By: not null }).Select(Back)]),
        };
        Fields(written["fields"]!.AsArray(), of, input);
        Fields(written["inputs"]!.AsArray(), of, input);
        return written;
    }

    private static JsonNode Back(Field field) => field.Fetched is Listed { By: { } by } list
        ? new JsonObject { ["name"] = field.Name, ["type"] = list.Of.Type.Name, ["field"] = by } : new JsonObject();

    private static void Fields(JsonArray fields, Kept of, InputType? input)
    {
        var references = of.Type.Fields.Values.Where(f => f.Fetched is Referred)
            .GroupBy(f => ((Referred)f.Fetched!).Column).ToDictionary(f => f.Key, f => f.First());
        var (custom, told) = (of.Type.Fields.GetValueOrDefault("custom")?.Type.Named as ObjectType, input?.Fields.GetValueOrDefault("custom")?.Type.Named);
        foreach (var field in fields.Select(f => f!.AsObject()))
        {
            var (full, isOwn) = (field["name"]!.GetValue<string>(), field["origin"]!.GetValue<string>() == "custom");
            var name = isOwn ? full.Split('.')[^1] : full;
            var reference = isOwn ? null : references.GetValueOrDefault(name);
            field["graph"] = new JsonObject
            {
                ["name"] = (isOwn ? custom : of.Type)?.Fields.ContainsKey(name) is true ? name : null,
                ["reference"] = reference?.Name,
                ["type"] = reference?.Type.Named.Name,
                ["input"] = (isOwn ? told as InputType : input)?.Fields.ContainsKey(name) is true,
            };
        }
    }

    private static JsonNode Slice(TypeSystem types, SliceModel slice)
    {
        var written = Written(slice);
        written["graph"] = new JsonArray([..
            from type in types.Types.Values.OfType<ObjectType>()
            from field in type.Fields.Values
            where field.Fetched is SliceRead read ? slice.Method == "GET" && read.Service == slice.Service && read.Route == slice.Route
                : field.Fetched is Write write && write.Service == slice.Service && write.Method == slice.Method && write.Route == slice.Route
            select new JsonObject { ["type"] = type.Name, ["name"] = field.Name }]);
        return written;
    }
}
