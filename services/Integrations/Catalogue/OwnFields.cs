using CrmPlatform.Journal;

namespace CrmPlatform.Integrations.Catalogue;

/// <summary>The fields that a tenant has added to record types of any service, as far as was heard.</summary>
internal sealed class OwnFields
{
    private readonly ILookup<(string? Service, string? Record), (string Name, string Kind)> fields;

    private OwnFields(IEnumerable<Row> rows) => fields = rows.ToLookup(r => ((string?)r.Service, r.Record), r => (r.Name!, r.Kind ?? "text"));

    /// <summary>Those of a record type that have values of their own.</summary>
    public IEnumerable<(string Name, string Kind)> Of(KnownRecord record) => fields[(record.Service, record.Bare)];

    /// <summary>Those of the tenant of a session.</summary>
    public static async Task<OwnFields> Of(Session session) => new(await session.Query<Row>(
        """
        select split_part(record, '.', 1) as service, fields ->> 'record' as record, fields ->> 'name' as name, fields ->> 'kind' as kind
        from copy where tenant = @tenant and record like '%.customField' and not deleted and fields ->> 'kind' not in ('formula', 'rollUp')
        """));

    private sealed record Row(string Service, string? Record, string? Name, string? Kind);
}
