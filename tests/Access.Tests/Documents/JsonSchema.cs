using System.Text.Json;
using System.Text.RegularExpressions;

namespace CrmPlatform.Access.Tests.Documents;

/// <summary>What of JSON Schema the document uses: says where a value is not as its schema says.</summary>
internal sealed class JsonSchema(JsonElement document)
{
    private const int MostDepth = 40;

    /// <summary>What is wrong; nothing where all is as it should be.</summary>
    public IReadOnlyList<string> Check(JsonElement schema, JsonElement value)
    {
        var wrong = new List<string>();
        Check(schema, value, "$", wrong, 0);
        return wrong;
    }

    /// <summary>What a reference leads to.</summary>
    public JsonElement Follow(JsonElement node)
    {
        while (node.ValueKind == JsonValueKind.Object && node.TryGetProperty("$ref", out var reference))
            node = reference.GetString()![2..].Split('/').Aggregate(document, (at, step) => at.GetProperty(step));
        return node;
    }

    private void Check(JsonElement schema, JsonElement value, string at, List<string> wrong, int depth)
    {
        schema = Follow(schema);
        if (schema.ValueKind != JsonValueKind.Object || depth > MostDepth)
            return;
        foreach (var several in (string[])["oneOf", "anyOf"])
            if (schema.TryGetProperty(several, out var choices) && !choices.EnumerateArray().Any(c => Holds(c, value, depth)))
                wrong.Add($"{at} is none of its choices: {value}");
        if (schema.TryGetProperty("allOf", out var all))
            foreach (var one in all.EnumerateArray())
                Check(one, value, at, wrong, depth + 1);
        if (schema.TryGetProperty("type", out var type) && !Kinds(type).Any(kind => IsOf(kind, value)))
            wrong.Add($"{at} is not {type}: {value}");
        if (schema.TryGetProperty("enum", out var values) && value.ValueKind != JsonValueKind.Null
            && !values.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)))
            wrong.Add($"{at} is not one of {values}: {value}");
        if (value.ValueKind == JsonValueKind.String)
            Text(schema, value.GetString()!, at, wrong);
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
            foreach (var (item, index) in value.EnumerateArray().Select((item, index) => (item, index)))
                Check(items, item, $"{at}[{index}]", wrong, depth + 1);
        if (value.ValueKind == JsonValueKind.Object)
            Members(schema, value, at, wrong, depth);
    }

    private bool Holds(JsonElement schema, JsonElement value, int depth)
    {
        var wrong = new List<string>();
        Check(schema, value, "", wrong, depth + 1);
        return wrong.Count == 0;
    }

    private void Members(JsonElement schema, JsonElement value, string at, List<string> wrong, int depth)
    {
        var properties = schema.TryGetProperty("properties", out var known) ? known : default;
        if (schema.TryGetProperty("required", out var required))
            wrong.AddRange(required.EnumerateArray().Where(r => !value.TryGetProperty(r.GetString()!, out _)).Select(r => $"{at}.{r} is missing"));
        var others = schema.TryGetProperty("additionalProperties", out var additional) ? additional : default;
        foreach (var member in value.EnumerateObject())
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(member.Name, out var of))
                Check(of, member.Value, $"{at}.{member.Name}", wrong, depth + 1);
            else if (others.ValueKind == JsonValueKind.False)
                wrong.Add($"{at}.{member.Name} is not known");
            else if (others.ValueKind == JsonValueKind.Object)
                Check(others, member.Value, $"{at}.{member.Name}", wrong, depth + 1);
            else if (properties.ValueKind == JsonValueKind.Object)
                wrong.Add($"{at}.{member.Name} is not in the document");
    }

    private static void Text(JsonElement schema, string text, string at, List<string> wrong)
    {
        if ((schema.TryGetProperty("maxLength", out var most) && text.Length > most.GetInt32())
            || (schema.TryGetProperty("minLength", out var least) && text.Length < least.GetInt32()))
            wrong.Add($"{at} is too long or too short: {text}");
        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, pattern.GetString()!))
            wrong.Add($"{at} does not match {pattern}: {text}");
        var isRight = (schema.TryGetProperty("format", out var format) ? format.GetString() : null) switch
        {
            "uuid" => Guid.TryParseExact(text, "D", out _),
            "date-time" => text.Contains('T', StringComparison.Ordinal)
                && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _),
            "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
            _ => true,
        };
        if (!isRight)
            wrong.Add($"{at} is no {format}: {text}");
    }

    private static IEnumerable<string> Kinds(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool IsOf(string kind, JsonElement value) => (kind, value.ValueKind) switch
    {
        ("null", JsonValueKind.Null) or ("string", JsonValueKind.String) or ("array", JsonValueKind.Array) or ("object", JsonValueKind.Object) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) or ("number", JsonValueKind.Number) => true,
        ("integer", JsonValueKind.Number) => value.TryGetInt64(out _),
        _ => false,
    };
}
