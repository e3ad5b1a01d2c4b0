using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Query;
using CrmPlatform.Records.Doors;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CrmPlatform.Records.Fields;

/// <summary>The custom fields of a record type, below its own doors: <c>/contacts/fields</c>.</summary>
internal static class FieldSection
{
    public static Section<CustomField> Of(RecordType type, string plural) => new($"{plural}/fields", $"{type.Name}Field", $"{type.Name}Fields")
    {
        What = $"custom field of a {type.Name}",
        Whats = $"custom fields of {plural}",
        Order = "createdAt",
        Within = session => Known(session, type),
        Blank = _ => new CustomField { Record = type.Name },
        Shows = async (page, http, _) =>
        {
            if (!page.Any(p => p.Record.Indexed))
                return;
            var there = await FieldIndexState.Read(http.RequestServices.GetRequiredService<NpgsqlDataSource>(), http.RequestAborted);
            foreach (var (field, shown) in page)
                if (FieldIndexState.Of(type, field, there) is { } state)
                    shown["index"] = state;
        },
    };

    // Those that are not kept from the caller.
    private static async ValueTask<string> Known(Session session, RecordType type)
    {
        var sight = await session.Sight(type);
        if (sight.IsWhole)
            return $"record = {Expression.Quote(type.Name)}";
        var own = (await session.Model.Own.Of(session.Cause.Tenant, CancellationToken.None)).Of(type.Name).Select(f => f.Name);
        var names = own.Where(n => sight.Knows(RecordType.Own(n))).Select(Expression.Quote);
        return (await session.Reach(type, Deed.Read)).Reach == Reach.None ? Section<CustomField>.Nothing
            : $"record = {Expression.Quote(type.Name)} and name in ({string.Join(", ", names.Append(Expression.Quote("")))})";
    }
}
