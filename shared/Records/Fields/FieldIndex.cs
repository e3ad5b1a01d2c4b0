using System.Security.Cryptography;
using System.Text;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Query;

namespace CrmPlatform.Records.Fields;

/// <summary>
/// An index on a custom field. All tenants that have a field of that name and kind share it; it holds no row of the others, because it leaves
/// out what has no value of the kind, which a comparison or an order by the field leaves out as well.
/// </summary>
internal sealed record FieldIndex(string Name, string Table, string Expression, string Order = "id")
{
    /// <summary>How the name of each begins, and of no other index.</summary>
    public const string Prefix = "by_custom_";

    private const int LongestName = 63;

    /// <summary>Builds it while others write.</summary>
    public string Create => $"""
        create index concurrently "{Name}" on {Table} (tenant, ({Expression}), {Order}) where ({Expression}) is not null and deleted_at is null
        """;

    /// <summary>
    /// Those of a field: on its value, in the order of the value and, for those that have the same one, the newest first, as lists have them; for a
    /// text on what orders and patterns compare, too.
    /// </summary>
    public static IEnumerable<FieldIndex> Of(RecordType type, CustomField field)
    {
        var kind = Shapes.KindOf(field);
        var what = kind == Kind.Text ? "text" : $"{kind}".ToLowerInvariant();
        var value = FieldSql.Of(field).Replace("{r}", type.Table, StringComparison.Ordinal);
        yield return new(Named($"{Prefix}{type.Table}_{field.Name}_{what}"), type.Table, value);
        yield return new(Named($"{Prefix}{type.Table}_{field.Name}_{what}_newest"), type.Table, value, "created_at desc, id desc");
        if (kind is not (Kind.Text or Kind.Choice))
            yield break;
        var order = Sort.Parse($"`{field.Name}`", new Shape(type.Name, type.Table, [Shapes.Added(field)])).Keys[0];
        yield return new(Named($"{Prefix}{type.Table}_{field.Name}_{what}_order"), type.Table, order.ToSql(type.Table));
    }

    private static string Named(string name) => name.Length <= LongestName ? name
        : $"{name[..46]}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16]}";
}
