using System.Text;
using CrmPlatform.Query.Syntax;

namespace CrmPlatform.Query.Meaning;

/// <summary>A text pattern: <c>*</c> any run, <c>?</c> one character, a backslash makes them ordinary; letters in any case.</summary>
internal sealed class Pattern
{
    private const int Run = -1, One = -2;
    private readonly List<int> parts = [];

    public Pattern(string written, Span at, Limits limits)
    {
        var wildcards = 0;
        var runes = Folding.Fold(written).EnumerateRunes().ToList();
        for (var i = 0; i < runes.Count; i++)
        {
            if (runes[i].Value == '\\' && i + 1 < runes.Count && runes[i + 1].Value is '*' or '?' or '\\')
                parts.Add(runes[++i].Value);
            else if (runes[i].Value is '*' or '?')
            {
                wildcards++;
                if (runes[i].Value == '?' || parts.Count == 0 || parts[^1] != Run)
                    parts.Add(runes[i].Value == '*' ? Run : One);
            }
            else
                parts.Add(runes[i].Value);
        }
        if (wildcards > limits.Wildcards)
            throw Limits.Exceeded(at, $"A pattern has at most {limits.Wildcards} wildcards.");
    }

    /// <summary>Whether an index on the folded text can find it: it begins with letters.</summary>
    public bool IsAnchored => parts.Count == 0 || parts[0] >= 0;

    /// <summary>The same for <c>like</c>.</summary>
    public string Like()
    {
        var like = new StringBuilder();
        foreach (var part in parts)
            _ = part switch
            {
                Run => like.Append('%'),
                One => like.Append('_'),
                '%' or '_' or '\\' => like.Append('\\').Append((char)part),
                _ => like.Append(new Rune(part)),
            };
        return like.ToString();
    }

    /// <summary>Greedy: only the last run is ever tried again, so the time is at most text times pattern.</summary>
    public bool Matches(string text)
    {
        var folded = Folding.Runes(text);
        int at = 0, part = 0, runPart = -1, runAt = 0;
        while (at < folded.Length)
        {
            if (part < parts.Count && parts[part] == Run)
                (runPart, runAt) = (part++, at);
            else if (part < parts.Count && (parts[part] == One || parts[part] == folded[at]))
                (part, at) = (part + 1, at + 1);
            else if (runPart >= 0)
                (part, at) = (runPart + 1, ++runAt);
            else
                return false;
        }
        while (part < parts.Count && parts[part] == Run)
            part++;
        return part == parts.Count;
    }
}
