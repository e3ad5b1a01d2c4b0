using System.Text.Json;

namespace CrmPlatform.Graph.Schema;

/// <summary>Makes a value of what a variable says, and tells of everything in it that cannot be one.</summary>
internal sealed class JsonInput(Action<string, string> wrong)
{
    public object? Read(JsonElement json, GraphType type, string path)
    {
        if (type is NonNullType some)
        {
            if (json.ValueKind != JsonValueKind.Null)
                return Read(json, some.Of, path);
            wrong(path, $"Expected non-nullable type \"{type}\" not to be null.");
            return Inputs.Nothing;
        }
        if (json.ValueKind == JsonValueKind.Null)
            return null;
        return type switch
        {
            ListType list when json.ValueKind == JsonValueKind.Array =>
                json.EnumerateArray().Select((item, i) => Read(item, list.Of, $"{path}[{i}]")).ToArray(),
            ListType list => new[] { Read(json, list.Of, path) },
            InputType input => Read(json, input, path),
            EnumType choice => Read(json, choice, path),
            _ => Read(json, (ScalarType)type, path),
        };
    }

    private object? Read(JsonElement json, InputType input, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            wrong(path, $"Expected type \"{input}\" to be an object.");
            return Inputs.Nothing;
        }
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in input.Fields.Values)
            if (json.TryGetProperty(field.Name, out var value))
                values[field.Name] = Read(value, field.Type, $"{path}.{field.Name}");
            else if (field.Otherwise is not null)
                values[field.Name] = field.Default;
            else if (field.Type is NonNullType)
                wrong(path, $"Field \"{field.Name}\" of required type \"{field.Type}\" was not provided.");
        foreach (var given in json.EnumerateObject())
            if (!input.Fields.ContainsKey(given.Name))
                wrong(path, $"Field \"{given.Name}\" is not defined by type \"{input}\".");
        if (!input.OneOf)
            return values;
        if (values.Count != 1)
            wrong(path, $"Exactly one key must be specified for OneOf type \"{input}\".");
        if (values.Count > 0 && values.First() is { Value: null, Key: var key })
            wrong($"{path}.{key}", $"Field \"{key}\" must be non-null.");
        return values;
    }

    private object? Read(JsonElement json, EnumType choice, string path)
    {
        foreach (var value in choice.Values.Values)
            if (json.ValueKind == JsonValueKind.String && json.ValueEquals(value.Name))
                return value.Value;
        wrong(path, $"{json.GetRawText()} is no value of \"{choice}\".");
        return Inputs.Nothing;
    }

    private object? Read(JsonElement json, ScalarType scalar, string path)
    {
        try
        {
            return scalar.FromJson(json);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException) // the latter: half a surrogate pair, which is no text
        {
            wrong(path, e is FormatException ? e.Message : "This is no text.");
            return Inputs.Nothing;
        }
    }
}
