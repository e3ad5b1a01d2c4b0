using System.Text.RegularExpressions;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Search;

namespace CrmPlatform.Records.Search;

/// <summary>One word of what is searched for, and what may stand for it: itself, a phone number it is part of, words it may be a slip of.</summary>
internal sealed partial record Term(string Word, IReadOnlyList<string> Stands)
{
    private const int Longest = 200;
    private const int MostWords = 8;

    // A number written with its trunk or country code: 030, 0049, +49. What is kept begins with the country.
    private const int FewestDigits = 4;

    /// <summary>Reads what is typed; every word of it must be found.</summary>
    public static IReadOnlyList<Term> Read(string text)
    {
        var folded = text.Length <= Longest ? Folding.Fold(text) : throw Refusal.Invalid("q", $"q has {Longest} characters at most.");
        var words = Characters.Replace(folded, m => m.Value.Replace(' ', '\t')).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > MostWords)
            throw Refusal.Invalid("q", $"q has {MostWords} words at most.");
        var terms = new List<Term>();
        for (var i = 0; i < words.Length; i++)
            if (Run(words, i) is var (first, last, digits) && first == i && words[i][0] is '+' or '(' or '0' && IsNumber(words[i], digits))
                (terms, i) = ([.. terms, new Term(digits, [digits])], last); // nothing but a phone number begins so
            else
                terms.Add(new Term(words[i].Replace('\t', ' '), Stand(words, i)));
        return terms;
    }

    /// <summary>Patterns for <c>like</c> of texts that have it anywhere.</summary>
    public string[] Part => [.. Stands.Select(s => Pattern(s, IsShort(s), false))];

    /// <summary>Patterns of texts that have a word which begins with it among what is most important.</summary>
    public string[] Start => [.. Stands.Select(s => $"{Pattern(s, true, false)}{SearchText.Break}%")];

    /// <summary>Patterns of texts that have it as a word among what is most important.</summary>
    public string[] Whole => [.. Stands.Select(s => $"{Pattern(s, true, true)}{SearchText.Break}%")];

    /// <summary>Whether a text has it anywhere, as the patterns say.</summary>
    public bool IsIn(string text) => Stands.Any(s => text.Contains(Needle(s, IsShort(s), false), StringComparison.Ordinal));

    private static IReadOnlyList<string> Stand(string[] words, int at)
    {
        var word = words[at].Replace('\t', ' ');
        // 30 555 0000 is one number, however it is parted; 2026 10 may be two. Either will do.
        return Run(words, at) is var (_, _, digits) && digits != word && IsNumber(word, digits) ? [word, digits] : [word];
    }

    // The words around one that may be parts of a number, and the number's digits from the country on.
    private static (int First, int Last, string Digits)? Run(string[] words, int at)
    {
        if (!Numeric.IsMatch(words[at]))
            return null;
        var (first, last) = (at, at);
        while (first > 0 && Numeric.IsMatch(words[first - 1]))
            first--;
        while (last < words.Length - 1 && Numeric.IsMatch(words[last + 1]))
            last++;
        var digits = string.Concat(words[first..(last + 1)].SelectMany(w => w).Where(char.IsAsciiDigit));
        return (first, last, digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits.StartsWith('0') ? digits[1..] : digits);
    }

    private static bool IsNumber(string word, string digits) => digits.Length >= FewestDigits || word[0] == '+' && digits.Length > 0;

    // One or two letters are looked for where a word begins; what has an index of trigrams finds them there.
    private static bool IsShort(string word) => word.Length < 3;

    private static string Pattern(string word, bool begins, bool ends)
    {
        var escaped = Needle(word, begins, ends).Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        return $"%{escaped}%";
    }

    private static string Needle(string word, bool begins, bool ends)
    {
        var inner = word.Split(' ');
        return $"{(begins || Folding.IsCharacter(inner[0]) ? " " : "")}{word}{(ends || Folding.IsCharacter(inner[^1]) ? " " : "")}";
    }

    [GeneratedRegex(@"^[+(]*\d[\d()./-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Numeric { get; }

    // Characters that are words to the index are one word to who types them.
    [GeneratedRegex(@"(?<=^|\s)u[0-9a-f]{4,6}( u[0-9a-f]{4,6})+(?=\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Characters { get; }
}
