using System.Globalization;
using System.Text.RegularExpressions;

namespace CrmPlatform.Query.Meaning;

/// <summary>
/// Functions of nothing but their arguments. A name may have several, told apart by what they take. None gives more text or digits than
/// its arguments have together: a `replace` in a `replace` could fill the memory.
/// </summary>
internal static partial class Functions
{
    private const Kind N = Kind.Number, T = Kind.Text, D = Kind.Date, B = Kind.Boolean, I = Kind.Instant;

    public static readonly IReadOnlyList<Function> All =
    [
        new("+", [N, N], N, a => $"({a[0]} + {a[1]})", a => Number(a[0]) + Number(a[1])),
        new("-", [N, N], N, a => $"({a[0]} - {a[1]})", a => Number(a[0]) - Number(a[1])),
        new("*", [N, N], N, a => $"({a[0]} * {a[1]})", a => Number(a[0]) * Number(a[1])),
        new("/", [N, N], N, a => Quotient(a[0], a[1]), a => Number(a[0]) / Number(a[1])),
        new("%", [N, N], N, a => $"({a[0]} % nullif({a[1]}, 0))", a => Number(a[0]) % Number(a[1])),
        new("-", [N], N, a => $"(- {a[0]})", a => -Number(a[0])),
        new("&", [T, T], T, a => Concatenated(a), a => string.Concat(a)) { TakesNull = true },
        new("concat", [T], T, a => Concatenated(a), a => string.Concat(a)) { TakesNull = true, Many = true },

        new("round", [N], N, a => $"round({a[0]})", a => Number(a[0]).Round(0)),
        new("floor", [N], N, a => $"floor({a[0]})", a => Number(a[0]).Floor()),
        new("ceil", [N], N, a => $"ceil({a[0]})", a => -(-Number(a[0])).Floor()),
        new("abs", [N], N, a => $"abs({a[0]})", a => Number(a[0]).Abs()),
        .. from kind in new[] { N, D, I }
           from which in new[] { "min", "max" }
           select new Function(which, [kind, kind], kind, a => $"{(which == "min" ? "least" : "greatest")}({string.Join(", ", a)})",
               a => Extreme(kind, a, which == "max")) { TakesNull = true, Many = true },

        new("len", [T], N, a => $"length({a[0]})::numeric", a => (decimal)Folding.Length(Text(a[0]))),
        new("lower", [T], T, a => $"({Folding.Sql(a[0])} collate \"C\")", a => Folding.Fold(Text(a[0]))),
        new("upper", [T], T, a => $"(upper({a[0]} collate \"C.utf8\") collate \"C\")", a => Folding.Raise(Text(a[0]))),
        new("trim", [T], T, a => $"btrim({a[0]}, E' \\t\\r\\n')", a => Text(a[0]).Trim(' ', '\t', '\r', '\n')),
        new("contains", [T, T], B, a => $"(position({a[1]} in {a[0]}) > 0)",
            a => Text(a[0]).Contains(Text(a[1]), StringComparison.Ordinal)),
        new("startswith", [T, T], B, a => $"starts_with({a[0]}, {a[1]})", a => Text(a[0]).StartsWith(Text(a[1]), StringComparison.Ordinal)),
        new("endswith", [T, T], B, a => $"starts_with(reverse({a[0]}), reverse({a[1]}))",
            a => Text(a[0]).EndsWith(Text(a[1]), StringComparison.Ordinal)),

        new("year", [D], N, a => $"extract(year from {a[0]})", a => (decimal)Day(a[0]).Year),
        new("quarter", [D], N, a => $"extract(quarter from {a[0]})", a => (decimal)((Day(a[0]).Month + 2) / 3)),
        new("month", [D], N, a => $"extract(month from {a[0]})", a => (decimal)Day(a[0]).Month),
        new("day", [D], N, a => $"extract(day from {a[0]})", a => (decimal)Day(a[0]).Day),
        new("weekday", [D], N, a => $"extract(isodow from {a[0]})", a => (decimal)(((int)Day(a[0]).DayOfWeek + 6) % 7 + 1)),
        new("datediff", [D, D], N, a => $"({a[1]} - {a[0]})::numeric", a => (decimal)(Day(a[1]).DayNumber - Day(a[0]).DayNumber)),
        new("date", [D], D, a => a[0], a => a[0]),

        new("text", [T], T, a => a[0], a => a[0]),
        new("text", [N], T, a => $"trim_scale({a[0]})::text", a => Number(a[0]).ToString()),
        new("text", [D], T, a => $"to_char({a[0]}, 'YYYY-MM-DD')", a => Day(a[0]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        new("text", [B], T, a => $"({a[0]})::text", a => (bool)a[0]! ? "true" : "false"),
        new("number", [T], N, a => $"substring({a[0]} from '^ *(-?[0-9]{{1,18}}(?:[.][0-9]{{1,10}})?) *$')::numeric",
            a => Numeral().Match(Text(a[0])) is { Success: true, Groups: var groups }
                ? decimal.Parse(groups[1].Value, CultureInfo.InvariantCulture)
                : null),
        new("number", [N], N, a => a[0], a => a[0]),
    ];

    /// <summary>Names that are no mere functions: what they take is a condition, or other rows.</summary>
    public static readonly string[] Special = ["if", "coalesce", "dateadd", "any", "all", "none", "count", "sum", "avg"];

    /// <summary>All names, for who misspelt one.</summary>
    public static IEnumerable<string> Names => All.Select(f => f.Name).Where(n => n.Length > 1).Concat(Special);

    public static IEnumerable<Function> Named(string name) => All.Where(f => f.Name == name);

    public static Function Round(int decimals) =>
        new("round", [N], N, a => $"round({a[0]}, {decimals})", a => Number(a[0]).Round(decimals));

    /// <summary>A number as the result of a formula: ten decimals at most, and nothing from 10^18 on.</summary>
    public static readonly Function Settled = new("result", [N], N,
        a => $"(select case when abs(f.v) < 1e18 then round(f.v, {Exact.Decimals}) end from (select {a[0]} as v) f)", a => Number(a[0]).Result());

    /// <summary>How many a list has; a list that is null has none.</summary>
    public static Function Count(bool json) => new("count", [Kind.List], N,
        a => json ? $"coalesce(jsonb_array_length(nullif({a[0]}, 'null')), 0)::numeric" : $"coalesce(cardinality({a[0]}), 0)::numeric",
        a => (decimal)(((IReadOnlyCollection<string>?)a[0])?.Count ?? 0))
    { TakesNull = true };

    /// <summary>The first that is not null.</summary>
    public static Function Coalesce(Kind kind) => new("coalesce", [kind], kind,
        a => $"coalesce({string.Join(", ", a)})", a => a.FirstOrDefault(v => v is not null))
    { TakesNull = true };

    public static string Quotient(string dividend, string divisor) =>
        $"round(div({dividend} * 1e12, nullif({divisor}, 0)) * 1e-12, {Exact.Decimals})";

    private static Exact Number(object? value) => Exact.Of(value!);

    private static string Text(object? value) => (string)value!;

    private static DateOnly Day(object? value) => (DateOnly)value!;

    private static string Concatenated(IReadOnlyList<string> texts) => $"({string.Join(" || ", texts.Select(t => $"coalesce({t}, '')"))})";

    private static object? Extreme(Kind kind, IReadOnlyList<object?> values, bool greatest) => values.Aggregate((best, one) =>
        best is null ? one : one is null || Order.Compare(kind, one, best) > 0 != greatest ? best : one);

    [GeneratedRegex(@"^ *(-?[0-9]{1,18}(?:[.][0-9]{1,10})?) *\z", RegexOptions.CultureInvariant)]
    private static partial Regex Numeral();
}

/// <summary>How values of a kind compare in memory.</summary>
internal static class Order
{
    public static int Compare(Kind kind, object left, object right) => kind switch
    {
        Kind.Text or Kind.Choice => Folding.Compare((string)left, (string)right),
        Kind.Number when left is decimal a && right is decimal b => a.CompareTo(b),
        Kind.Number => Exact.Of(left).CompareTo(Exact.Of(right)),
        _ => ((IComparable)left).CompareTo(right),
    };
}
