using System.Buffers;
using System.Text;
using System.Text.Json;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Records.Files;

/// <summary>Records being written as a file. What is written gathers in <see cref="Written"/>, for its owner to send on and clear.</summary>
internal abstract class Table
{
    /// <summary>What has been written since it was cleared.</summary>
    public ArrayBufferWriter<byte> Written { get; } = new(128 * 1024);

    /// <summary>The media type.</summary>
    public abstract string Type { get; }

    public virtual void Begin()
    {
    }

    public abstract void Row(Record record);

    public virtual void End()
    {
    }
}

/// <summary>Comma-separated values (RFC 4180), UTF-8, a header of field names.</summary>
/// <remarks>
/// A spreadsheet program would take a text that begins with = + - @ for a formula: it gets an apostrophe before it, as does one that begins with
/// an apostrophe, and a text without characters is an apostrophe. The import takes it away again.
/// </remarks>
internal sealed class CsvTable(IReadOnlyList<Column> columns, bool bom) : Table
{
    private readonly StringBuilder line = new();

    public override string Type => "text/csv; charset=utf-8; header=present";

    public override void Begin()
    {
        if (bom)
            Written.Write(Encoding.UTF8.Preamble);
        foreach (var column in columns)
            Cell(column.Name);
        Line();
    }

    public override void Row(Record record)
    {
        foreach (var column in columns)
        {
            var cell = column.Cell(record);
            Cell(cell is null || Cells.IsNumber(column.Kind) ? cell : Csv.Guarded(cell));
        }
        Line();
    }

    private void Cell(string? cell) => Csv.Cell(line, cell);

    private void Line()
    {
        Csv.End(line);
        foreach (var chunk in line.GetChunks())
            Encoding.UTF8.GetBytes(chunk.Span, Written);
        line.Clear();
    }
}

/// <summary>One JSON object on a line for each record, as the list shows it; with the fields asked for only, if there are some.</summary>
internal sealed class JsonLines(IReadOnlySet<string>? fields, JsonSerializerOptions options) : Table
{
    public override string Type => "application/jsonl; charset=utf-8";

    public override void Row(Record record)
    {
        using (var json = new Utf8JsonWriter(Written))
            if (fields is null)
                JsonSerializer.Serialize(json, record, record.GetType(), options);
            else
                Some(json, JsonSerializer.SerializeToElement(record, record.GetType(), options));
        Written.Write("\n"u8);
    }

    private void Some(Utf8JsonWriter json, JsonElement all)
    {
        json.WriteStartObject();
        foreach (var property in all.EnumerateObject())
            if (fields!.Contains(property.Name))
                property.WriteTo(json);
            else if (property.Name == RecordType.Custom && property.Value.EnumerateObject().Any(own => fields!.Contains(RecordType.Own(own.Name))))
            {
                json.WriteStartObject(RecordType.Custom);
                foreach (var own in property.Value.EnumerateObject().Where(own => fields!.Contains(RecordType.Own(own.Name))))
                    own.WriteTo(json);
                json.WriteEndObject();
            }
        json.WriteEndObject();
    }
}
