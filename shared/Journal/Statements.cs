using System.Collections.Concurrent;
using System.Reflection;
using CrmPlatform.Journal.Records;
using Npgsql;
using NpgsqlTypes;

namespace CrmPlatform.Journal;

/// <summary>The few statements every write consists of. Names come from declarations, values travel as parameters.</summary>
internal static partial class Statements
{
    // Change and outbox row in one statement: whoever sees the entry's row sees that it is still to be told.
    private const string AppendSql =
        """
        with e as (
            insert into journal (id, at, tenant, actor, operation, record, record_id, version, type, data, trace)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            returning entry)
        insert into outbox (entry) select entry from e
        """;

    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    public static NpgsqlBatchCommand Insert(RecordType type, Guid tenant, Record record, ActorText actors)
    {
        var command = new NpgsqlBatchCommand(type.Insert);
        Add(command, tenant);
        Add(command, record.Id);
        Add(command, record.Version);
        Add(command, record.CreatedAt);
        Add(command, record.UpdatedAt);
        AddTyped(command, NpgsqlDbType.TimestampTz, record.DeletedAt);
        AddTyped(command, NpgsqlDbType.Jsonb, actors.Of(record.CreatedBy));
        AddTyped(command, NpgsqlDbType.Jsonb, actors.Of(record.UpdatedBy));
        foreach (var field in type.Fields)
            AddTyped(command, field.ColumnType, field.ForColumn(record));
        return command;
    }

    /// <summary>Updates exactly the row it means, or raises: a stale version must not leave a journal entry behind.</summary>
    public static NpgsqlBatchCommand Update(RecordType type, Guid tenant, Record after, IReadOnlyList<Field> changed, ActorText actors)
    {
        var sets = string.Concat(changed.Select((f, i) => $", {f.Column} = ${i + 7}"));
        var command = new NpgsqlBatchCommand(
            $"""
            with u as (
                update {type.Table} set version = $3, updated_at = $4, deleted_at = $5, updated_by = $6{sets}
                where tenant = $1 and id = $2 and version = $3 - 1 returning 1)
            select crm_expect(count(*), 1) from u
            """);
        Add(command, tenant);
        Add(command, after.Id);
        Add(command, after.Version);
        Add(command, after.UpdatedAt);
        AddTyped(command, NpgsqlDbType.TimestampTz, after.DeletedAt);
        AddTyped(command, NpgsqlDbType.Jsonb, actors.Of(after.UpdatedBy));
        foreach (var field in changed)
            AddTyped(command, field.ColumnType, field.ForColumn(after));
        return command;
    }

    /// <summary>Raises unless all these records are there, not in the trash, and as a condition says.</summary>
    public static NpgsqlBatchCommand Refers(RecordType type, Guid tenant, Guid[] ids, string field, string and)
    {
        var command = new NpgsqlBatchCommand(
            $"select crm_refers(count(*) / cardinality($2), $3) from {type.Table} where tenant = $1 and id = any($2) and deleted_at is null{and}");
        Add(command, tenant);
        Add(command, ids);
        Add(command, field);
        return command;
    }

    public static NpgsqlBatchCommand Append(Appended entry, ActorText actors)
    {
        var command = new NpgsqlBatchCommand(AppendSql);
        Add(command, Guid.CreateVersion7(entry.At));
        Add(command, entry.At);
        Add(command, entry.Cause.Tenant);
        AddTyped(command, NpgsqlDbType.Jsonb, actors.Of(entry.Cause.Actor));
        Add(command, entry.Cause.Operation);
        Add(command, entry.Record);
        Add(command, entry.RecordId);
        Add(command, entry.Version);
        Add(command, entry.Type);
        AddTyped(command, NpgsqlDbType.Jsonb, entry.Data);
        AddTyped(command, NpgsqlDbType.Text, entry.Cause.Trace);
        return command;
    }

    /// <summary>A statement with <c>$1, $2 …</c>.</summary>
    public static NpgsqlBatchCommand Positional(string sql, IEnumerable<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = Kept(value) });
        return command;
    }

    /// <summary>A statement with <c>@name</c> for each property of an object.</summary>
    public static NpgsqlBatchCommand Named(string sql, object? parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        if (parameters is not null)
            foreach (var property in Properties.GetOrAdd(parameters.GetType(), t => t.GetProperties()))
                command.Parameters.Add(new NpgsqlParameter(property.Name, Kept(property.GetValue(parameters))));
        return command;
    }

    private static void Add<T>(NpgsqlBatchCommand command, T value) =>
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });

    private static void AddTyped(NpgsqlBatchCommand command, NpgsqlDbType type, object? value) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = Kept(value) });

    // PostgreSQL keeps instants, not zones; the driver refuses to choose.
    private static object Kept(object? value) => value is DateTimeOffset at ? at.ToUniversalTime() : value ?? DBNull.Value;
}
