using System.Globalization;
using System.Text;
using System.Xml;
using CrmPlatform.Journal;

namespace CrmPlatform.Records.Files;

/// <summary>The rows of a workbook: of its first sheet, and of those after it for as long as they go on with the same header.</summary>
internal sealed class SheetRows(Stream file) : IAsyncDisposable
{
    private const int MostCells = 2_000;

    private readonly StringBuilder text = new();
    private readonly char[] buffer = new char[4096];
    private Workbook? book;
    private XmlReader? sheet;
    private IReadOnlyList<string?>? header;
    private string? error;
    private int sheets;

    /// <summary>The next row, the header first; null when there is none. With it, what is wrong with one of its cells.</summary>
    public async ValueTask<(IReadOnlyList<string?> Cells, string? Broken)?> Next()
    {
        try
        {
            book ??= await Workbook.Open(file);
            while (sheet is not null || await NextSheet())
            {
                while (await sheet!.NextElement() is { } element)
                    if (element == "row" && await Row() is { } cells)
                        return (cells, error);
                sheet!.Dispose();
                sheet = null;
            }
            return null;
        }
        catch (Exception e) when (Workbook.Refused(e) is { } refusal)
        {
            throw refusal;
        }
    }

    public async ValueTask DisposeAsync()
    {
        sheet?.Dispose();
        if (book is not null)
            await book.DisposeAsync();
    }

    private async ValueTask<bool> NextSheet()
    {
        if (sheets == book!.Sheets.Count)
            return false;
        sheet = await book.Sheet(sheets++);
        if (sheets == 1)
            return true;
        while (await sheet.NextElement() is { } element)
            if (element == "row" && await Row() is { } first)
                return first.SequenceEqual(header!) || End();
        return End();
    }

    private bool End()
    {
        sheet!.Dispose();
        (sheet, sheets) = (null, book!.Sheets.Count);
        return false;
    }

    // Null where nothing stands in it.
    private async ValueTask<IReadOnlyList<string?>?> Row()
    {
        var cells = new List<string?>(header?.Count ?? 16);
        error = null;
        if (!sheet!.IsEmptyElement)
            while (await sheet.ReadAsync() && sheet.NodeType != XmlNodeType.EndElement)
                if (sheet.NodeType != XmlNodeType.Element)
                    continue;
                else if (sheet.LocalName == "c")
                    await Cell(cells);
                else
                    await sheet.Pass();
        if (cells.TrueForAll(c => c is null) && error is null)
            return null;
        return header is null ? header = cells : cells;
    }

    private async ValueTask Cell(List<string?> cells)
    {
        var (type, style, at) = (sheet!.GetAttribute("t"), sheet.Number("s"), Position(sheet.GetAttribute("r")) ?? cells.Count);
        if (at >= MostCells)
            throw Refusal.Invalid("file", $"A row has more than {MostCells} cells. Is this a table?");
        while (cells.Count <= at)
            cells.Add(null);
        text.Clear();
        if (!sheet.IsEmptyElement && await Said())
            cells[at] = Value(type, text.ToString(), style, at);
    }

    // Whether the cell holds anything: a text without characters is one, too.
    private async ValueTask<bool> Said()
    {
        var (depth, said) = (sheet!.Depth, false);
        while (await sheet.ReadAsync() && (sheet.NodeType != XmlNodeType.EndElement || sheet.Depth > depth))
            if (sheet.NodeType != XmlNodeType.Element)
                continue;
            else if (sheet.LocalName is "v" or "t")
            {
                said = true;
                await sheet.Text(text, buffer);
            }
            else if (sheet.LocalName is "rPh" or "f" or "extLst")
                await sheet.Pass();
            else if (sheet.Depth > depth + 4)
                throw new InvalidDataException("A cell is nested too deeply.");
        return said;
    }

    private string? Value(string? type, string said, int? style, int at)
    {
        switch (type)
        {
            case "s":
                return int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? book!.Texts[number]
                    : throw new InvalidDataException("A cell names no text.");
            case "inlineStr" or "str":
                return Xlsx.Unescaped(said);
            case "b":
                return said == "1" ? "true" : "false";
            case "e":
                error ??= $"The cell in column {at + 1} shows an error ({said}).";
                return said;
            case "d":
                return said;
            default:
                return said.Length == 0 ? null : book!.Formats.Read(said, style);
        }
    }

    // C5 → 2
    private static int? Position(string? reference)
    {
        var column = 0;
        foreach (var c in reference ?? "")
            if (char.IsAsciiLetterUpper(c) && column < MostCells)
                column = column * 26 + (c - 'A' + 1);
            else
                break;
        return column == 0 ? null : column - 1;
    }
}
