using System.Buffers;
using System.Text;
using System.Text.Json;
using CrmPlatform.Graph.Language;

namespace CrmPlatform.Graph.Schema;

/// <summary>Between values written in documents and JSON.</summary>
public static class Literals
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create("\"\\\b\f\n\r\t");

    /// <summary>A value written in a document, as JSON.</summary>
    public static JsonElement Json(ValueNode node, IReadOnlyDictionary<string, object?>? variables = null)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
            Write(node, writer, variables);
        return JsonSerializer.Deserialize<JsonElement>(text.WrittenSpan);
    }

    /// <summary>A value as a document would have it.</summary>
    public static string Print(ValueNode node) => node switch
    {
        VariableNode variable => $"${variable.Name}",
        IntNode number => number.Text,
        FloatNode number => number.Text,
        StringNode text => Quoted(text.Text),
        BooleanNode truth => truth.Value ? "true" : "false",
        EnumNode word => word.Text,
        ListNode list => $"[{string.Join(", ", list.Items.Select(Print))}]",
        ObjectNode many => $"{{{string.Join(", ", many.Fields.Select(f => $"{f.Name}: {Print(f.Value)}"))}}}",
        _ => "null",
    };

    /// <summary>A text in quotes.</summary>
    public static string Quoted(string text)
    {
        var written = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
            _ = Escaped.Contains(c) ? written.Append('\\').Append(c switch
            {
                '\b' => 'b',
                '\f' => 'f',
                '\n' => 'n',
                '\r' => 'r',
                '\t' => 't',
                _ => c,
            }) : c < ' ' || c is >= '\u007F' and <= '\u009F' ? written.Append($"\\u{(int)c:X4}") : written.Append(c);
        return written.Append('"').ToString();
    }

    private static void Write(ValueNode node, Utf8JsonWriter writer, IReadOnlyDictionary<string, object?>? variables)
    {
        switch (node)
        {
            case IntNode number:
                writer.WriteRawValue(number.Text);
                break;
            case FloatNode number:
                writer.WriteRawValue(number.Text);
                break;
            case StringNode text:
                writer.WriteStringValue(text.Text);
                break;
            case EnumNode word:
                writer.WriteStringValue(word.Text);
                break;
            case BooleanNode truth:
                writer.WriteBooleanValue(truth.Value);
                break;
            case ListNode list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                    Write(item, writer, variables);
                writer.WriteEndArray();
                break;
            case ObjectNode many:
                writer.WriteStartObject();
                foreach (var field in many.Fields.Where(f => f.Value is not VariableNode one || variables?.ContainsKey(one.Name.Text) is true))
                {
                    writer.WritePropertyName(field.Name.Text);
                    Write(field.Value, writer, variables);
                }
                writer.WriteEndObject();
                break;
            case VariableNode one when variables?.GetValueOrDefault(one.Name.Text) is { } value:
                JsonSerializer.Serialize(writer, value);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
