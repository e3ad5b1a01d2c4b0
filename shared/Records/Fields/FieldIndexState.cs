using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using Npgsql;

namespace CrmPlatform.Records.Fields;

/// <summary>How far an index of a custom field is, as the database's catalogue says.</summary>
internal sealed record FieldIndexState(bool IsReady, bool HasFailed)
{
    /// <summary>What is said of an index that could not be built; why not is for those who operate the platform.</summary>
    public const string Failed = "failed";

    /// <summary>All there are, by name.</summary>
    public static async Task<Dictionary<string, FieldIndexState>> Read(NpgsqlDataSource data, CancellationToken cancel)
    {
        var all = new Dictionary<string, FieldIndexState>();
        await using var command = data.CreateCommand(
            """
            select c.relname::text, i.indisvalid, coalesce(obj_description(c.oid, 'pg_class'), '')
            from pg_index i join pg_class c on c.oid = i.indexrelid where starts_with(c.relname::text, $1) and pg_table_is_visible(c.oid)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = FieldIndex.Prefix });
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            all[row.GetString(0)] = new(row.GetBoolean(1), row.GetString(2) == Failed);
        return all;
    }

    /// <summary>The state of a field's index for people: <c>building</c>, <c>ready</c>, <c>failed</c>; null where none is wanted.</summary>
    public static string? Of(RecordType type, CustomField field, IReadOnlyDictionary<string, FieldIndexState> there)
    {
        if (!field.Indexed)
            return null;
        var parts = FieldIndex.Of(type, field).Select(i => there.GetValueOrDefault(i.Name)).ToList();
        return parts.TrueForAll(p => p is { IsReady: true }) ? "ready" : parts.Exists(p => p is { HasFailed: true }) ? Failed : "building";
    }
}
