using System.Text;
using System.Text.Unicode;
using CrmPlatform.Journal;

namespace CrmPlatform.Records.Files;

/// <summary>What a file is, as its beginning shows.</summary>
/// <param name="Format"><c>csv</c>, <c>jsonl</c> or <c>xlsx</c>.</param>
/// <param name="Encoding">How its characters are written: <c>utf-8</c>, <c>utf-16</c>, <c>utf-16BE</c>, <c>windows-1252</c>.</param>
/// <param name="Separator">What stands between its cells.</param>
public sealed record Sniffed(string Format, string Encoding, char Separator)
{
    /// <summary>The format of workbooks.</summary>
    internal const string Workbook = "xlsx";

    private const char Comma = ',';
    private static readonly char[] Separators = [Comma, ';', '\t', '|'];

    internal static Sniffed At(ReadOnlySpan<byte> beginning)
    {
        if (beginning.StartsWith("PK\u0003\u0004"u8))
            return new Sniffed(Workbook, "utf-8", Comma);
        if (beginning.StartsWith((byte[])[0xD0, 0xCF, 0x11, 0xE0]))
            throw new Refusal(415, "unsupported_media_type", "This workbook is of an old kind (XLS) or protected: save it as XLSX or CSV and send that.");
        var encoding = beginning.StartsWith((byte[])[0xFF, 0xFE]) ? "utf-16" : beginning.StartsWith((byte[])[0xFE, 0xFF]) ? "utf-16BE"
            : IsUtf8(beginning) ? "utf-8" : "windows-1252";
        var text = Of(encoding).GetString(beginning).TrimStart('\uFEFF', ' ', '\r', '\n');
        return new Sniffed(text.StartsWith('{') ? "jsonl" : "csv", encoding, SeparatorOf(text));
    }

    internal StreamReader Reader(Stream stream) => new(stream, Of(Encoding), detectEncodingFromByteOrderMarks: true);

    private static Encoding Of(string name) =>
        name == "windows-1252" ? CodePagesEncodingProvider.Instance.GetEncoding(1252)! : System.Text.Encoding.GetEncoding(name);

    // The last character of the beginning may be cut off.
    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        for (var cut = 0; cut < 4 && cut <= bytes.Length; cut++)
            if (Utf8.IsValid(bytes[..^cut]))
                return true;
        return false;
    }

    // The one that stands most often on the first line, outside of quotation marks.
    private static char SeparatorOf(string text)
    {
        var (counts, quoted) = (new int[Separators.Length], false);
        foreach (var c in text)
        {
            if (c == '"')
                quoted = !quoted;
            else if (!quoted && c is '\r' or '\n' && !quoted)
                break;
            else if (!quoted && Array.IndexOf(Separators, c) is >= 0 and var which)
                counts[which]++;
        }
        return counts.Max() == 0 ? Comma : Separators[Array.IndexOf(counts, counts.Max())];
    }
}
