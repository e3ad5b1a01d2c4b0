using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Roles;
using CrmPlatform.Query;

namespace CrmPlatform.Records.Views;

/// <summary>What holds of a view at every door: it can be applied when it is saved, and only whose it is decides who sees it.</summary>
public static class ViewRules
{
    /// <summary>The record type, with its rules.</summary>
    public static RecordType Type => new RecordType<View>(Check);

    private static async ValueTask<View> Check(Session session, View? before, View after)
    {
        if (after.Scope == ViewScope.Public || before?.Scope == ViewScope.Public)
            await session.Demand(Privilege.DataModel);
        if (session.FindType(after.Record) is not { } type || after.DeletedAt is not null)
            return after;
        if (before is not null && before.Scope != after.Scope && before.Person != session.Cause.Actor.Id)
            throw new Refusal(403, "not_yours", "Only the person who keeps a view decides who sees it.");
        var (sight, shape) = (await session.Sight(type), await Shapes.In(session).Of(type, session, CancellationToken.None));
        if (after.Filter != before?.Filter)
            after = after with { Filter = Asked.Filter(after.Filter, shape)?.ToString() };
        if (after.Sort != before?.Sort)
            after = after with { Sort = string.IsNullOrWhiteSpace(after.Sort) ? null : Asked.Sort(after.Sort, shape).ToString() };
        foreach (var column in after.Columns.Except(before?.Columns ?? []))
            if (!Knows(type, sight, shape, column))
                throw Refusal.Invalid("columns", $"A {type.Name} has no field {column}.");
        return after;
    }

    /// <summary>Whether a record type has a field of that name; of a custom one, whether the tenant has added it.</summary>
    internal static bool Knows(RecordType type, Sight sight, Shape shape, string column) => sight.Knows(column) && (RecordType.IsOwn(column, out var own)
        ? shape.Members.FirstOrDefault(m => m.Name == RecordType.Custom) is Group custom && custom.Shape.Members.Any(m => m.Name == own)
        : type.Find(column) is not null || RecordType.Platform.Contains(column));
}
