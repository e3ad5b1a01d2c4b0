using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Records.Doors;

/// <summary>A record of which some fields are shown: written as the whole of it would be, without the others.</summary>
[JsonConverter(typeof(Writer))]
internal sealed class ShownRecord(Record record, IReadOnlyList<JsonPropertyInfo> fields, JsonSerializerOptions json)
{
    private sealed class Writer : JsonConverter<ShownRecord>
    {
        public override ShownRecord Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("It is only written.");

        public override void Write(Utf8JsonWriter writer, ShownRecord value, JsonSerializerOptions options) => value.Write(writer);
    }

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var field in fields)
        {
            var value = field.Get!(record);
            if (field.ShouldSerialize?.Invoke(record, value) == false)
                continue;
            writer.WritePropertyName(field.Name);
            if (value is string text)
                writer.WriteStringValue(text);
            else
                JsonSerializer.Serialize(writer, value, field.PropertyType, json);
        }
        writer.WriteEndObject();
    }
}
