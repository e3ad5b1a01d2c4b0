using System.Text;
using CrmPlatform.Journal;

namespace CrmPlatform.Records.Files;

/// <summary>The texts of a workbook that its cells name by number. They are needed in any order, so they are held, as bytes and not without end.</summary>
internal sealed class SharedTexts
{
    private const int MostBytes = 64 * 1024 * 1024;
    private const int MostTexts = 4_000_000;

    private readonly List<int> ends = [];
    private byte[] bytes = [];
    private int length;

    /// <summary>Reads all of them.</summary>
    public static async Task<SharedTexts> Read(Workbook book, string part)
    {
        var (texts, text, buffer, begun) = (new SharedTexts(), new StringBuilder(), new char[4096], false);
        using var xml = await book.TextList(part);
        while (await xml.NextElement() is { } element)
            if (element == "si")
            {
                if (begun)
                    texts.Add(text);
                (begun, _) = (true, text.Clear());
            }
            else if (element == "rPh") // how it is spoken
                await xml.Pass();
            else if (element == "t")
                await xml.Text(text, buffer);
        if (begun)
            texts.Add(text);
        return texts;
    }

    /// <summary>A text by its number.</summary>
    public string this[int number] => number >= 0 && number < ends.Count
        ? Encoding.UTF8.GetString(bytes.AsSpan(number == 0 ? 0 : ends[number - 1], ends[number] - (number == 0 ? 0 : ends[number - 1])))
        : throw new InvalidDataException("A cell names a text that is not there.");

    private void Add(StringBuilder text)
    {
        var added = Encoding.UTF8.GetBytes(Xlsx.Unescaped(text.ToString()));
        if (length + added.Length > MostBytes || ends.Count == MostTexts)
            throw Refusal.Invalid("file", "The workbook has more different texts than fit into memory: save it as CSV and send that.");
        if (length + added.Length > bytes.Length)
            Array.Resize(ref bytes, Math.Max(length + added.Length, Math.Min(MostBytes, bytes.Length * 2)));
        added.CopyTo(bytes, length);
        ends.Add(length += added.Length);
    }
}
