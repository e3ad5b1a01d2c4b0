using CrmPlatform.Query.Meaning;

namespace CrmPlatform.Query.Sql;

/// <summary>
/// Says in SQL what is meant. A condition is written to be true exactly when it holds, or exactly when it does not: where it may be null
/// instead of false, which a where clause does not tell apart, plain comparisons stay plain and indexes usable.
/// </summary>
internal sealed partial class SqlWriter(Context context, SqlPlace place)
{
    // Nesting never multiplies by design; this holds even if a shape's own SQL is long.
    private const int Longest = 1_000_000;

    // What lies further away is looked up from there: the time it takes to plan a join of many tables grows faster than anything it could save.
    private const int MostJoined = 3;

    private readonly List<object> parameters = [];
    private int rows;
    private int hops;

    public SqlText Where(Condition condition) => new(Where(condition, place.Row, true), parameters);

    public SqlText Result(Value value) =>
        new(Of(value.Kind == Kind.Number ? new Applied(Functions.Settled, [value], Kind.Number) : value, place.Row), parameters);

    public SqlText Key(Value value) => new(Bare(value, place.Row), parameters);

    public string Plain(Value value) => Bare(value, place.Row);

    private string Where(Condition condition, string row, bool holds)
    {
        switch (condition)
        {
            case Not not:
                return Where(not.Operand, row, !holds);
            case Joined joined:
                return $"({string.Join(joined.All == holds ? " and " : " or ", joined.Parts.Select(p => Where(p, row, holds)))})";
            case Exists exists:
                return $"{(holds ? "" : "not ")}exists (select 1 {From(exists.Link, row, exists.Where, out _)}{(hops < MostJoined ? "" : " offset 0")})";
            case Present { Operand.Kind: Kind.List } present:
                return $"{Filled(present.Operand, row)} is {(holds ? "not " : "")}null";
            case Present present:
                return $"{Of(present.Operand, row)} is {(holds ? "not " : "")}null";
            case Compare { Operator: "=", Right: Constant right } compare when !holds && right.In(context) is not null:
                return $"{Left(compare)} is distinct from {Right(compare)}";
        }
        var sql = condition switch
        {
            Compare compare => $"{Left(compare)} {compare.Operator} {Right(compare)}",
            Within { Low: Constant low, High: Constant high } within when IsWhole(within.Operand)
                && (Whole(low.In(context)), Whole(high.In(context))) is ({ } from, { } to) =>
                    $"{Bare(within.Operand, row)} between {Parameter(from)} and {Parameter(to)}",
            Within within => $"{Ordered(within.Operand)} between {Ordered(within.Low)} and {Ordered(within.High)}",
            OneOf one => $"{Bare(one.Operand, row)} = any({Array(one.Operand, (IReadOnlyList<object>)one.List.In(context)!)})",
            Matches match => $"{Folding.Sql(Of(match.Operand, row))} like {Parameter(match.Pattern.Like())}",
            Holds has => HoldsSql(has, row),
            Indexed indexed => Template.Fill(indexed.Sql, row).Replace("{v}", Of(indexed.Text, row), StringComparison.Ordinal),
            Truth truth => Of(truth.Operand, row),
            _ => throw new InvalidOperationException($"No SQL says {condition.GetType().Name}."),
        };
        return Checked(holds ? condition is Truth ? sql : $"({sql})" : $"({sql}) is not true");

        string Left(Compare compare) => compare.Operator == "="
            ? compare.Right is Constant ? Bare(compare.Left, row) : Of(compare.Left, row)
            : compare.Right is Constant ? Ordered(compare.Left, Bare(compare.Left, row)) : Ordered(compare.Left);
        string Right(Compare compare) => IsWhole(compare.Left) && compare.Right is Constant whole && Whole(whole.In(context)) is { } number
            ? Parameter(number)
            : compare.Operator == "=" || compare.Right is Constant ? Of(compare.Right, row) : Ordered(compare.Right);
        string Ordered(Value value, string? said = null) =>
            value.Kind is Kind.Text or Kind.Choice
                ? $"({said ?? Of(value, row)}) collate \"C\""
                : said ?? Of(value, row);
    }

    private static string HoldsOperator(bool json, bool all) => (json, all) switch
    {
        (true, true) => "?&",
        (true, false) => "?|",
        (false, true) => "@>",
        _ => "&&",
    };

    private string HoldsSql(Holds has, string row)
    {
        var field = ((FieldValue)has.Operand).Field;
        return $"{Of(has.Operand, row)} {HoldsOperator(field.Json, has.All)} {Parameter(has.List.In(context)!)}";
    }

    // A list without members is null to those who ask.
    private string Filled(Value list, string row) => ((FieldValue)list).Field.Json
        ? $"nullif(nullif({Of(list, row)}, '[]'), 'null')"
        : $"nullif({Of(list, row)}, '{{}}')";

    private string From(Link link, string row, Condition? where, out string other)
    {
        other = $"{place.Row}{++rows}";
        var shape = link.Shape();
        var from = link.From is { } rowsOf ? Template.Fill(rowsOf, row, other) : $"{shape.From} as {other}";
        var sql = $"from {from} where {Template.Fill(link.On, row, other)}";
        if (shape.Where is { } always)
            sql += $" and {Template.Fill(always, other)}";
        hops++;
        if (where is not null)
            sql += $" and {Where(where, other, true)}";
        hops--;
        return Checked(sql);
    }

    private string Parameter(object value)
    {
        parameters.Add(value);
        return $"{place.Prefix}{place.First + parameters.Count - 1}";
    }

    private static string Checked(string sql) => sql.Length <= Longest ? sql
        : throw Limits.Exceeded(default, "The expression is too large.");
}
