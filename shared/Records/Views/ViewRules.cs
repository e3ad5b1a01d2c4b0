using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Query;

namespace CrmPlatform.Records.Views;

/// <summary>What holds of a view at every door: it can be applied when it is saved, and only whose it is decides who sees it.</summary>
public static class ViewRules
{
    /// <summary>The record type, with its rules.</summary>
    public static RecordType Type => new RecordType<View>(Check);

    private static async ValueTask<View> Check(Session session, View? before, View after)
    {
        if (session.FindType(after.Record) is not { } type || after.DeletedAt is not null)
            return after;
        if (before is not null && before.Scope != after.Scope && before.Person != session.Cause.Actor.Id)
            throw new Refusal(403, "not_yours", "Only the person who keeps a view decides who sees it.");
        var shape = await Shapes.In(session).Of(type, session.Cause.Tenant, CancellationToken.None);
        if (after.Filter != before?.Filter)
            after = after with { Filter = Asked.Filter(after.Filter, shape)?.ToString() };
        if (after.Sort != before?.Sort)
            after = after with { Sort = string.IsNullOrWhiteSpace(after.Sort) ? null : Asked.Sort(after.Sort, shape).ToString() };
        foreach (var column in after.Columns.Except(before?.Columns ?? []))
            if (!Knows(type, shape, column))
                throw Refusal.Invalid("columns", $"A {type.Name} has no field {column}.");
        return after;
    }

    /// <summary>Whether a record type has a field of that name; of a custom one, whether the tenant has added it.</summary>
    internal static bool Knows(RecordType type, Shape shape, string column) => RecordType.IsOwn(column, out var own)
        ? ((Group)shape.Members.First(m => m.Name == RecordType.Custom)).Shape.Members.Any(m => m.Name == own)
        : type.Find(column) is not null || RecordType.Platform.Contains(column);
}
