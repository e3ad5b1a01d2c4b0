using CrmPlatform.Query.Syntax;

namespace CrmPlatform.Query.Tests.Agreement;

/// <summary>Random expressions that mean something over a shape.</summary>
internal sealed class Sentences(Random random)
{
    private readonly Values values = new(random);

    public Node Condition(Shape shape, int depth)
    {
        if (depth > 0 && random.Next(3) == 0)
            return random.Next(3) switch
            {
                0 => new Unary(default, "not", Condition(shape, depth - 1)),
                1 => Joined("and", Many(2, 3, () => Condition(shape, depth - 1))),
                _ => Joined("or", Many(2, 3, () => Condition(shape, depth - 1))),
            };
        return random.Next(16) switch
        {
            0 => new NullTest(default, Any(shape, depth), Chance(2)),
            1 => new Binary(default, One("~", "!~"), Text(shape, depth), new Literal(default, Pattern())),
            2 when Path(shape, Kind.List) is { } list => Chance(2)
                ? new Membership(default, One("has any", "has all"), list, Many(1, 3, () => Texts("vip", "ß", "a", "", "none")))
                : new Binary(default, "has", list, Texts("vip", "VIP", "'")),
            3 when Path(shape, Kind.Choice) is { } choice => Chance(2)
                ? new Membership(default, One("in", "not in"), choice, Many(1, 3, Choice))
                : new Binary(default, One("=", "!="), choice, Choice()),
            4 when Path(shape, Kind.Money) is { } money => MoneyTest(shape, money, depth),
            5 when Path(shape, Kind.Reference) is { } reference => random.Next(3) switch
            {
                0 => new Membership(default, One("in", "not in"), reference, [new Word(default, "myteam")]),
                1 => new Binary(default, One("=", "!="), reference, new Word(default, "me")),
                _ => new Membership(default, One("in", "not in"), reference, Many(1, 3, () => new Literal(default, values.One(Values.Ids).ToString()))),
            },
            6 or 7 when Rows(shape) is var (path, other) => new Call(default, new(default, One("any", "all", "none")),
                [path, depth > 0 ? Condition(other, depth - 1) : new NullTest(default, Any(other, 0), true)]),
            8 => Chance(2) && Path(shape, Kind.Number) is { } number
                ? new Between(default, number, new Literal(default, (decimal)random.Next(-5, 5)), new Literal(default, (decimal)random.Next(10)), Chance(2))
                : new Between(default, Number(shape, depth - 1), Number(shape, 0), Number(shape, 0), Chance(2)),
            9 => new Membership(default, One("in", "not in"), Text(shape, 0), Many(1, 3, () => new Literal(default, values.Text()))),
            10 when Path(shape, Kind.Instant) is { } instant =>
                new Membership(default, One("in", "not in"), instant, Many(1, 2, () => Chance(2) ? Period() : Date(shape, 0, constant: true))),
            11 => Chance(2) ? Boolean(shape, depth) : new Binary(default, One("=", "!="), Boolean(shape, depth), Boolean(shape, 0)),
            12 when Chance(3) && Rows(shape) is var (rows, _) => new NullTest(default, rows, Chance(2)),
            12 when Chance(3) => new Membership(default, One("in", "not in"), Path(shape, Kind.Date) ?? Date(shape, 0),
                Many(1, 1, () => Chance(2) ? Period() : Date(shape, 0))),
            12 => new Membership(default, One("in", "not in"), Number(shape, depth - 1), Many(1, 3, () => new Literal(default, values.Short()))),
            13 when shape.Members.Any(m => m.Name == "emails") => Chance(2)
                ? new Binary(default, "has", Names("emails"), new Literal(default, values.Text()))
                : new Binary(default, One("~", "!~"), Names("emails"), new Literal(default, Pattern())),
            _ => Comparison(shape, depth),
        };
    }

    public Node Formula(Shape shape, int depth) => random.Next(5) switch
    {
        0 => Text(shape, depth),
        1 => Date(shape, depth),
        2 => Boolean(shape, depth),
        _ => Number(shape, depth),
    };

    private Node Comparison(Shape shape, int depth)
    {
        var sign = One("=", "!=", "<", "<=", ">", ">=");
        return random.Next(4) switch
        {
            0 => new Binary(default, sign, Number(shape, depth - 1), Number(shape, depth - 1)),
            1 => new Binary(default, sign, Text(shape, depth - 1), Text(shape, depth - 1)),
            2 => new Binary(default, sign, Instant(shape, depth - 1),
                Chance(2) ? Instant(shape, depth - 1) : Chance(2) ? Period() : Date(shape, depth - 1)),
            _ => new Binary(default, sign, Date(shape, depth - 1),
                Chance(4) ? Period() : Chance(4) ? Instant(shape, 0) : Date(shape, depth - 1)),
        };
    }

    private Node MoneyTest(Shape shape, Node money, int depth) => random.Next(4) switch
    {
        0 => new Binary(default, One("=", "!=", "<", ">="), money, new Literal(default, new Money(values.Short(), One("EUR", "USD")))),
        1 => new Binary(default, One("=", "!=", "<", ">="), money, Number(shape, depth - 1)),
        2 => new Membership(default, One("in", "not in"), money, Many(1, 2, () => new Literal(default, new Money(values.Short(), One("EUR", "USD"))))),
        _ => new Binary(default, One("=", "!=", "<", ">="), money, Path(shape, Kind.Money)!),
    };

    private Node Number(Shape shape, int depth) => random.Next(depth > 0 ? 14 : 3) switch
    {
        0 => new Literal(default, values.Short()),
        < 3 => (Node?)Path(shape, Kind.Number) ?? new Literal(default, values.Short()),
        3 => (Node?)Path(shape, Kind.Money) ?? new Literal(default, values.Short()),
        4 => Path(shape, Kind.Number) is { } negated ? new Unary(default, "-", negated) : new Literal(default, values.Short()),
        5 or 6 => new Binary(default, One("+", "-", "*", "/", "%"), Number(shape, depth - 1), Number(shape, depth - 1)),
        7 => Call(One("floor", "ceil", "abs", "round"), Number(shape, depth - 1)),
        8 => new Call(default, new(default, One("min", "max")), Many(2, 3, () => Number(shape, depth - 1))),
        9 => If(shape, depth, () => Number(shape, depth - 1)),
        10 => Chance(2) ? Call("len", Text(shape, depth - 1)) : Call("number", Text(shape, depth - 1)),
        11 => Call(One("year", "month", "day", "weekday", "quarter"), Chance(2) ? Date(shape, depth - 1) : Instant(shape, depth - 1)),
        12 when Rows(shape) is var (path, other) => RollUp(path, other, depth, Kind.Number),
        13 => Chance(2)
            ? Call("datediff", Date(shape, depth - 1), Date(shape, depth - 1))
            : Call("round", Number(shape, depth - 1), new Literal(default, (decimal)random.Next(5))),
        _ => new Literal(default, values.Short()),
    };

    private Node RollUp(FieldPath path, Shape other, int depth, Kind kind)
    {
        List<Node> where = Chance(2) ? [] : [Condition(other, Math.Min(depth - 1, 1))];
        var name = kind == Kind.Number ? One("count", "sum", "avg", "min", "max") : One("min", "max");
        if (name == "count" || Path(other, kind == Kind.Number && Chance(3) ? Kind.Money : kind) is not { } of)
            return where.Count == 0 && Chance(2) && kind == Kind.Number ? new FieldPath(default, [.. path.Names, new(default, "count")])
                : kind == Kind.Number ? new Call(default, new(default, "count"), [path, .. where]) : new Literal(default, values.Day());
        return new Call(default, new(default, name), [new FieldPath(default, [.. path.Names, .. of.Names]), .. where]);
    }

    private Node Text(Shape shape, int depth) => random.Next(depth > 0 ? 10 : 3) switch
    {
        0 => new Literal(default, values.Text()),
        < 3 => (Node?)Path(shape, Chance(4) ? Kind.Choice : Kind.Text) ?? new Literal(default, values.Text()),
        3 when Chance(2) => Call("concat", Text(shape, depth - 1), Number(shape, 0), Boolean(shape, 0)),
        4 or 5 => new Binary(default, "&", Text(shape, depth - 1), random.Next(4) == 0 ? Number(shape, depth - 1) : Text(shape, depth - 1)),
        6 => Call(One("lower", "upper", "trim"), Text(shape, depth - 1)),
        7 => If(shape, depth, () => Text(shape, depth - 1)),
        8 => Call("text", random.Next(3) switch { 0 => Number(shape, depth - 1), 1 => Date(shape, depth - 1), _ => Boolean(shape, depth - 1) }),
        _ => If(shape, depth, () => Text(shape, depth - 1)),
    };

    private Node Boolean(Shape shape, int depth) => random.Next(depth > 0 ? 4 : 2) switch
    {
        0 => new Literal(default, Chance(2)),
        1 => (Node?)Path(shape, Kind.Boolean) ?? new Literal(default, Chance(2)),
        2 => Call(One("contains", "startswith", "endswith"), Text(shape, depth - 1), Text(shape, 0)),
        _ => If(shape, depth, () => Boolean(shape, depth - 1)),
    };

    private Node Date(Shape shape, int depth, bool constant = false) => random.Next(constant ? 4 : depth > 0 ? 9 : 6) switch
    {
        0 => new Literal(default, values.Day()),
        1 => new Word(default, One("today", "yesterday", "tomorrow")),
        2 => new Unary(default, One("-", "+"), Length("d", "w", "mo", "q", "y")),
        3 => new Binary(default, One("+", "-"), new Word(default, "today"), Length("d", "w", "mo", "q", "y")),
        4 or 5 => (Node?)Path(shape, Kind.Date) ?? new Literal(default, values.Day()),
        6 => new Binary(default, One("+", "-"), Date(shape, depth - 1), Length("d", "w", "mo", "q", "y")),
        7 => If(shape, depth, () => Date(shape, depth - 1)),
        _ => Chance(2) ? Call("dateadd", Date(shape, depth - 1), Number(shape, depth - 1), Texts("d", "w", "mo", "q", "y"))
            : Rows(shape) is var (path, other) ? RollUp(path, other, depth, Kind.Date) : Call("date", Instant(shape, depth - 1)),
    };

    private Node Instant(Shape shape, int depth) => random.Next(depth > 0 ? 6 : 4) switch
    {
        0 => new Literal(default, values.Moment()),
        1 => Chance(2) ? new Word(default, "now") : new Unary(default, One("-", "+"), Length("min", "h")),
        < 4 => (Node?)Path(shape, Kind.Instant) ?? new Literal(default, values.Moment()),
        4 => new Binary(default, One("+", "-"), Instant(shape, depth - 1), Length("min", "h", "d", "w")),
        _ => If(shape, depth, () => Instant(shape, depth - 1)),
    };

    private Node Any(Shape shape, int depth) => random.Next(6) switch
    {
        0 => Number(shape, depth - 1),
        1 => Text(shape, depth - 1),
        2 => Date(shape, depth - 1),
        _ => Path(shape, values.One((Kind[])[Kind.List, Kind.Money, Kind.Boolean, Kind.Choice, Kind.Reference, Kind.Instant])) ?? Number(shape, 0),
    };

    private Node If(Shape shape, int depth, Func<Node> value) => Chance(3)
        ? new Call(default, new(default, "coalesce"), [value(), value()])
        : Call("if", Condition(shape, depth - 1), value(), Chance(5) ? new Literal(default, null) : value());

    private Node Period() => new Word(default, One("last", "this", "next") + One("week", "month", "quarter", "year"));

    private Literal Length(params string[] units) => new(default, new Duration(values.One((int[])[0, 1, 2, 7, 30, 400, 100_000]), One(units)));

    private Literal Choice() => new(default, values.One(World.Choices));

    private Literal Texts(params string[] texts) => new(default, values.One(texts));

    private string Pattern() => string.Concat(Many(1, 4, () => Chance(2) ? One("*", "?", "**", "\\*", "\\\\", "\\?", "%", "_") : values.Text()).Take(3));

    /// <summary>A field of a kind, of this record or through up to two references.</summary>
    private FieldPath? Path(Shape shape, Kind kind)
    {
        List<Name> names = [];
        for (var hops = random.Next(4) - 1; hops > 0; hops--)
            if (values.One([.. shape.Members.OfType<Field>().Where(f => f.Link is not null).Cast<Field?>(), null]) is { } reference)
            {
                names.Add(new(default, reference.Name));
                shape = reference.Link!.Shape();
            }
        var fields = shape.Members.Where(m => m is Field field && field.Kind == kind || m is Computed computed && computed.Kind == kind).ToList();
        return fields.Count == 0 ? null : new(default, [.. names, new(default, values.One(fields).Name)]);
    }

    private (FieldPath, Shape)? Rows(Shape shape)
    {
        List<Name> names = [];
        if (Chance(4) && shape.Members.OfType<Field>().FirstOrDefault(f => f.Link is not null) is { } reference)
        {
            names.Add(new(default, reference.Name));
            shape = reference.Link!.Shape();
        }
        var lists = shape.Members.OfType<Children>().ToList();
        if (lists.Count == 0)
            return null;
        var list = values.One(lists);
        return (new(default, [.. names, new(default, list.Name)]), list.Link.Shape());
    }

    private static FieldPath Names(params string[] names) => new(default, [.. names.Select(n => new Name(default, n))]);

    private static Call Call(string name, params Node[] arguments) => new(default, new(default, name), arguments);

    private static Junction Joined(string word, List<Node> nodes) =>
        new(default, word, [.. nodes.SelectMany(n => n is Junction j && j.Operator == word ? j.Operands : [n])]);

    private List<Node> Many(int least, int most, Func<Node> make) => [.. Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => make())];

    private List<string> Many(int least, int most, Func<string> make) => [.. Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => make())];

    private string One(params string[] of) => values.One(of);

    private bool Chance(int of) => random.Next(of) == 0;
}
