using System.Collections.Frozen;

namespace CrmPlatform.Query.Syntax;

/// <summary>The words of the language, in small letters; written in any case they are never field names, unless in backticks.</summary>
internal static class Words
{
    public static readonly string[] Operators =
        ["and", "or", "not", "in", "is", "null", "has", "between", "true", "false"];

    public static readonly string[] Days = ["today", "yesterday", "tomorrow"];

    public static readonly string[] Periods =
        [.. from which in new[] { "last", "this", "next" } from what in new[] { "week", "month", "quarter", "year" } select which + what];

    private static readonly FrozenSet<string> Values = new[] { "me", "myteam", "now" }.Concat(Days).Concat(Periods)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Reserved = Operators.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsValue(string name) => Values.Contains(name);

    public static bool IsReserved(string name) => Reserved.Contains(name);

    public static bool IsLiteral(string name) =>
        name.Equals("null", StringComparison.OrdinalIgnoreCase) || bool.TryParse(name, out _);

    /// <summary>A name as it must be written to be read as a name.</summary>
    public static string Quoted(string name) => IsPlain(name) ? name : $"`{name}`";

    private static bool IsPlain(string name) =>
        name.Length > 0 && IsStart(name[0]) && name.All(IsPart) && !IsReserved(name) && !IsValue(name);

    public static bool IsStart(char c) => c == '_' || char.IsLetter(c);

    public static bool IsPart(char c) => IsStart(c) || char.IsDigit(c);
}
