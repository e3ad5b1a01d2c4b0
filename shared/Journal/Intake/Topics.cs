namespace CrmPlatform.Journal.Intake;

/// <summary>Patterns of events as a topic exchange has them: <c>*</c> is one word, <c>#</c> any number of them.</summary>
public static class Topics
{
    /// <summary>Whether a pattern matches an event's type.</summary>
    public static bool Match(string pattern, string type) => Match(pattern.Split('.'), type.Split('.'));

    private static bool Match(ReadOnlySpan<string> pattern, ReadOnlySpan<string> words)
    {
        if (pattern is [])
            return words is [];
        if (pattern[0] == "#")
            return Match(pattern[1..], words) || words is not [] && Match(pattern, words[1..]);
        return words is not [] && (pattern[0] == "*" || pattern[0] == words[0]) && Match(pattern[1..], words[1..]);
    }
}
