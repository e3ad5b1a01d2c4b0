using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Query;
using CrmPlatform.Records.Doors;
using Microsoft.AspNetCore.Http;
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
            await Problems(page, type, http);
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
        var own = (await session.Model.Own.Of(session.Cause.Tenant, CancellationToken.None)).Of(type.Name);
        if (own.Any(FieldDefinition.IsComputed))
            own = ComputedFields.Known(own, await Shapes.In(session).Of(type, session, CancellationToken.None));
        var names = own.Select(f => f.Name).Where(n => sight.Knows(RecordType.Own(n))).Select(Expression.Quote);
        return (await session.Reach(type, Deed.Read)).Reach == Reach.None ? Section<CustomField>.Nothing
            : $"record = {Expression.Quote(type.Name)} and name in ({string.Join(", ", names.Append(Expression.Quote("")))})";
    }

    // Of what uses a field that is gone or out of use.
    private static async Task Problems(IReadOnlyList<(CustomField Record, JsonObject Shown)> page, RecordType type, HttpContext http)
    {
        if (!page.Any(p => FieldDefinition.IsComputed(p.Record)))
            return;
        var session = http.RequestServices.GetRequiredService<Session>();
        var shape = await http.RequestServices.GetRequiredService<Shapes>().Of(type, session, http.RequestAborted);
        var retired = (await session.Model.Own.Of(session.Cause.Tenant, http.RequestAborted)).Of(type.Name)
            .Where(f => f.Retired).Select(f => RecordType.Own(f.Name)).ToHashSet();
        foreach (var (field, shown) in page.Where(p => FieldDefinition.IsComputed(p.Record)))
        {
            var computed = ComputedFields.Of(field, () => shape);
            string[] problems = computed.Problem is { } problem ? [problem]
                : [.. computed.Formula!.Fields.Where(retired.Contains).Select(name => $"{name} is retired.")];
            if (problems.Length > 0)
                shown["problems"] = JsonSerializer.SerializeToNode(problems);
        }
    }
}
