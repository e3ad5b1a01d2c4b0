using System.Text.Json.Nodes;

namespace CrmPlatform.Hosting.Verbs.Catalogue;

/// <summary>
/// What a catalogue promised and a later one does not hold: whoever reads events by the first must be able to read those of the second. What is added breaks
/// nobody: events, facts, fields, and choices, of which a subscriber must expect some that it does not know.
/// </summary>
public sealed class Promises
{
    private readonly List<string> broken = [];
    private readonly HashSet<string> compared = [];
    private readonly JsonNode were;
    private readonly JsonNode are;

    private Promises(JsonNode were, JsonNode are) => (this.were, this.are) = (were, are);

    /// <summary>A sentence for each promise that is not held.</summary>
    public static IReadOnlyList<string> Broken(JsonNode were, JsonNode are)
    {
        var promises = new Promises(were, are);
        foreach (var (type, channel) in were["channels"]!.AsObject())
            promises.Event(type, channel!);
        return promises.broken;
    }

    private void Event(string type, JsonNode channel)
    {
        if (are["channels"]![type] is not { } now)
        {
            broken.Add($"{type}: it is told no more.");
            return;
        }
        if (!JsonNode.DeepEquals(channel["address"], now["address"]) || !JsonNode.DeepEquals(channel["bindings"], now["bindings"]))
            broken.Add($"{type}: it is told at another exchange or under another routing key.");
        foreach (var part in (string[])["headers", "payload"])
            Schema(type, part == "headers" ? "header " : "", Message(were, type)[part]!, Message(are, type)[part]!);
    }

    private static JsonNode Message(JsonNode document, string type) => document["components"]!["messages"]![type]!;

    // What several events share is compared once, under its own name.
    private void Schema(string of, string path, JsonNode was, JsonNode now)
    {
        var (reference, same) = ($"{was["$ref"]}", JsonNode.DeepEquals(was["$ref"], now["$ref"]));
        if (reference.Length > 0 && same)
        {
            if (!compared.Add(reference))
                return;
            if (reference.EndsWith(".changes", StringComparison.Ordinal))
                of = reference.Split('/')[^1][..^".changes".Length];
        }
        (was, now) = (Resolved(were, was), Resolved(are, now));
        Types(of, path, was, now);
        Choices(of, path, was, now);
        Members(of, path, was, now);
        if (was["items"] is { } items && now["items"] is { } nowItems)
            Schema(of, $"{path}[]", items, nowItems);
    }

    private void Types(string of, string path, JsonNode was, JsonNode now)
    {
        var (types, nowTypes) = (Words(was["type"]), Words(now["type"]));
        if (types.Length == 0)
            return;
        if (nowTypes.Length == 0 || nowTypes.Where(type => type != "null").Except(types).Any())
            broken.Add($"{of}: {Named(path)} was {Say(types)} and is {(nowTypes.Length == 0 ? "anything" : Say(nowTypes))}.");
        else if (nowTypes.Except(types).Any())
            broken.Add($"{of}: {Named(path)} may be null, which it never was.");
        else if (!types.Except(nowTypes).All(type => type == "null"))
            broken.Add($"{of}: {Named(path)} was {Say(types)} and is {Say(nowTypes)}.");
        else if ($"{was["format"]}" != $"{now["format"]}")
            broken.Add($"{of}: {Named(path)} had the format '{was["format"]}' and has '{now["format"]}'.");
    }

    private void Choices(string of, string path, JsonNode was, JsonNode now)
    {
        var (choices, nowChoices) = (was["enum"] as JsonArray, now["enum"] as JsonArray);
        if (choices is null && nowChoices is null)
            return;
        if (choices is null)
            broken.Add($"{of}: {Named(path)} was any and is one of {string.Join(", ", Words(nowChoices))}.");
        else if (nowChoices is null)
            broken.Add($"{of}: {Named(path)} was one of {string.Join(", ", Words(choices))} and is any.");
        else if (Words(choices).Except(Words(nowChoices)).ToList() is { Count: > 0 } gone)
            broken.Add($"{of}: {Named(path)} is never {string.Join(" or ", gone)} any more.");
    }

    private void Members(string of, string path, JsonNode was, JsonNode now)
    {
        foreach (var (name, member) in was["properties"]?.AsObject() ?? [])
            if (now["properties"]?[name] is { } nowMember)
                Schema(of, Below(path, name), member!, nowMember);
            else
                broken.Add($"{of}: {Named(Below(path, name))} is gone.");
        foreach (var name in Words(was["required"]).Except(Words(now["required"])))
            if (now["properties"]?[name] is not null)
                broken.Add($"{of}: {Named(Below(path, name))} is not always there any more.");
    }

    private static JsonNode Resolved(JsonNode document, JsonNode schema)
    {
        while ($"{schema["$ref"]}" is { Length: > 0 } reference)
            schema = reference[2..].Split('/').Aggregate(document, (node, name) => node[name]!);
        return schema;
    }

    private static string Below(string path, string name) => path.Length == 0 || path.EndsWith(' ') ? path + name : $"{path}.{name}";

    private static string Named(string path) => path.StartsWith("header ", StringComparison.Ordinal) ? $"the header `{path[7..]}`" : $"`{path}`";

    private static string Say(string[] types) => string.Join(" or ", types);

    private static string[] Words(JsonNode? node) => node switch
    {
        JsonArray all => [.. all.Select(one => one is null ? "null" : $"{one}")],
        null => [],
        _ => [$"{node}"],
    };
}
