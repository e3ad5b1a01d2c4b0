using CrmPlatform.Query.Syntax;

namespace CrmPlatform.Query.Meaning;

/// <summary>What to say about names that mean nothing, and what may have been meant.</summary>
internal static class Names
{
    public static QueryException Unknown(string what, Name name, IEnumerable<string> known) =>
        new(QueryFault.UnknownName, name.At, $"Unknown {what} `{name.Text}`.", Nearest(name.Text, known));

    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var most = Math.Max(1, Math.Min(name.Length / 3, 3));
        return name.Length > 100 ? null : known
            .Select(k => (Name: k, Distance: Distance(name.ToLowerInvariant(), k.ToLowerInvariant(), most)))
            .Where(k => k.Distance <= most).OrderBy(k => k.Distance).Select(k => k.Name).FirstOrDefault();
    }

    /// <summary>How many letters are added, lost, changed or swapped with their neighbour.</summary>
    private static int Distance(string a, string b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most)
            return most + 1;
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }
                var best = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    best = Math.Min(best, rows[i - 2, j - 2] + 1);
                rows[i, j] = best;
            }
        return rows[a.Length, b.Length];
    }

    public static string Of(Kind kind) => kind switch
    {
        Kind.Number => "a number",
        Kind.Money => "an amount of money",
        Kind.Date => "a day",
        Kind.Instant => "a moment",
        Kind.Boolean => "true or false",
        Kind.Choice => "a choice",
        Kind.Reference => "a reference",
        Kind.List => "a list",
        Kind.Period => "a stretch of days",
        Kind.Duration => "a length of time",
        Kind.References => "a group of people",
        Kind.Nothing => "null",
        _ => "text",
    };
}
