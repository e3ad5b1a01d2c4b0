using System.Text;
using System.Text.Json;
using CrmPlatform.Journal;

namespace CrmPlatform.Records.Files;

/// <summary>A row of a file: cells under the headers, or a JSON object.</summary>
/// <param name="Number">The first below the header is 1.</param>
/// <param name="Cells">Its cells, null where nothing stands.</param>
/// <param name="Json">Its object.</param>
/// <param name="Broken">Why it cannot be read.</param>
internal sealed record Row(long Number, IReadOnlyList<string?> Cells, JsonElement? Json, string? Broken);

/// <summary>Reads a file row by row, whatever program wrote it.</summary>
internal sealed class Rows(TextReader text, char separator)
{
    private const int LongestCell = 1_000_000;
    private const int MostCells = 2_000;

    private readonly char[] buffer = new char[16 * 1024];
    private int at;
    private int end;

    /// <summary>The rows of a table; the header is the first.</summary>
    public async IAsyncEnumerable<IReadOnlyList<string?>> Table()
    {
        var (row, cell, quoted, inQuotes) = (new List<string?>(), new StringBuilder(), false, false);
        void EndCell()
        {
            row.Add(cell.Length == 0 ? null : cell.ToString());
            cell.Clear();
            quoted = false;
            if (row.Count > MostCells)
                throw Refusal.Invalid("file", $"A row has more than {MostCells} cells. Is this a table?");
        }

        while (await Next() is var next and >= 0)
        {
            var c = (char)next;
            if (inQuotes && c == '"' && await Peek() == '"')
                cell.Append((char)await Next());
            else if (inQuotes && c == '"')
                inQuotes = false;
            else if (inQuotes)
                cell.Append(c);
            else if (c == '"' && cell.Length == 0 && !quoted)
                inQuotes = quoted = true;
            else if (c == separator)
                EndCell();
            else if (c is '\r' or '\n')
            {
                if (c == '\r' && await Peek() == '\n')
                    await Next();
                if (row.Count == 0 && cell.Length == 0 && !quoted)
                    continue; // nothing stands on this line
                EndCell();
                yield return [.. row];
                row.Clear();
            }
            else
                cell.Append(c);
            if (cell.Length > LongestCell)
                throw Refusal.Invalid("file", "A cell has more than a million characters. Is a quotation mark missing?");
        }
        if (row.Count > 0 || cell.Length > 0 || quoted)
        {
            EndCell();
            yield return [.. row];
        }
    }

    /// <summary>The objects of a file with one JSON object on each line; null where a line is none.</summary>
    public async IAsyncEnumerable<JsonElement?> Objects()
    {
        while (await text.ReadLineAsync() is { } line)
            if (!string.IsNullOrWhiteSpace(line))
                yield return Object(line);
    }

    private static JsonElement? Object(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(line) is { ValueKind: JsonValueKind.Object } json ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async ValueTask<int> Next() => at == end && !await Fill() ? -1 : buffer[at++];

    private async ValueTask<int> Peek() => at == end && !await Fill() ? -1 : buffer[at];

    private async ValueTask<bool> Fill()
    {
        (at, end) = (0, await text.ReadAsync(buffer));
        return end > 0;
    }
}
