using System.Text.Json;
using CrmPlatform.Graph.Language;

namespace CrmPlatform.Graph.Schema.Execution;

/// <summary>Writes answers as JSON.</summary>
public static class AnswerWriter
{
    /// <summary>An object of the answer.</summary>
    public static void Write(Utf8JsonWriter writer, Answered? one)
    {
        if (one is null)
        {
            writer.WriteNullValue();
            return;
        }
        writer.WriteStartObject();
        for (var i = 0; i < one.Fields.Count; i++)
        {
            writer.WritePropertyName(one.Fields[i].Key);
            Value(writer, one.Values[i]);
        }
        writer.WriteEndObject();
    }

    /// <summary>What is wrong.</summary>
    public static void Write(Utf8JsonWriter writer, IEnumerable<GraphError> errors)
    {
        writer.WriteStartArray();
        foreach (var error in errors)
        {
            writer.WriteStartObject();
            writer.WriteString("message", error.Message);
            if (error.Locations.Count > 0)
            {
                writer.WriteStartArray("locations");
                foreach (var (line, column) in error.Locations)
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("line", line);
                    writer.WriteNumber("column", column);
                    writer.WriteEndObject();
                }
                writer.WriteEndArray();
            }
            if (error.Path is { } path)
            {
                writer.WritePropertyName("path");
                Value(writer, path.ToArray());
            }
            writer.WriteStartObject("extensions");
            writer.WriteString("code", error.Code);
            foreach (var (name, fact) in error.Facts)
            {
                writer.WritePropertyName(name);
                JsonSerializer.Serialize(writer, fact, JsonSerializerOptions.Web);
            }
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Value(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case Answered one:
                Write(writer, one);
                break;
            case object?[] items:
                writer.WriteStartArray();
                foreach (var item in items)
                    Value(writer, item);
                writer.WriteEndArray();
                break;
            case JsonElement json:
                json.WriteTo(writer);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            default:
                JsonSerializer.Serialize(writer, value, JsonSerializerOptions.Web);
                break;
        }
    }
}
