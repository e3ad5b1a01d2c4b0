using System.Buffers;
using System.Text;
using System.Text.Json;
using CrmPlatform.Contracts;

namespace CrmPlatform.Journal;

/// <summary>What the platform itself reads in an entry's data; the rest are facts of the event.</summary>
/// <param name="Changes">Fields with old and new value.</param>
/// <param name="Trashed">True when the change moved the record into the trash, false when it took it out.</param>
/// <param name="Undoes">The operation this entry takes back.</param>
internal sealed record EntryData(Changes? Changes, bool? Trashed, Guid? Undoes)
{
    /// <summary>An entry's data: the facts first, then what the platform adds.</summary>
    public static string Write(RecordEvent? fact, Changes changes, bool? trashed, Guid? undoes, Guid? into)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (fact is not null)
                foreach (var property in JsonSerializer.SerializeToElement(fact, fact.GetType(), Contracts.Changes.Json).EnumerateObject())
                    property.WriteTo(json);
            if (changes.Count > 0)
            {
                json.WritePropertyName("changes");
                JsonSerializer.Serialize(json, changes, Contracts.Changes.Json);
            }
            if (trashed is { } moved)
                json.WriteBoolean("trashed", moved);
            if (into is { } winner)
                json.WriteString("mergedInto", winner); // asked for by Merging.Missing
            if (undoes is { } operation)
                json.WriteString("undoes", operation);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
