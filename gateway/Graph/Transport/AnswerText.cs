using System.Buffers;
using System.Text.Json;
using CrmPlatform.Graph.Schema.Execution;

namespace CrmPlatform.Graph.Transport;

/// <summary>An answer as JSON: the same over HTTP, in an event stream and over a socket.</summary>
internal static class AnswerText
{
    public static ReadOnlyMemory<byte> Of(GraphAnswer answer)
    {
        var text = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(text);
        writer.WriteStartObject();
        if (answer.Errors.Count > 0)
        {
            writer.WritePropertyName("errors");
            AnswerWriter.Write(writer, answer.Errors);
        }
        if (answer.WasDone)
        {
            writer.WritePropertyName("data");
            AnswerWriter.Write(writer, answer.Data);
        }
        writer.WriteEndObject();
        writer.Flush();
        return text.WrittenMemory;
    }
}
