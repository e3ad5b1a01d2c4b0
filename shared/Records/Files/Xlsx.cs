using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Records.Files;

/// <summary>
/// A workbook (Office Open XML), written row by row. Texts stand in their cells and are never formulas; numbers that a spreadsheet program
/// keeps exactly are numbers, longer ones and dates are texts. What does not fit on a sheet goes on on another.
/// </summary>
internal sealed partial class Xlsx : Table
{
    private const int MostRows = 1_048_576;
    private const int MostDigits = 15;

    private readonly IReadOnlyList<Column> columns;
    private readonly ZipArchive zip;
    private readonly StringBuilder row = new();
    private Stream? sheet;
    private int sheets;
    private int rows;

    public Xlsx(IReadOnlyList<Column> columns) => (this.columns, zip) = (columns, new ZipArchive(new Gathered(Written), ZipArchiveMode.Create));

    public override string Type => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public override void Begin()
    {
        sheet = zip.CreateEntry($"xl/worksheets/sheet{++sheets}.xml", CompressionLevel.Fastest).Open();
        rows = 0;
        row.Append($"{Head}<worksheet xmlns=\"{Main}\"><sheetData>");
        Row(columns.Select(c => ((string?)c.Name, false)));
    }

    public override void Row(Record record)
    {
        if (rows == MostRows)
        {
            Close();
            Begin();
        }
        Row(columns.Select(c => (c.Cell(record), Cells.IsNumber(c.Kind))));
    }

    public override void End()
    {
        Close();
        var all = Enumerable.Range(1, sheets).ToList();
        Part("xl/workbook.xml",
            $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets>"
            + string.Concat(all.Select(n => $"<sheet name=\"{(n == 1 ? "Records" : $"Records {n}")}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>"))
            + "</sheets></workbook>");
        Part("xl/_rels/workbook.xml.rels",
            $"<Relationships xmlns=\"{Package}/relationships\">"
            + string.Concat(all.Select(n => $"<Relationship Id=\"rId{n}\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"))
            + "</Relationships>");
        Part("_rels/.rels",
            $"<Relationships xmlns=\"{Package}/relationships\">"
            + $"<Relationship Id=\"rId1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        const string types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        Part("[Content_Types].xml",
            $"<Types xmlns=\"{Package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{types}.sheet.main+xml\"/>"
            + string.Concat(all.Select(n => $"<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"{types}.worksheet+xml\"/>")) + "</Types>");
        zip.Dispose();
    }

    private const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";

    private void Row(IEnumerable<(string? Cell, bool IsNumber)> cells)
    {
        row.Append("<row>");
        foreach (var (cell, isNumber) in cells)
            if (cell is null)
                row.Append("<c/>");
            else if (isNumber && cell.Count(char.IsAsciiDigit) <= MostDigits)
                row.Append("<c><v>").Append(cell).Append("</v></c>");
            else
                row.Append("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">").Append(Escaped(cell)).Append("</t></is></c>");
        row.Append("</row>");
        rows++;
        Send();
    }

    private void Close()
    {
        row.Append("</sheetData></worksheet>");
        Send();
        sheet!.Dispose();
    }

    private void Send()
    {
        foreach (var chunk in row.GetChunks())
            sheet!.Write(Encoding.UTF8.GetBytes(chunk.ToArray()));
        row.Clear();
    }

    private void Part(string name, string xml)
    {
        using var part = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        part.Write(Encoding.UTF8.GetBytes(Head + xml));
    }

    // XML has no control characters and takes \r\n for \n: the format writes them as _x000D_, and a text that looks like that with _x005F_ before it.
    internal static string Escaped(string text)
    {
        if (text.AsSpan().IndexOfAny("&<>_\r") < 0 && !text.Any(c => c < ' ' || c >= '\uD800'))
            return text;
        var safe = Odd().Replace(text, m => m.Value[0] == '_' ? "_x005F_" : $"_x{(int)m.Value[0]:X4}_");
        return safe.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
    }

    /// <summary>A text as it was before it was escaped.</summary>
    internal static string Unescaped(string text) => !text.Contains("_x", StringComparison.Ordinal) ? text
        : EscapedOne().Replace(text, m => ((char)ushort.Parse(m.ValueSpan[2..6], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    [GeneratedRegex("_x[0-9A-Fa-f]{4}_", RegexOptions.CultureInvariant)]
    private static partial Regex EscapedOne();

    [GeneratedRegex(
        "_(?=x[0-9A-Fa-f]{4}_)|[\\x00-\\x08\\x0B-\\x1F\\uFFFE\\uFFFF]"
        + "|[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])|(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]")]
    private static partial Regex Odd();

    /// <summary>Where the archive writes to: it cannot wait for a reader, so its bytes gather until somebody sends them on.</summary>
    private sealed class Gathered(ArrayBufferWriter<byte> bytes) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => bytes.Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => bytes.Write(buffer);

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
