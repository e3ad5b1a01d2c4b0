using CrmPlatform.Query.Syntax;

namespace CrmPlatform.Query.Meaning;

/// <summary>Values one of which is meant: what they can be, and how they are compared at once.</summary>
internal sealed partial class Binder
{
    private Condition In(Membership members)
    {
        var operand = Value(members.Operand);
        var items = members.Items.Select(item => (Value: Value(item), item.At)).ToList();
        if (items.FirstOrDefault(i => i.Value.Kind == Kind.Nothing) is { Value: not null } nothing)
            throw Misfit(nothing.At, "`null` is in no list: say `is null`.");
        if (operand.Kind == Kind.Reference && items.All(i => i.Value is Constant))
            return Leaf(operand, v => new OneOf(v, Ids([.. items.Select(i => Id((Constant)i.Value, i.At))])));
        if (operand.Kind is Kind.Text or Kind.Choice or Kind.Number or Kind.Date or Kind.Instant
            && items.All(i => i.Value is Constant
                && (i.Value.Kind == operand.Kind || i.Value.Kind == Kind.Text && operand.Kind == Kind.Choice)))
        {
            foreach (var (value, at) in items)
                if (operand.Kind == Kind.Choice && ((Constant)value).In(None) is string choice)
                    Known(operand, choice, at);
            var constants = items.Select(i => (Constant)i.Value).ToList();
            return Leaf(operand, v => new OneOf(v, new(operand.Kind, c => constants.Select(one => one.In(c)).OfType<object>().ToList())));
        }
        // The operand is said once for each member.
        meter.Spend(members.At, items.Count - 1L);
        if (members.Operand is not FieldPath && items.Count > 1)
            throw Misfit(members.Operand.At, "A list with days, periods, amounts of money or fields in it is asked of a field alone.");
        return new Joined(false, [.. items.Select(i => Compared("=", operand, i.Value, members.Operand.At, i.At))]);
    }

    private static Constant Ids(IReadOnlyList<Constant> some) => new(Kind.Reference, c => some
        .SelectMany(one => one.In(c) switch { Guid id => [id], Guid[] ids => ids, _ => (Guid[])[] }).Cast<object>().ToList());

    private static Constant Id(Constant constant, Span at) => constant.Kind switch
    {
        Kind.Reference or Kind.References => constant,
        Kind.Text when Guid.TryParseExact(constant.In(None) as string, "D", out var id) => Constant.Of(Kind.Reference, id),
        _ => throw Misfit(at, "Expected the id of a record, in quotes, or `me`."),
    };

    private static string Known(Value value, string choice, Span at)
    {
        var field = FieldOf(value);
        return field?.Choices is not { } choices || choices.Contains(choice) ? choice
            : throw new QueryException(QueryFault.UnknownChoice, at, $"`{field.Name}` is never \"{choice}\": expected "
                + $"{string.Join(", ", choices.Take(10))}{(choices.Count > 10 ? ", …" : "")}", Names.Nearest(choice, choices));
    }

    private static Field? FieldOf(Value value) => value is Through through ? FieldOf(through.Of) : (value as FieldValue)?.Field;
}
