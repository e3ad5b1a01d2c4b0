using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using CrmPlatform.Access;
using CrmPlatform.Contracts;
using Npgsql;

namespace CrmPlatform.Journal.Records;

/// <summary>
/// A rule that needs more than the value of a field (a cycle, a state that never goes back): gets the record before and after every write of
/// every door, and returns what is written or refuses.
/// </summary>
public delegate ValueTask<T> Rule<T>(Session session, T? before, T after)
    where T : Record;

/// <summary>The typed half of <see cref="RecordType"/>.</summary>
public sealed class RecordType<T> : RecordType
    where T : Record
{
    private const int MostExcerpts = 500;

    // What every record has: who shows it is asked for it by id and version, and puts it in order by when it was entered.
    private static readonly string[] Always =
        [nameof(Record.Id), nameof(Record.Version), nameof(Record.CreatedAt), nameof(Record.UpdatedAt), nameof(Record.DeletedAt)];

    private readonly ConcurrentDictionary<string, Excerpt> excerpts = new(StringComparer.Ordinal);
    private readonly Func<NpgsqlDataReader, T> read;
    private readonly Rule<T>[] rules;

    /// <summary>Reads the declaration from the class.</summary>
    public RecordType(params Rule<T>[] rules)
        : base(typeof(T)) => (read, this.rules) = (Reader([.. Kept.Select(Property), .. Fields.Select(f => f.Property)]), rules);

    internal override Record Read(NpgsqlDataReader row) => read(row);

    internal override Excerpt Only(IReadOnlySet<string> fields)
    {
        var wanted = new HashSet<PropertyInfo>();
        foreach (var field in Fields.Where(f => fields.Contains(f.Name)))
            Want(field, wanted);
        PropertyInfo[] properties =
        [
            .. Always.Select(Property), .. Kept.Except(Always).Where(k => fields.Contains(JsonNamingPolicy.CamelCase.ConvertName(k))).Select(Property),
            .. Fields.Where(f => !f.IsDerived && wanted.Contains(f.Property)).Select(f => f.Property),
        ];
        var columns = string.Join(", ", properties.Select(p => $"\"{JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name)}\""));
        if (excerpts.TryGetValue(columns, out var known))
            return known;
        if (excerpts.Count >= MostExcerpts)
            excerpts.Clear();
        return excerpts[columns] = new(columns, properties.Length, Reader(properties));
    }

    private void Want(Field field, HashSet<PropertyInfo> wanted)
    {
        if (wanted.Add(field.Property))
            foreach (var from in field.DerivedFrom)
                Want(Fields.First(f => f.Property.Name == from), wanted);
    }

    private static PropertyInfo Property(string name) => typeof(T).GetProperty(name)!;

    internal override async ValueTask<Record> BeforeWrite(Session session, Record? before, Record after)
    {
        var result = (T)after;
        foreach (var rule in rules)
            result = await rule(session, (T?)before, result);
        return result;
    }

    private static readonly string[] Kept = [.. Always, nameof(Record.CreatedBy), nameof(Record.UpdatedBy)];

    // new T { Id = row.GetFieldValue<Guid>(0), …, LastName = row.IsDBNull(7) ? null : row.GetFieldValue<string>(7) }
    private static Func<NpgsqlDataReader, T> Reader(IReadOnlyList<PropertyInfo> properties)
    {
        var row = Expression.Parameter(typeof(NpgsqlDataReader));
        var bindings = properties.Select((property, i) => (property, i)).Where(p => !p.property.IsDefined(typeof(DerivedAttribute)))
            .Select(p => Expression.Bind(p.property, Value(row, p.property, Expression.Constant(p.i))));
        return Expression.Lambda<Func<NpgsqlDataReader, T>>(Expression.MemberInit(Expression.New(typeof(T)), bindings), row).Compile();
    }

    private static Expression Value(Expression row, PropertyInfo property, Expression index)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Expression Column(Type t) => Expression.Call(row, nameof(NpgsqlDataReader.GetFieldValue), [t], index);
        var value = type switch
        {
            { IsEnum: true } => Expression.Call(FromChoice.MakeGenericMethod(type), Column(typeof(string))),
            { IsArray: true } when type.GetElementType() is { IsEnum: true } choice =>
                Expression.Call(FromTexts.MakeGenericMethod(choice), Column(typeof(string[]))),
            _ when IsPlain(type) => Column(type),
            _ => Expression.Call(FromText.MakeGenericMethod(property.PropertyType), Column(typeof(string))),
        };
        return Expression.Condition(
            Expression.Call(row, nameof(NpgsqlDataReader.IsDBNull), null, index),
            Expression.Default(property.PropertyType),
            value.Type == property.PropertyType ? value : Expression.Convert(value, property.PropertyType));
    }

    private static bool IsPlain(Type type) => type.IsPrimitive || type == typeof(string) || type == typeof(string[]) || type == typeof(decimal)
        || type == typeof(Guid) || type == typeof(DateOnly) || type == typeof(DateTimeOffset);

    private static readonly MethodInfo FromText = ((Func<string, object?>)Parse<object>).Method.GetGenericMethodDefinition();
    private static readonly MethodInfo FromChoice = ((Func<string, DayOfWeek>)Choice<DayOfWeek>).Method.GetGenericMethodDefinition();
    private static readonly MethodInfo FromTexts = ((Func<string[], DayOfWeek[]>)ListOf<DayOfWeek>).Method.GetGenericMethodDefinition();

    // Most lists have no member; like all values of a record nobody changes them, so one will do for all.
    private static TValue? Parse<TValue>(string json) => json switch
    {
        "[]" => Without<TValue>.Members.Value,
        "{}" => Without<TValue>.Properties.Value,
        _ when typeof(TValue) == typeof(Actor) => (TValue)(object)KnownActors.Of(json),
        _ => JsonSerializer.Deserialize<TValue>(json, Changes.Json),
    };

    private static class Without<TValue>
    {
        public static readonly Lazy<TValue?> Members = new(() => JsonSerializer.Deserialize<TValue>("[]", Changes.Json));
        public static readonly Lazy<TValue?> Properties = new(() => JsonSerializer.Deserialize<TValue>("{}", Changes.Json));
    }

    private static TEnum Choice<TEnum>(string name)
        where TEnum : struct, Enum => Enum.Parse<TEnum>(name, ignoreCase: true);

    private static TEnum[] ListOf<TEnum>(string[] names)
        where TEnum : struct, Enum => Array.ConvertAll(names, Choice<TEnum>);
}
