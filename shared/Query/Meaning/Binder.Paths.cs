using CrmPlatform.Query.Syntax;

namespace CrmPlatform.Query.Meaning;

/// <summary>Follows paths through references, to fields and to lists of other rows.</summary>
internal sealed partial class Binder
{
    /// <summary>Where a path meets a list of rows: the references before it, the list, the names after it.</summary>
    private sealed record RowPath(IReadOnlyList<Link> Links, Children Children, IReadOnlyList<Name> Rest, string Prefix);

    private RowPath? Rows(FieldPath path)
    {
        List<Link> links = [];
        var (at, walked) = (shape, prefix);
        for (var i = 0; i < path.Names.Count; i++)
        {
            var name = path.Names[i];
            walked += name.Text;
            switch (at.Find(name.Text))
            {
                case Children children:
                    used.Add(walked);
                    meter.Spend(path.At, Meter.Rows + Meter.Hop * links.Count);
                    return new(links, children, [.. path.Names.Skip(i + 1)], walked + ".");
                case Group group:
                    at = group.Shape;
                    walked += ".";
                    break;
                case Field { Link: { } link }:
                    Hop(links, link, path);
                    at = link.Shape();
                    walked += ".";
                    break;
                default:
                    return null;
            }
        }
        return null;
    }

    /// <summary>A condition on the one field of a list's members that says it all, if the path is such a list.</summary>
    private Func<Func<Value, Condition>, Condition>? Main(FieldPath path)
    {
        if (Rows(path) is not { Rest.Count: 0, Children: { Main: { } main, Link: var link } } rows
            || link.Shape().Find(main) is not Field field)
            return null;
        used.Add(rows.Prefix + main);
        return make => Reached(rows.Links, new Exists(link, Leaf(new FieldValue(field, Part.Whole), make)));
    }

    private static Condition Reached(IReadOnlyList<Link> links, Condition condition) =>
        links.Reverse().Aggregate(condition, (inner, link) => new Exists(link, inner));

    private static Value Reached(IReadOnlyList<Link> links, Value value) =>
        links.Reverse().Aggregate(value, (inner, link) => new Through(link, inner));

    private Condition Inside(RowPath rows, Node condition) => meter.Repeated(condition.At, 7, () => Of(rows).Condition(condition));

    private Binder Of(RowPath rows) => new(rows.Children.Link.Shape(), meter, used, rows.Prefix, within);

    private Value Follow(FieldPath path)
    {
        if (Rows(path) is { } rows)
            return rows.Rest is [{ Text: "count" }]
                ? Reached(rows.Links, new RollUp("count", rows.Children.Link, null, null, Kind.Number))
                : throw Misfit(path.At, $"`{path}` speaks of many: say any({rows.Children.Name}, …) or {rows.Children.Name}.count.");
        List<Link> links = [];
        var (at, walked) = (shape, prefix);
        for (var i = 0; ; i++)
        {
            var name = path.Names[i];
            var next = i + 1 < path.Names.Count ? path.Names[i + 1] : null;
            walked += name.Text;
            if (at.Find(name.Text) is Group group)
            {
                at = next is not null ? group.Shape : throw Misfit(name.At, $"`{name.Text}` has several fields: say `{name.Text}.…`.");
                walked += ".";
                continue;
            }
            if (at.Find(name.Text) is Computed computed && (within.Count > 0 || computed.Formula is not null))
            {
                if (next is not null)
                    throw Misfit(next.At, $"`{computed.Name}` is {Names.Of(computed.Kind)}; it has no `{next.Text}`.");
                used.Add(walked);
                meter.Spend(path.At, Meter.Hop * links.Count);
                return Reached(links, Inlined(computed, name, at));
            }
            if (at.Find(name.Text) is not Field field)
                throw Unknown(name, at);
            if (next is null || i + 2 == path.Names.Count && IsPart(field, next.Text))
            {
                used.Add(walked);
                meter.Spend(path.At, Meter.Hop * links.Count);
                return Reached(links, Of(field, next?.Text));
            }
            if (field.Link is not { } link)
                throw Misfit(next.At, $"`{field.Name}` is {Names.Of(field.Kind)}; it has no `{next.Text}`.");
            Hop(links, link, path);
            at = link.Shape();
            walked += ".";
        }
    }

    private void Hop(List<Link> links, Link link, FieldPath path)
    {
        if (links.Count == meter.Limits.Hops)
            throw Limits.Exceeded(path.At, $"A path leads through at most {meter.Limits.Hops} references.");
        links.Add(link);
    }

    private static bool IsPart(Field field, string name) => (field.Kind, name) switch
    {
        (Kind.Money, "amount" or "currency") => true,
        (Kind.List, "count") => true,
        _ => false,
    };

    private static Value Of(Field field, string? part) => part switch
    {
        "amount" => new FieldValue(field, Part.Amount),
        "currency" => new FieldValue(field, Part.Currency),
        "count" => new Applied(Functions.Count(field.Json), [new FieldValue(field, Part.Whole)], Kind.Number),
        _ => new FieldValue(field, Part.Whole),
    };

    private string Example() =>
        shape.Plain.OfType<Children>().FirstOrDefault() is { } children ? $"`{children.Name}`" : "contacts or deals";
}
