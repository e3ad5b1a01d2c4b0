using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Query;

namespace CrmPlatform.Records.Fields;

/// <summary>What holds of formulas and roll-ups at every door: each can be computed when it is saved, and nothing that another uses goes unnoticed.</summary>
public static class ComputedRules
{
    private const int Most = 50;

    /// <summary>Custom fields, with their rules.</summary>
    public static RecordType Type => new RecordType<CustomField>(FieldRules.Check, Check);

    private static async ValueTask<CustomField> Check(Session session, CustomField? before, CustomField after)
    {
        if (session.FindType(after.Record) is not { } type || after.Kind is null || !FieldDefinition.IsName(after.Name))
            return after; // the validator says why not
        var (was, isThere) = (before is { DeletedAt: null }, after.DeletedAt is null);
        if (isThere ? !FieldDefinition.IsComputed(after) || was && Said(before!) == Said(after) : !was)
            return after;

        // One after the other, so that two which are saved at once do not go round in a circle.
        await session.Hold(["formulas"]);
        var others = await session.List<CustomField>("deleted_at is null and id <> @id", new { id = after.Id });
        if (isThere && !was && others.Count(f => f.Record == after.Record && FieldDefinition.IsComputed(f)) >= Most)
            throw FieldRules.InTheWay("too_many", "kind", $"A {type.Name} has {Most} formulas and roll-ups; more do not fit.");
        if (isThere)
            after = await Read(session, type, before, after, others);
        if (was)
            await KeepsOthers(session, before!, isThere ? after : null, others);
        return after;
    }

    private static (string?, string?, RollUpFunction?, string?, string?) Said(CustomField field) =>
        (field.Formula, field.List, field.Function, field.Field, field.Filter);

    private static async ValueTask<CustomField> Read(
        Session session, RecordType type, CustomField? before, CustomField field, List<CustomField> others)
    {
        var shape = Shapes.In(session).Of(type, [.. others, field], (await session.Standing()).Rights, session.Sights);
        if (field.Kind == CustomKind.RollUp)
            field = field with { Filter = Asked.Filter(field.Filter, Rows(type, field, shape))?.ToString() };
        var where = field.Kind == CustomKind.Formula ? "formula" : field.Field is null ? "list" : "field";
        var formula = Asked.Read(where, () => Formula.Parse(ComputedFields.Of(field, () => shape)));
        var gives = Enum.Parse<CustomKind>($"{formula.Kind}");
        if (before?.Gives is { } gave && gave != gives)
            throw Refusal.Invalid(where, $"What a field gives never changes, so that nothing that uses it breaks; this gives {gave} and would give {gives}.");
        return field with { Formula = field.Kind == CustomKind.Formula ? formula.ToString() : null, Gives = gives };
    }

    private static Shape Rows(RecordType type, CustomField field, Shape shape)
    {
        var lists = shape.Members.OfType<Children>().Where(c => type.Find(c.Name) is null).ToList();
        return lists.Find(c => c.Name == field.List)?.Link.Shape() ?? throw Refusal.Invalid("list", lists.Count == 0
            ? $"No records refer to a {type.Name}." : $"What refers to a {type.Name} is called {string.Join(", ", lists.Select(c => c.Name))}.");
    }

    // Who may not see a formula is not told its name, only that there is one.
    private static async ValueTask KeepsOthers(Session session, CustomField before, CustomField? after, List<CustomField> others)
    {
        if (after is null && session.Confirmed || !others.Exists(FieldDefinition.IsComputed))
            return;
        var (shapes, rights) = (Shapes.In(session), (await session.Standing()).Rights);
        IEnumerable<string> Fit(CustomField? field, Rights rights) =>
            shapes.Computed(field is null ? others : [.. others, field], rights, session.Sights).Where(name => name != $"{before.Record} {before.Name}");
        var broken = Fit(before, Rights.Everything).Except(Fit(after, Rights.Everything)).ToList();
        if (broken.Count == 0)
            return;
        var told = Fit(before, rights).Intersect(broken).Take(20).ToList();
        throw FieldRules.InTheWay("in_use", after is null ? "name" : "formula",
            $"{(told.Count > 0 ? string.Join(", ", told) : "A formula")} would not be computed any more. "
            + (after is null ? $"Change it first, or delete {before.Name} with confirm=true: it then shows nothing." : "Change it first."));
    }
}
