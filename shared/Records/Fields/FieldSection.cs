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
        Within = _ => $"record = {Expression.Quote(type.Name)}",
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
}
