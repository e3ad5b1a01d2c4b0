using System.Text;
using CrmPlatform.Journal.Records;
using Npgsql;
using NpgsqlTypes;

namespace CrmPlatform.Journal;

/// <summary>The same statements for many records at once: each column travels as one array.</summary>
internal static partial class Statements
{
    private const string AppendManySql =
        """
        with e as (
            insert into journal (id, at, tenant, actor, operation, record, record_id, version, type, data, trace)
            select v.id, v.at, $1, v.actor, v.operation, v.record, v.record_id, v.version, v.type, v.data, v.trace
            from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11) with ordinality
                as v(id, at, actor, operation, record, record_id, version, type, data, trace, n)
            order by v.n
            returning entry)
        insert into outbox (entry) select entry from e
        """;

    public static NpgsqlBatchCommand InsertMany(RecordType type, Guid tenant, IReadOnlyList<Record> records, ActorText actors)
    {
        var command = new NpgsqlBatchCommand(type.InsertMany);
        Add(command, tenant);
        AddAll(command, NpgsqlDbType.Uuid, records, r => r.Id);
        AddAll(command, NpgsqlDbType.Integer, records, r => r.Version);
        AddAll(command, NpgsqlDbType.TimestampTz, records, r => r.CreatedAt.UtcDateTime);
        AddAll(command, NpgsqlDbType.TimestampTz, records, r => r.UpdatedAt.UtcDateTime);
        AddAll(command, NpgsqlDbType.TimestampTz, records, r => r.DeletedAt?.UtcDateTime);
        AddAll(command, NpgsqlDbType.Jsonb, records, r => actors.Of(r.CreatedBy));
        AddAll(command, NpgsqlDbType.Jsonb, records, r => actors.Of(r.UpdatedBy));
        foreach (var field in type.Fields)
            AddColumn(command, field, records);
        return command;
    }

    /// <summary>Updates exactly the rows it means, or raises.</summary>
    public static NpgsqlBatchCommand UpdateMany(
        RecordType type, Guid tenant, IReadOnlyList<Record> after, IReadOnlyList<Field> changed, ActorText actors)
    {
        var columns = string.Concat(changed.Select((_, i) => $", c{i}"));
        var arrays = string.Concat(changed.Select((_, i) => $", ${i + 8}"));
        var sets = string.Concat(changed.Select((f, i) => $", {f.Column} = v.c{i}{FromArray(f)}"));
        var command = new NpgsqlBatchCommand(
            $"""
            with u as (
                update {type.Table} t set version = v.version, updated_at = v.updated_at, deleted_at = v.deleted_at, updated_by = v.updated_by{sets}
                from unnest($3, $4, $5, $6, $7{arrays}) as v(id, version, updated_at, deleted_at, updated_by{columns})
                where t.tenant = $1 and t.id = v.id and t.version = v.version - 1 returning 1)
            select crm_expect(count(*), $2) from u
            """);
        Add(command, tenant);
        Add(command, after.Count);
        AddAll(command, NpgsqlDbType.Uuid, after, r => r.Id);
        AddAll(command, NpgsqlDbType.Integer, after, r => r.Version);
        AddAll(command, NpgsqlDbType.TimestampTz, after, r => r.UpdatedAt.UtcDateTime);
        AddAll(command, NpgsqlDbType.TimestampTz, after, r => r.DeletedAt?.UtcDateTime);
        AddAll(command, NpgsqlDbType.Jsonb, after, r => actors.Of(r.UpdatedBy));
        foreach (var field in changed)
            AddColumn(command, field, after);
        return command;
    }

    public static NpgsqlBatchCommand AppendMany(Guid tenant, IReadOnlyList<Appended> entries, ActorText actors)
    {
        var command = new NpgsqlBatchCommand(AppendManySql);
        Add(command, tenant);
        AddAll(command, NpgsqlDbType.Uuid, entries, e => Guid.CreateVersion7(e.At));
        AddAll(command, NpgsqlDbType.TimestampTz, entries, e => e.At.UtcDateTime);
        AddAll(command, NpgsqlDbType.Jsonb, entries, e => actors.Of(e.Cause.Actor));
        AddAll(command, NpgsqlDbType.Uuid, entries, e => e.Cause.Operation);
        AddAll(command, NpgsqlDbType.Text, entries, e => e.Record);
        AddAll(command, NpgsqlDbType.Uuid, entries, e => e.RecordId);
        AddAll(command, NpgsqlDbType.Integer, entries, e => e.Version);
        AddAll(command, NpgsqlDbType.Text, entries, e => e.Type);
        AddAll(command, NpgsqlDbType.Jsonb, entries, e => e.Data);
        AddAll(command, NpgsqlDbType.Text, entries, e => e.Cause.Trace);
        return command;
    }

    /// <summary>How a column of lists is made from texts: an array of arrays would have to be a rectangle.</summary>
    internal static string FromArray(Field field) => field.ColumnType.HasFlag(NpgsqlDbType.Array) ? "::text[]" : "";

    private static void AddAll<TFrom, T>(NpgsqlBatchCommand command, NpgsqlDbType type, IReadOnlyList<TFrom> from, Func<TFrom, T> value)
    {
        var values = new T[from.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(from[i]);
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values });
    }

    private static void AddColumn(NpgsqlBatchCommand command, Field field, IReadOnlyList<Record> records)
    {
        switch (field.ColumnType)
        {
            case NpgsqlDbType.Uuid:
                AddAll(command, field.ColumnType, records, r => (Guid?)field.ForColumn(r));
                break;
            case NpgsqlDbType.Integer:
                AddAll(command, field.ColumnType, records, r => (int?)field.ForColumn(r));
                break;
            case NpgsqlDbType.Bigint:
                AddAll(command, field.ColumnType, records, r => (long?)field.ForColumn(r));
                break;
            case NpgsqlDbType.Numeric:
                AddAll(command, field.ColumnType, records, r => (decimal?)field.ForColumn(r));
                break;
            case NpgsqlDbType.Boolean:
                AddAll(command, field.ColumnType, records, r => (bool?)field.ForColumn(r));
                break;
            case NpgsqlDbType.Date:
                AddAll(command, field.ColumnType, records, r => (DateOnly?)field.ForColumn(r));
                break;
            case NpgsqlDbType.TimestampTz:
                AddAll(command, field.ColumnType, records, r => ((DateTimeOffset?)field.ForColumn(r))?.UtcDateTime);
                break;
            case NpgsqlDbType.Text or NpgsqlDbType.Jsonb:
                AddAll(command, field.ColumnType, records, r => (string?)field.ForColumn(r));
                break;
            case NpgsqlDbType.Array | NpgsqlDbType.Text:
                AddAll(command, NpgsqlDbType.Text, records, r => Literal((string[]?)field.ForColumn(r)));
                break;
            default:
                throw new InvalidOperationException($"{field.Name}: no column of {field.ColumnType} is written in arrays.");
        }
    }

    // {"a","with \"quotes\""}: a value like any other, sent as a parameter.
    private static string? Literal(string[]? texts)
    {
        if (texts is null)
            return null;
        var literal = new StringBuilder("{");
        foreach (var text in texts)
            literal.Append(literal.Length > 1 ? "," : "").Append('"')
                .Append(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        return literal.Append('}').ToString();
    }
}
