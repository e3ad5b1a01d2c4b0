using CrmPlatform.Journal;

namespace CrmPlatform.Records.Search;

/// <summary>
/// Finds the words somebody may have meant who typed another one: a letter too many, too few, another one or two of them swapped. One slip leaves
/// the first or the second half of a word as it is, so that an index of words, read forwards and backwards, gives all that come into question.
/// </summary>
internal static class Slips
{
    private const int FewestLetters = 4;
    private const int MostLetters = 40;
    private const int Most = 12;

    /// <summary>The terms with what else all of them may mean; null if nothing else comes into question.</summary>
    public static Task<IReadOnlyList<Term>?> OfAll(Session session, IReadOnlyList<Term> terms) => Of(session, terms, []);

    /// <summary>The same of those alone that are no words of anybody's, if there are others: what was typed right is not to be searched for widely.</summary>
    public static async Task<IReadOnlyList<Term>?> OfUnknown(Session session, IReadOnlyList<Term> terms)
    {
        var known = (await session.Read(
            "select word from search_word where tenant = $1 and word = any($2)", row => row.GetString(0),
            session.Cause.Tenant, terms.Select(t => t.Word).ToArray())).ToHashSet();
        return known.Count > 0 ? await Of(session, terms, known) : null;
    }

    private static async Task<IReadOnlyList<Term>?> Of(Session session, IReadOnlyList<Term> terms, HashSet<string> right)
    {
        var found = new List<Term>();
        foreach (var term in terms)
            found.Add(IsWord(term.Word) && !right.Contains(term.Word)
                ? term with { Stands = [.. term.Stands.Union(await Near(session, term.Word))] } : term);
        return found.Zip(terms).Any(pair => pair.First.Stands.Count > pair.Second.Stands.Count) ? found : null;
    }

    private static bool IsWord(string word) => word.Length is >= FewestLetters and <= MostLetters && word.All(char.IsLetter);

    private static Task<List<string>> Near(Session session, string word)
    {
        var half = word.Length / 2;
        var swapped = Enumerable.Range(0, word.Length - 1).Select(i => $"{word[..i]}{word[i + 1]}{word[i]}{word[(i + 2)..]}").ToArray();
        return session.Read(
            $"""
            select word, case when length(word) = length($2) then 0 else 1 end as other from (
                select word from search_word where tenant = $1 and word >= $3 and word < $3 || U&'\+10FFFF'
                union
                select word from search_word where tenant = $1 and back >= reverse($4) and back < reverse($4) || U&'\+10FFFF'
                union
                select word from search_word where tenant = $1 and word = any($5)) w
            where word <> $2 and (word = any($5) or length(word) between length($2) - 1 and length($2) + 1 and levenshtein_less_equal(word, $2, 1) <= 1)
            group by word order by other, word limit {Most}
            """,
            row => row.GetString(0), session.Cause.Tenant, word, word[..half], word[half..], swapped);
    }
}
