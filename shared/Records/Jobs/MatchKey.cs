using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Records.Jobs;

/// <summary>By what a row finds its record: the id, a field that holds a text, or what another system calls it (<c>externalIds.erp</c>).</summary>
internal sealed record MatchKey(RecordType Type, string Name)
{
    private const string Externally = "externalIds.";
    private const int LongestSystem = 50;

    /// <summary>Those of a request, in the order in which they are tried.</summary>
    public static IReadOnlyList<MatchKey> Of(RecordType type, string? match) =>
    [
        .. (match ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()
            .Select(name => new MatchKey(type, name)),
    ];

    /// <summary>The system whose id a column holds, if it holds one.</summary>
    public static string? System(string field) =>
        field.StartsWith(Externally, StringComparison.Ordinal) && field.Length > Externally.Length && field.Length <= Externally.Length + LongestSystem
            ? field[Externally.Length..] : null;

    /// <summary>Whether records can be found by it.</summary>
    public bool IsOne => Name == "id" || System(Name) is not null
        || Type.Find(Name) is { Kind: FieldKind.Text or FieldKind.Email or FieldKind.Phone or FieldKind.Url };

    /// <summary>Which records these values find, as far as the caller sees them.</summary>
    public async Task<Dictionary<string, List<Guid>>> Find(Session session, string[] values)
    {
        if (values.Length == 0)
            return [];
        var system = System(Name);
        var from = $"from {Type.Table} r{(system is null ? "" : " join external_id e on e.tenant = r.tenant and e.record_id = r.id")}";
        var where = $"where r.tenant = $1 and r.deleted_at is null{(await session.Reach(Type, Deed.Read)).And()}";
        var ids = values.Select(v => Guid.TryParse(v, out var id) ? id : default).ToArray();
        var found = Name == "id" ? await Read(session, $"select r.id::text, r.id {from} {where} and r.id = any($2)", ids)
            : system is null ? await Read(session, $"select r.{Type.Find(Name)!.Column}, r.id {from} {where} and r.{Type.Find(Name)!.Column} = any($2)", values)
            : await Read(session, $"select e.id, r.id {from} {where} and e.record = $3 and e.system = $4 and e.id = any($2)", values, Type.Table, system);
        var same = system is null ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        return found.GroupBy(f => f.Key, same).ToDictionary(g => g.Key, g => g.Select(f => f.Id).Distinct().ToList(), same);
    }

    private static Task<List<(string Key, Guid Id)>> Read(Session session, string sql, object values, params object[] more) =>
        session.Read(sql, row => (row.GetString(0), row.GetGuid(1)), [session.Cause.Tenant, values, .. more]);
}
