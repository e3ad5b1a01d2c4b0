using CrmPlatform.Query.Syntax;

namespace CrmPlatform.Query.Meaning;

/// <summary>Comparisons: which kinds go together, and what a comparison with a day, a month or an amount of money means.</summary>
internal sealed partial class Binder
{
    private static readonly Dictionary<string, string> Mirrored =
        new() { ["<"] = ">", ["<="] = ">=", [">"] = "<", [">="] = "<=", ["="] = "=" };

    private Condition Comparison(Binary binary)
    {
        var negated = binary.Operator == "!=";
        return Negated(negated, Compared(
            negated ? "=" : binary.Operator, Value(binary.Left), Value(binary.Right), binary.Left.At, binary.Right.At));
    }

    private static Condition Compared(string sign, Value left, Value right, Span leftAt, Span rightAt)
    {
        if (left is Constant && right is not Constant || left.Kind == Kind.Period)
            return right.Kind == Kind.Period ? throw Incomparable(left, right, rightAt)
                : Compared(Mirrored[sign], right, left, rightAt, leftAt);
        var order = sign != "=";
        switch (left.Kind, right.Kind)
        {
            case (Kind.Choice, Kind.Text) when !order && right is Constant choice:
                Known(left, (string)choice.In(None)!, rightAt);
                return Plain(sign, left, right);
            case (Kind.Text, Kind.Text):
            case (Kind.Choice or Kind.Text, Kind.Choice or Kind.Text) when !order:
            case (Kind.Number, Kind.Number):
            case (Kind.Date, Kind.Date):
            case (Kind.Instant, Kind.Instant):
            case (Kind.Boolean, Kind.Boolean) when !order:
            case (Kind.Reference, Kind.Reference) when !order:
                return Plain(sign, left, right);
            case (Kind.Reference, Kind.Text) when !order && right is Constant id:
                return Plain(sign, left, Id(id, rightAt));
            case (Kind.Money, Kind.Number):
                return Plain(sign, Side(left, Part.Amount), right);
            case (Kind.Number, Kind.Money) when right is not Constant:
                return Plain(sign, left, Side(right, Part.Amount));
            case (Kind.Money, Kind.Money) when left is not Constant:
                return right is Constant
                    ? Leaf(left, l => SameMoney(sign, l, right))
                    : SameMoney(sign, left, right);
            case (Kind.Date, Kind.Instant):
                return Plain(sign, left, Day(right));
            case (Kind.Instant, Kind.Date) when right is Constant day:
                return Spanning(sign, left, new(Kind.Period, c => day.In(c) is DateOnly d ? new Period(d, d.AddDays(1)) : null));
            case (Kind.Instant, Kind.Date):
                return Plain(sign, Day(left), right);
            case (Kind.Date or Kind.Instant, Kind.Period):
                return Spanning(sign, left, (Constant)right);
        }
        throw Incomparable(left, right, rightAt);
    }

    private static Condition Plain(string sign, Value left, Value right)
    {
        // Whether there are any is cheaper to ask than how many there are.
        if (left is RollUp { Name: "count" } count && right is Constant constant && constant.In(None) is decimal number)
            switch (sign, number)
            {
                case (">", 0) or (">=", 1):
                    return new Exists(count.Link, count.Where);
                case ("=", 0) or ("<=", 0) or ("<", 1):
                    return new Not(new Exists(count.Link, count.Where));
            }
        return right is Constant ? Leaf(left, l => l is RollUp && left is Through ? Plain(sign, l, right) : new Compare(sign, l, right))
            : new Compare(sign, left, right);
    }

    private static Joined SameMoney(string sign, Value left, Value right) => new(true,
    [
        new Compare(sign, Side(left, Part.Amount), Side(right, Part.Amount)),
        new Compare("=", Side(left, Part.Currency), Side(right, Part.Currency)),
    ]);

    /// <summary>A stretch of days is one value as long as itself: before it, in it, after it.</summary>
    private static Condition Spanning(string sign, Value operand, Constant period)
    {
        var isDay = operand.Kind == Kind.Date;
        Constant Edge(Func<Period, DateOnly> day, int back) => new(operand.Kind, c => period.In(c) is not Period p ? null
            : isDay ? day(p).AddDays(-back) : Calendar.Start(day(p), c.Zone).AddTicks(-back * TimeSpan.TicksPerMicrosecond));
        return Leaf(operand, v => sign switch
        {
            "<" => new Compare("<", v, Edge(p => p.From, 0)),
            "<=" => new Compare("<", v, Edge(p => p.End, 0)),
            ">" => new Compare(">=", v, Edge(p => p.End, 0)),
            ">=" => new Compare(">=", v, Edge(p => p.From, 0)),
            _ => new Within(v, Edge(p => p.From, 0), Edge(p => p.End, 1)),
        });
    }

    private static QueryException Incomparable(Value left, Value right, Span at) => Misfit(at, (left.Kind, right.Kind) switch
    {
        (_, Kind.Nothing) or (Kind.Nothing, _) => "Nothing equals null: say `is null`.",
        (_, Kind.Duration) => "A length of time is counted from today: say `-30d` or `+30d`.",
        (Kind.List, _) => "A list is asked with `has`, `has any` or `has all`.",
        (Kind.Reference, Kind.References) => "A group of people is asked with `in`.",
        (Kind.Text, Kind.Choice) => "A choice has no order: `=`, `!=` and `in` compare it.",
        (Kind.Choice or Kind.Boolean or Kind.Reference, var kind) when kind == left.Kind || kind == Kind.Text =>
            $"{char.ToUpperInvariant(Names.Of(left.Kind)[0])}{Names.Of(left.Kind)[1..]} has no order: `=`, `!=` and `in` compare it.",
        _ => $"Expected {Names.Of(left.Kind)}, found {Names.Of(right.Kind)}.",
    });
}
