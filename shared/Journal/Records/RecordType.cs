using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using CrmPlatform.Contracts;
using Npgsql;

namespace CrmPlatform.Journal.Records;

/// <summary>What the platform knows of a record type, read once from its class: name, table, fields, and the SQL that follows from them.</summary>
public abstract class RecordType
{
    private const string Kept = "id, version, created_at, updated_at, deleted_at";

    private protected RecordType(Type clr)
    {
        Clr = clr;
        Name = JsonNamingPolicy.CamelCase.ConvertName(clr.Name);
        Table = JsonNamingPolicy.SnakeCaseLower.ConvertName(clr.Name);
        Fields = [.. clr.GetProperties().Where(p => p.DeclaringType == clr && p.CanWrite).Select(p => new Field(p))];

        var columns = string.Join(", ", Fields.Select(f => f.Column));
        Columns = $"{Kept}, {columns}";
        Insert = $"insert into {Table} (tenant, {Columns}) values ({string.Join(", ", Enumerable.Range(1, Fields.Count + 6).Select(n => $"${n}"))})";
        ById = $"select {Columns} from {Table} where tenant = $1 and id = $2";
        ByIds = $"select {Columns} from {Table} where tenant = $1 and id = any($2) order by id for update";
    }

    /// <summary>The noun, as in routes, events and the journal: <c>contact</c>.</summary>
    public string Name { get; }

    /// <summary>The table that keeps it.</summary>
    public string Table { get; }

    /// <summary>The declared fields, in order.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>All columns but the tenant, in the order <c>Read</c> expects them.</summary>
    public string Columns { get; }

    internal Type Clr { get; }

    internal string Insert { get; }

    internal string ById { get; }

    internal string ByIds { get; }

    internal abstract Record Read(NpgsqlDataReader row);

    /// <summary>A record with nothing in it, to apply changes to.</summary>
    internal Record Blank(Guid id) => (Record)Activator.CreateInstance(Clr)! with { Id = id };

    /// <summary>The fields in which two states of a record differ, with both values.</summary>
    internal Changes Diff(Record? before, Record after)
    {
        var changes = new Changes();
        foreach (var field in Fields)
        {
            var (was, now) = (before is null ? null : field.Of(before), field.Of(after));
            if (before is null ? now is not null : !Field.Same(was, now))
                changes[field.Name] = new FieldChange(field.Json(was), field.Json(now));
        }
        return changes;
    }

    /// <summary>A copy of a record with some fields set from JSON, as undo and as-of need it.</summary>
    internal Record With(Record record, IEnumerable<KeyValuePair<string, JsonElement>> values)
    {
        var copy = record with { };
        foreach (var (name, json) in values)
            if (Fields.FirstOrDefault(f => f.Name == name) is { } field)
                field.Property.SetValue(copy, field.FromJson(json));
        return copy;
    }
}

/// <summary>The typed half of <see cref="RecordType"/>.</summary>
public sealed class RecordType<T> : RecordType
    where T : Record
{
    private readonly Func<NpgsqlDataReader, T> read;

    /// <summary>Reads the declaration from the class.</summary>
    public RecordType()
        : base(typeof(T)) => read = Reader(Fields);

    internal override Record Read(NpgsqlDataReader row) => read(row);

    // new T { Id = row.GetFieldValue<Guid>(0), …, LastName = row.IsDBNull(5) ? null : row.GetFieldValue<string>(5) }
    private static Func<NpgsqlDataReader, T> Reader(IReadOnlyList<Field> fields)
    {
        var row = Expression.Parameter(typeof(NpgsqlDataReader));
        string[] kept = [nameof(Record.Id), nameof(Record.Version), nameof(Record.CreatedAt), nameof(Record.UpdatedAt), nameof(Record.DeletedAt)];
        var properties = kept.Select(k => typeof(T).GetProperty(k)!).Concat(fields.Select(f => f.Property));
        var bindings = properties.Select((property, i) => Expression.Bind(property, Value(row, property, Expression.Constant(i))));
        return Expression.Lambda<Func<NpgsqlDataReader, T>>(Expression.MemberInit(Expression.New(typeof(T)), bindings), row).Compile();
    }

    private static Expression Value(Expression row, PropertyInfo property, Expression index)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var value = Expression.Call(row, nameof(NpgsqlDataReader.GetFieldValue), [type], index);
        return Expression.Condition(
            Expression.Call(row, nameof(NpgsqlDataReader.IsDBNull), null, index),
            Expression.Default(property.PropertyType),
            type == property.PropertyType ? value : Expression.Convert(value, property.PropertyType));
    }
}
