using CrmPlatform.Query.Syntax;

namespace CrmPlatform.Query.Meaning;

/// <summary>Gives a tree its meaning over a shape: names become fields, words become values, what does not fit is refused.</summary>
internal sealed partial class Binder(Shape shape, Meter meter, HashSet<string> used, string prefix = "", IReadOnlyList<Computed>? within = null)
{
    private readonly IReadOnlyList<Computed> within = within ?? [];

    public Condition Condition(Node node)
    {
        meter.Spend(node.At, 1);
        switch (node)
        {
            case Junction junction:
                return new Joined(junction.Operator == "and", [.. junction.Operands.Select(Condition)]);
            case Unary { Operator: "not" } not:
                return new Not(Condition(not.Operand));
            case Binary { Operator: "=" or "!=" or "<" or "<=" or ">" or ">=" } binary:
                return Comparison(binary);
            case Binary { Operator: "~" or "!~" } match:
                return Negated(match.Operator == "!~", Match(match));
            case Binary { Operator: "has" } has:
                return Has(has.Left, true, [has.Right]);
            case Membership { Operator: "in" or "not in" } members:
                return Negated(members.Operator == "not in", In(members));
            case Membership members:
                return Has(members.Operand, members.Operator == "has all", members.Items);
            case NullTest test:
                return Negated(!test.Negated, Given(test.Operand));
            case Between between:
                return Negated(between.Negated, InBetween(between));
            case Call { Function.Text: "any" or "all" or "none" } call:
                return Quantified(call);
        }
        var value = Value(node);
        return value is Verdict verdict ? verdict.Condition
            : value.Kind == Kind.Boolean ? Leaf(value, v => new Truth(v))
            : throw Misfit(node.At, $"This is {Names.Of(value.Kind)}, not a condition.");
    }

    private static Condition Negated(bool negated, Condition condition) => negated ? new Not(condition) : condition;

    /// <summary>
    /// A condition about one value. About a value of another record it is asked there: a database can turn that into a join, and
    /// what is not there fulfils no condition.
    /// </summary>
    private static Condition Leaf(Value value, Func<Value, Condition> make) =>
        value is Through(var link, var of) ? new Exists(link, Leaf(of, make)) : make(value);

    private Condition Given(Node operand)
    {
        if (operand is FieldPath path && Rows(path) is { } rows && rows.Rest.Count == 0)
            return Reached(rows.Links, new Exists(rows.Children.Link, null));
        return Leaf(Value(operand), v => new Present(v));
    }

    private Condition Match(Binary match)
    {
        if (match.Right is not Literal { Value: string written })
            throw Misfit(match.Right.At, "A pattern is a text in quotes, as in \"*@example.com\".");
        var pattern = new Pattern(written, match.Right.At, meter.Limits);
        meter.Spend(match.At, pattern.IsAnchored ? 1 : Meter.Rows);
        if (match.Left is FieldPath path && Main(path) is { } main)
            return main(value => new Matches(value, pattern));
        var operand = Value(match.Left);
        return operand.Kind is Kind.Text or Kind.Choice
            ? Leaf(operand, v => new Matches(v, pattern))
            : throw Misfit(match.Left.At, $"This is {Names.Of(operand.Kind)}; a pattern fits text alone.");
    }

    private Condition Has(Node operand, bool all, IReadOnlyList<Node> items)
    {
        if (operand is FieldPath path && Main(path) is { } main)
            return new Joined(all, [.. items.Select(item => Member(path, item, main))]);
        var list = Value(operand);
        if (list.Kind != Kind.List)
            throw Misfit(operand.At, $"This is {Names.Of(list.Kind)}; `has` asks a list.");
        var texts = items.Select(item => item is Literal { Value: string text }
            ? Known(list, text, item.At)
            : throw Misfit(item.At, "The members of this list are texts in quotes.")).ToArray();
        return Leaf(list, v => new Holds(v, all, Constant.Of(Kind.List, texts)));
    }

    private Condition Member(FieldPath list, Node item, Func<Func<Value, Condition>, Condition> main)
    {
        var given = Value(item);
        var meaning = main(value => Compared("=", value, given, list.At, item.At));
        return shape.Find(list.Names[0].Text) is Children { HasSql: { } sql } && given is Constant { Kind: Kind.Text } text
            ? new Indexed(meaning, sql, text)
            : meaning;
    }

    private Condition InBetween(Between between)
    {
        var operand = meter.Repeated(between.Operand.At, 1, () => Value(between.Operand));
        var (low, high) = (Value(between.Low), Value(between.High));
        return low is Constant && high is Constant ? Leaf(operand, Both) : Both(operand);

        Condition Both(Value of)
        {
            var from = Compared(">=", of, low, between.Operand.At, between.Low.At);
            var to = Compared("<=", of, high, between.Operand.At, between.High.At);
            return from is Compare { Operator: ">=" } a && to is Compare { Operator: "<=" } b && ReferenceEquals(a.Left, b.Left)
                ? new Within(a.Left, a.Right, b.Right)
                : new Joined(true, [from, to]);
        }
    }

    private Condition Quantified(Call call)
    {
        var name = call.Function.Text;
        if (call.Arguments is [FieldPath unknown, ..] && Rows(unknown) is null)
            Follow(unknown);
        if (call.Arguments.Count is 0 or > 2 || call.Arguments[0] is not FieldPath path || Rows(path) is not { Rest.Count: 0 } rows)
            throw Misfit(call.At, $"Expected {name}(list, condition), with a list of other records like {Example()}.");
        var where = call.Arguments.Count == 2 ? Inside(rows, call.Arguments[1]) : null;
        if (name == "all" && where is null)
            throw Misfit(call.At, "`all` needs a condition: all(list, condition).");
        var exists = Reached(rows.Links, new Exists(rows.Children.Link, name == "all" ? new Not(where!) : where));
        return Negated(name != "any", exists);
    }

    private static QueryException Misfit(Span at, string message) => new(QueryFault.Type, at, message);
}
