using CrmPlatform.Query.Syntax;

namespace CrmPlatform.Query.Meaning;

/// <summary>Functions and roll-ups: which one is meant, and whether its arguments fit.</summary>
internal sealed partial class Binder
{
    /// <summary>What a field is ordered by.</summary>
    public Value Ordered(FieldPath path)
    {
        var value = Follow(path);
        return value.Kind switch
        {
            Kind.Text or Kind.Choice => Inmost(value, v => new Applied(Functions.Named("lower").Single(), [v], Kind.Text)),
            Kind.Money => Side(value, Part.Amount),
            Kind.List => throw Misfit(path.At, "A list has no order."),
            _ => value,
        };
    }

    private static Value Inmost(Value value, Func<Value, Value> make) =>
        value is Through through ? new Through(through.Link, Inmost(through.Of, make)) : make(value);

    private Value Apply(string name, Span at, Span nameAt, IReadOnlyList<Node> nodes)
    {
        var named = Functions.Named(name).ToList();
        if (named.Count == 0 && Functions.Special.Contains(name))
        {
            if (nodes is [FieldPath path, ..])
                Follow(path);
            throw Misfit(at, $"Expected {name}(list, …), with a list of other records like {Example()}.");
        }
        if (named.Count == 0)
            throw Names.Unknown("function", new(nameAt, name), Functions.Names);
        var values = nodes.Select(Value).ToList();
        foreach (var function in named)
            if (Fitted(function, values) is { } arguments)
                return Folded(function, arguments);
        throw Misfit(at, name.Length == 1
            ? $"`{name}` does not go with {string.Join(" and ", values.Select(v => Names.Of(v.Kind)))}."
            : $"Expected {string.Join(" or ", named.Select(f => f.Usage).Distinct())}.");
    }

    private static List<Value>? Fitted(Function function, List<Value> values)
    {
        var takes = function.Takes;
        if (values.Count != takes.Length && !(function.Many && values.Count >= takes.Length - 1 && values.Count > 0))
            return null;
        var fitted = values.Select((v, i) => Fit(v, takes[Math.Min(i, takes.Length - 1)], function.Name is "&" or "concat")).ToList();
        return fitted.Contains(null) ? null : [.. fitted.OfType<Value>()];
    }

    private static Value? Fit(Value value, Kind kind, bool asText = false) => (value.Kind, kind) switch
    {
        (var given, _) when given == kind => value,
        (Kind.Nothing, _) => Constant.Of(kind, null),
        (Kind.Choice, Kind.Text) => value,
        (Kind.Money, Kind.Number) => Side(value, Part.Amount),
        (Kind.Instant, Kind.Date) => Day(value),
        (Kind.Money, Kind.Text) when asText => Fit(Side(value, Part.Amount), kind, asText),
        (Kind.Number or Kind.Date or Kind.Boolean, Kind.Text) when asText =>
            new Applied(Functions.Named("text").First(f => f.Takes[0] == value.Kind), [value], Kind.Text),
        _ => null,
    };

    private static Value Side(Value money, Part part) => money switch
    {
        Through through => through with { Of = Side(through.Of, part), Kind = part == Part.Amount ? Kind.Number : Kind.Text },
        FieldValue field => field with { Part = part, Kind = part == Part.Amount ? Kind.Number : Kind.Text },
        Constant constant when constant.In(None) is Money m =>
            part == Part.Amount ? Constant.Of(Kind.Number, m.Amount) : Constant.Of(Kind.Text, m.Currency),
        _ => throw new InvalidOperationException("Money is a field or written out, never computed."),
    };

    private static Value Day(Value instant) => instant is Constant constant
        ? new Constant(Kind.Date, c => constant.In(c) is DateTimeOffset t ? Calendar.Day(t, c.Zone) : null)
        : new DayOf(instant);

    private Value Rounded(Node node, int decimals) => Fit(Value(node), Kind.Number) is { } number
        ? new Applied(Functions.Round(decimals), [number], Kind.Number)
        : throw Misfit(node.At, "Only numbers are rounded.");

    private Value If(Call call)
    {
        if (call.Arguments.Count != 3)
            throw Misfit(call.At, "Expected if(condition, value, otherwise).");
        var condition = Condition(call.Arguments[0]);
        var values = OfOneKind(call, [.. call.Arguments.Skip(1)]);
        return new Chosen(condition, values[0], values[1]);
    }

    private Value FirstGiven(Call call)
    {
        if (call.Arguments.Count == 0)
            throw Misfit(call.At, "Expected coalesce(value, otherwise, …).");
        var values = OfOneKind(call, call.Arguments);
        return Folded(Functions.Coalesce(values[0].Kind), values);
    }

    private List<Value> OfOneKind(Call call, IReadOnlyList<Node> nodes)
    {
        var values = nodes.Select(Value).ToList();
        var kind = values.Select(v => v.Kind switch { Kind.Choice => Kind.Text, Kind.Money => Kind.Number, _ => v.Kind })
            .FirstOrDefault(k => k != Kind.Nothing, Kind.Nothing);
        if (kind is not (Kind.Text or Kind.Number or Kind.Date or Kind.Instant or Kind.Boolean or Kind.Reference))
            throw Misfit(call.At, kind == Kind.Nothing
                ? "One of the values must be more than null."
                : $"{call.Function.Text} cannot give {Names.Of(kind)}.");
        return [.. values.Select((v, i) => Fit(v, kind)
            ?? throw Misfit(nodes[i].At, $"Expected {Names.Of(kind)}, found {Names.Of(v.Kind)}."))];
    }

    private Value DateAdd(Call call)
    {
        if (call.Arguments is not [var from, var count, Literal { Value: string unit }] || !Duration.Units.Contains(unit))
            throw Misfit(call.At, $"Expected dateadd(day, count, unit), the unit one of \"{string.Join("\", \"", Duration.Units)}\".");
        var (start, number) = (Value(from), Fit(Value(count), Kind.Number));
        Moved(start, new Duration(0, unit), call.At);
        return Folded(Calendar.Add(start.Kind, unit), [start, number ?? throw Misfit(count.At, "Expected a number.")]);
    }

    private Value Rolled(Call call, RowPath rows)
    {
        var name = call.Function.Text;
        if (call.Arguments.Count > 2 || name == "count" != (rows.Rest.Count == 0))
        {
            var what = name == "count" ? "list" : "list.field";
            throw Misfit(call.At, $"Expected {name}({what}) or {name}({what}, condition).");
        }
        var of = name == "count" ? null : Of(rows).Follow(new FieldPath(call.Arguments[0].At, rows.Rest));
        if (of is not null && !(of.Kind is Kind.Number or Kind.Money || name is "min" or "max" && of.Kind is Kind.Date or Kind.Instant))
            throw Misfit(call.Arguments[0].At, $"There is no {name} of {Names.Of(of.Kind)}.");
        var where = call.Arguments.Count == 2 ? Inside(rows, call.Arguments[1]) : null;
        var kind = of is null or { Kind: Kind.Money } ? Kind.Number : of.Kind;
        return Reached(rows.Links, new RollUp(name, rows.Children.Link, of, where, kind));
    }
}
