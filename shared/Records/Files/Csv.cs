using System.Buffers;
using System.Text;

namespace CrmPlatform.Records.Files;

/// <summary>How a line of comma-separated values is written (RFC 4180).</summary>
internal static class Csv
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\",;\r\n\t");

    /// <summary>Adds a cell and the comma behind it.</summary>
    public static void Cell(StringBuilder line, string? cell)
    {
        if (cell?.AsSpan().IndexOfAny(Special) >= 0 || cell is [' ', ..] or [.., ' '])
            line.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else
            line.Append(cell);
        line.Append(',');
    }

    /// <summary>Ends the line.</summary>
    public static void End(StringBuilder line)
    {
        line.Length--;
        if (line.Length == 0 || line[^1] == '\n')
            line.Append("\"\""); // a line with nothing on it would be none
        line.Append("\r\n");
    }

    /// <summary>A text that no spreadsheet program takes for a formula.</summary>
    public static string Guarded(string cell) => cell.Length == 0 || cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\'' ? $"'{cell}" : cell;

    /// <summary>The text as it was.</summary>
    public static string Unguarded(string cell) => cell is ['\''] || cell is ['\'', '=' or '+' or '-' or '@' or '\t' or '\r' or '\'', ..] ? cell[1..] : cell;
}
