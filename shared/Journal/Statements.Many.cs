using System.Text;
using CrmPlatform.Journal.Records;
using Npgsql;
using NpgsqlTypes;

namespace CrmPlatform.Journal;

/// <summary>The same statements for many records at once: what they share travels once, what differs as an array a column.</summary>
internal static partial class Statements
{
    public static NpgsqlBatchCommand InsertMany(RecordType type, Guid tenant, IReadOnlyList<Record> records, ActorText actors)
    {
        var columns = new Columns<Record>(records);
        var taken = new List<string>
        {
            columns.Shared(tenant),
            columns.Of(NpgsqlDbType.Uuid, r => r.Id),
            columns.Of(NpgsqlDbType.Integer, r => r.Version),
            columns.Of(NpgsqlDbType.TimestampTz, r => r.CreatedAt.UtcDateTime),
            columns.Of(NpgsqlDbType.TimestampTz, r => r.UpdatedAt.UtcDateTime),
            columns.Of(NpgsqlDbType.TimestampTz, r => r.DeletedAt?.UtcDateTime),
            columns.Of(NpgsqlDbType.Jsonb, r => actors.Of(r.CreatedBy)),
            columns.Of(NpgsqlDbType.Jsonb, r => actors.Of(r.UpdatedBy)),
        };
        taken.AddRange(type.Fields.Select(field => Column(columns, field)));
        return columns.Command($"insert into {type.Table} (tenant, {type.Columns}) select {string.Join(", ", taken)} from {columns.Rows()}");
    }

    /// <summary>Updates exactly the rows it means, or raises.</summary>
    public static NpgsqlBatchCommand UpdateMany(
        RecordType type, Guid tenant, IReadOnlyList<Record> after, IReadOnlyList<Field> changed, ActorText actors)
    {
        var columns = new Columns<Record>(after);
        var (owner, count, id) = (columns.Shared(tenant), columns.Shared(after.Count), columns.Of(NpgsqlDbType.Uuid, r => r.Id));
        var version = columns.Of(NpgsqlDbType.Integer, r => r.Version);
        var sets = new List<string>
        {
            $"version = {version}",
            $"updated_at = {columns.Of(NpgsqlDbType.TimestampTz, r => r.UpdatedAt.UtcDateTime)}",
            $"deleted_at = {columns.Of(NpgsqlDbType.TimestampTz, r => r.DeletedAt?.UtcDateTime)}",
            $"updated_by = {columns.Of(NpgsqlDbType.Jsonb, r => actors.Of(r.UpdatedBy))}",
        };
        sets.AddRange(changed.Select(field => $"{field.Column} = {Column(columns, field)}"));
        return columns.Command(
            $"""
            with u as (
                update {type.Table} t set {string.Join(", ", sets)} from {columns.Rows()}
                where t.tenant = {owner} and t.id = {id} and t.version = {version} - 1 returning 1)
            select crm_expect(count(*), {count}) from u
            """);
    }

    public static NpgsqlBatchCommand AppendMany(Guid tenant, IReadOnlyList<Appended> entries, ActorText actors)
    {
        var columns = new Columns<Appended>(entries);
        string[] taken =
        [
            columns.Of(NpgsqlDbType.Uuid, e => Guid.CreateVersion7(e.At)),
            columns.Of(NpgsqlDbType.TimestampTz, e => e.At.UtcDateTime),
            columns.Shared(tenant),
            columns.Of(NpgsqlDbType.Jsonb, e => actors.Of(e.Cause.Actor)),
            columns.Of(NpgsqlDbType.Uuid, e => e.Cause.Operation),
            columns.Of(NpgsqlDbType.Text, e => e.Record),
            columns.Of(NpgsqlDbType.Uuid, e => e.RecordId),
            columns.Of(NpgsqlDbType.Integer, e => e.Version),
            columns.Of(NpgsqlDbType.Text, e => e.Type),
            columns.Of(NpgsqlDbType.Jsonb, e => e.Data),
            columns.Of(NpgsqlDbType.Text, e => e.Cause.Trace),
        ];
        return columns.Command(
            $"""
            with e as (
                insert into journal (id, at, tenant, actor, operation, record, record_id, version, type, data, trace)
                select {string.Join(", ", taken)} from {columns.Rows(numbered: true)} order by v.n
                returning entry)
            insert into outbox (entry) select entry from e
            """);
    }

    private static string Column(Columns<Record> columns, Field field) => field.ColumnType switch
    {
        NpgsqlDbType.Uuid => columns.Of(field.ColumnType, r => (Guid?)field.ForColumn(r)),
        NpgsqlDbType.Integer => columns.Of(field.ColumnType, r => (int?)field.ForColumn(r)),
        NpgsqlDbType.Bigint => columns.Of(field.ColumnType, r => (long?)field.ForColumn(r)),
        NpgsqlDbType.Numeric => columns.Of(field.ColumnType, r => (decimal?)field.ForColumn(r)),
        NpgsqlDbType.Boolean => columns.Of(field.ColumnType, r => (bool?)field.ForColumn(r)),
        NpgsqlDbType.Date => columns.Of(field.ColumnType, r => (DateOnly?)field.ForColumn(r)),
        NpgsqlDbType.TimestampTz => columns.Of(field.ColumnType, r => ((DateTimeOffset?)field.ForColumn(r))?.UtcDateTime),
        NpgsqlDbType.Text or NpgsqlDbType.Jsonb => columns.Of(field.ColumnType, r => (string?)field.ForColumn(r)),
        // An array of arrays would have to be a rectangle.
        NpgsqlDbType.Array | NpgsqlDbType.Text => $"{columns.Of(NpgsqlDbType.Text, r => Literal((string[]?)field.ForColumn(r)))}::text[]",
        _ => throw new InvalidOperationException($"{field.Name}: no column of {field.ColumnType} is written in arrays."),
    };

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

    /// <summary>The columns of many rows on their way into a statement: where all rows have the same value one parameter, else an array.</summary>
    private sealed class Columns<TRow>(IReadOnlyList<TRow> rows)
    {
        private readonly List<NpgsqlParameter> parameters = [];
        private readonly List<int> arrays = [];

        /// <summary>What every row has.</summary>
        public string Shared<T>(T value) => Add(new NpgsqlParameter<T> { TypedValue = value });

        /// <summary>What a row has, as an expression for the statement.</summary>
        public string Of<T>(NpgsqlDbType type, Func<TRow, T> value)
        {
            var values = new T[rows.Count];
            var same = true;
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = value(rows[i]);
                same = same && EqualityComparer<T>.Default.Equals(values[i], values[0]);
            }
            if (same)
                return Add(new NpgsqlParameter { NpgsqlDbType = type, Value = values[0] is { } shared ? shared : DBNull.Value });
            Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values });
            arrays.Add(parameters.Count);
            return $"v.c{parameters.Count}";
        }

        /// <summary>The rows themselves, once all columns are there.</summary>
        public string Rows(bool numbered = false) =>
            $"unnest({string.Join(", ", arrays.Select(n => $"${n}"))}) {(numbered ? "with ordinality " : "")}"
            + $"as v({string.Join(", ", arrays.Select(n => $"c{n}"))}{(numbered ? ", n" : "")})";

        public NpgsqlBatchCommand Command(string sql)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var parameter in parameters)
                command.Parameters.Add(parameter);
            return command;
        }

        private string Add(NpgsqlParameter parameter)
        {
            parameters.Add(parameter);
            return $"${parameters.Count}";
        }
    }
}
