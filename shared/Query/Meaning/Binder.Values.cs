using CrmPlatform.Query.Syntax;

namespace CrmPlatform.Query.Meaning;

/// <summary>Values: literals, fields, arithmetic, functions, roll-ups.</summary>
internal sealed partial class Binder
{
    /// <summary>Who asks does not matter for what is written out; words are not asked for with it.</summary>
    private static readonly Context None = new(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc);

    public Value Value(Node node)
    {
        meter.Spend(node.At, 1);
        return node switch
        {
            Literal literal => Constant.Of(KindOf(literal.Value), literal.Value),
            Word word => Calendar.Word(word.Name),
            FieldPath path => Follow(path),
            Unary { Operand: Literal { Value: Duration d } } relative => FromToday(relative.Operator == "-" ? d.Negated : d),
            Unary { Operator: "-" } minus => Apply("-", minus.At, minus.At, [minus.Operand]),
            Unary { Operator: "+" } plus => Fit(Value(plus.Operand), Kind.Number) ?? throw Misfit(plus.At, "Only numbers have a sign."),
            Binary { Operator: "+" or "-", Right: Literal { Value: Duration d } } sum =>
                Moved(Value(sum.Left), sum.Operator == "-" ? d.Negated : d, sum.At),
            Binary { Operator: "+" or "-" or "*" or "/" or "%" or "&" } binary =>
                Apply(binary.Operator, binary.At, binary.At, [binary.Left, binary.Right]),
            Call { Function.Text: "if" } call => If(call),
            Call { Function.Text: "coalesce" } call => FirstGiven(call),
            Call { Function.Text: "dateadd" } call => DateAdd(call),
            Call { Function.Text: "round", Arguments: [var x, Literal { Value: decimal d and >= 0 and <= Exact.Decimals }] }
                when decimal.IsInteger(d) => Rounded(x, (int)d),
            Call { Function.Text: "count" or "sum" or "avg" or "min" or "max", Arguments: [FieldPath path, ..] } call
                when Rows(path) is { Rest: not [{ Text: "count" }] } rows => Rolled(call, rows),
            Call { Function: { Text: not ("any" or "all" or "none") } function } call =>
                Apply(function.Text, call.At, function.At, call.Arguments),
            _ => new Verdict(Condition(node)),
        };
    }

    /// <summary>The value of a whole formula.</summary>
    public Value Result(Node node)
    {
        var value = Value(node);
        value = Fit(value, value.Kind switch { Kind.Money => Kind.Number, Kind.Choice => Kind.Text, _ => value.Kind })!;
        return value.Kind is Kind.Text or Kind.Choice or Kind.Number or Kind.Date or Kind.Instant or Kind.Boolean or Kind.Reference
            ? value
            : throw Misfit(node.At, $"A formula cannot give {Names.Of(value.Kind)}.");
    }

    private static Kind KindOf(object? literal) => literal switch
    {
        null => Kind.Nothing,
        decimal => Kind.Number,
        bool => Kind.Boolean,
        DateOnly => Kind.Date,
        DateTimeOffset => Kind.Instant,
        Duration => Kind.Duration,
        Money => Kind.Money,
        _ => Kind.Text,
    };

    // A day of the calendar, or by the clock a moment.
    private static Value FromToday(Duration duration) =>
        Moved(Calendar.Word(duration.IsClock ? "now" : "today"), duration, default);

    private static Value Moved(Value from, Duration by, Span at)
    {
        if (from.Kind is not (Kind.Date or Kind.Instant))
            throw Misfit(at, $"A length of time is added to a day or a moment, not to {Names.Of(from.Kind)}.");
        if (from.Kind == Kind.Date && by.IsClock)
            throw Misfit(at, "A day has no hours: count in d, w, mo, q or y.");
        if (from.Kind == Kind.Instant && by.Unit is "mo" or "q" or "y")
            throw Misfit(at, "Months have no fixed length: take the day of the moment first, with date(…).");
        return Folded(Calendar.Add(from.Kind, by.Unit), [from, Constant.Of(Kind.Number, (decimal)by.Count)]);
    }

    /// <summary>Days and moments known beforehand are computed beforehand: an index can be asked for them.</summary>
    private static Value Folded(Function function, IReadOnlyList<Value> arguments) =>
        function.Gives is Kind.Date or Kind.Instant && arguments.All(a => a is Constant)
            ? new Constant(function.Gives, c => function.Run([.. arguments.Select(a => ((Constant)a).In(c))]))
            : new Applied(function, arguments, function.Gives);
}
