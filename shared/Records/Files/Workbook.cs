using System.Globalization;
using System.IO.Compression;
using System.Xml;
using CrmPlatform.Journal;

namespace CrmPlatform.Records.Files;

/// <summary>A workbook (Office Open XML) that somebody sent: its sheets, texts and number formats, read part by part and never as a whole.</summary>
/// <remarks>
/// It may have been made to do harm, so each thing it could make endless has an end: parts, characters of a part, of a token, of all texts,
/// depth, cells. What is beyond is refused; nothing is ever written to a disk, and no entity is resolved.
/// </remarks>
internal sealed class Workbook : IAsyncDisposable
{
    private const long LongestSheet = 2L * 1024 * 1024 * 1024;
    private const long LongestTexts = 512 * 1024 * 1024;
    private const long LongestRest = 16 * 1024 * 1024;

    private readonly ZipArchive zip;
    private readonly Dictionary<string, ZipArchiveEntry> parts;

    private Workbook(ZipArchive zip)
    {
        this.zip = zip;
        parts = zip.Entries.DistinctBy(e => e.FullName, StringComparer.OrdinalIgnoreCase).ToDictionary(e => e.FullName, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The sheets' parts, in the order of their tabs.</summary>
    public IReadOnlyList<string> Sheets { get; private set; } = [];

    /// <summary>Texts that cells name by number.</summary>
    public SharedTexts Texts { get; private set; } = new();

    /// <summary>Which styles show a number as a day or a time.</summary>
    public NumberFormats Formats { get; private set; } = new();

    /// <summary>Opens a file; refuses what is no workbook.</summary>
    public static async Task<Workbook> Open(Stream file)
    {
        var book = new Workbook(await ZipArchive.CreateAsync(await WithDirectory.Of(file), ZipArchiveMode.Read, leaveOpen: false, entryNameEncoding: null));
        try
        {
            await book.ReadParts();
            return book;
        }
        catch
        {
            await book.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a broken or hostile file is refused with.</summary>
    public static Refusal? Refused(Exception e) => e is not (InvalidDataException or XmlException or EndOfStreamException) ? null
        : Refusal.Invalid("file", "This workbook cannot be read: it is damaged, protected, or larger than it may be. Save it as CSV and send that.");

    /// <summary>A sheet, to be read forwards.</summary>
    public Task<XmlReader> Sheet(int number) => Xml(Sheets[number], LongestSheet);

    /// <summary>The list of texts.</summary>
    public Task<XmlReader> TextList(string part) => Xml(part, LongestTexts);

    /// <summary>Any other part.</summary>
    public async Task<XmlReader> Xml(string part, long longest = LongestRest)
    {
        var entry = parts.GetValueOrDefault(part) ?? throw new InvalidDataException($"{part} is missing.");
        return XmlReader.Create(new ShortTokens(await entry.OpenAsync()), new XmlReaderSettings
        {
            Async = true,
            CloseInput = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            MaxCharactersInDocument = longest,
        });
    }

    public ValueTask DisposeAsync() => zip.DisposeAsync();

    private async Task ReadParts()
    {
        if (!parts.ContainsKey("xl/workbook.xml"))
            throw new Refusal(415, "unsupported_media_type", "This is an archive, and no workbook (XLSX): send that, CSV or JSON lines.");
        var targets = new Dictionary<string, (string Type, string Part)>();
        using (var xml = await Xml("xl/_rels/workbook.xml.rels"))
            while (await xml.NextElement() is { } element)
                if (element == "Relationship" && xml.GetAttribute("Id") is { } id && xml.GetAttribute("Target") is { } target)
                    targets[id] = ($"{xml.GetAttribute("Type")}", target.StartsWith('/') ? target[1..] : $"xl/{target}");

        var (sheets, since1904) = (new List<string>(), false);
        using (var xml = await Xml("xl/workbook.xml"))
            while (await xml.NextElement() is { } element)
                if (element == "workbookPr")
                    since1904 = xml.GetAttribute("date1904") is "1" or "true";
                else if (element == "sheet" && RelationOf(xml) is { } id && targets.TryGetValue(id, out var sheet)
                    && sheet.Type.EndsWith("/worksheet", StringComparison.Ordinal))
                    sheets.Add(sheet.Part);
        Sheets = sheets.Count > 0 ? sheets : throw new InvalidDataException("There is no sheet.");
        if (PartOf(targets, "/styles") is { } styles)
            Formats = await NumberFormats.Read(this, styles, since1904);
        if (PartOf(targets, "/sharedStrings") is { } texts)
            Texts = await SharedTexts.Read(this, texts);
    }

    private string? PartOf(Dictionary<string, (string Type, string Part)> targets, string type) =>
        targets.Values.FirstOrDefault(t => t.Type.EndsWith(type, StringComparison.Ordinal)).Part is { } part && parts.ContainsKey(part) ? part : null;

    // r:id, whatever the namespace is called: there are two editions of the format.
    private static string? RelationOf(XmlReader sheet)
    {
        string? found = null;
        while (sheet.MoveToNextAttribute())
            if (sheet.LocalName == "id")
                found = sheet.Value;
        sheet.MoveToElement();
        return found;
    }
}

/// <summary>Forwards through XML.</summary>
internal static class Forwards
{
    private const int Deepest = 100;
    private const int LongestText = 1_000_000;

    /// <summary>The next element's name, or null at the end.</summary>
    public static async ValueTask<string?> NextElement(this XmlReader xml)
    {
        while (await xml.NextNode())
            if (xml.NodeType == XmlNodeType.Element)
                return xml.LocalName;
        return null;
    }

    /// <summary>The next node, whatever it is.</summary>
    public static async ValueTask<bool> NextNode(this XmlReader xml) => await xml.ReadAsync()
        && (xml.Depth <= Deepest ? true : throw new InvalidDataException("It is nested too deeply."));

    /// <summary>Past the element at hand and all within, without holding any of it.</summary>
    public static async ValueTask Pass(this XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return;
        var depth = xml.Depth;
        while (await xml.NextNode() && (xml.NodeType != XmlNodeType.EndElement || xml.Depth > depth))
            ;
    }

    /// <summary>Adds the text of the element at hand, as it was before it was written as XML.</summary>
    public static async ValueTask Text(this XmlReader xml, System.Text.StringBuilder text, char[] buffer)
    {
        if (xml.IsEmptyElement)
            return;
        while (await xml.ReadAsync() && xml.NodeType != XmlNodeType.EndElement)
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                while (await xml.ReadValueChunkAsync(buffer, 0, buffer.Length) is > 0 and var count)
                    text.Append(text.Length + count <= LongestText ? buffer.AsSpan(0, count)
                        : throw Refusal.Invalid("file", "A cell has more than a million characters."));
            else if (xml.NodeType == XmlNodeType.Element)
                throw new InvalidDataException("There is an element in a text.");
    }

    /// <summary>A whole number of an attribute.</summary>
    public static int? Number(this XmlReader xml, string attribute) =>
        int.TryParse(xml.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
