using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Search;
using Npgsql;

namespace CrmPlatform.Journal.Records;

/// <summary>What the platform knows of a record type, read once from its class: name, table, fields, and the SQL that follows from them.</summary>
public abstract class RecordType
{
    /// <summary>The column of what a tenant has added, and how such a field is told from declared ones: <c>custom.size</c>.</summary>
    public const string Custom = "custom";

    /// <summary>The names of what the platform itself keeps of every record.</summary>
    public static readonly IReadOnlySet<string> Platform =
        new HashSet<string> { "id", "version", "createdAt", "updatedAt", "deletedAt", "createdBy", "updatedBy" };

    private const string CustomPrefix = Custom + ".";
    private const string Kept = "id, version, created_at, updated_at, deleted_at, created_by, updated_by";

    private readonly FrozenDictionary<string, Field> byName;

    private protected RecordType(Type clr)
    {
        Clr = clr;
        IsModel = clr.IsDefined(typeof(PartOfModelAttribute), false);
        Deprecated = clr.GetCustomAttribute<DeprecatedAttribute>();
        Name = JsonNamingPolicy.CamelCase.ConvertName(clr.Name);
        Table = clr.GetCustomAttribute<TableAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(clr.Name);
        string[] common = [nameof(Record.OwnerId), nameof(Record.TeamId), nameof(Record.Tags), nameof(Record.ExternalIds), nameof(Record.Custom)];
        var own = clr.GetProperties().Where(p => p.DeclaringType == clr).ToLookup(p => p.IsDefined(typeof(InputAttribute), false));
        Inputs = [.. own[true].Select(p => new Field(p))];
        var declared = own[false].Where(p => p.CanWrite || p.IsDefined(typeof(DerivedAttribute), false));
        Fields = [.. declared.Concat(common.Select(c => clr.GetProperty(c)!)).Select(p => new Field(p))];
        byName = Fields.ToFrozenDictionary(f => f.Name);
        CustomField = byName[Custom];
        References = [.. Fields.Where(f => f.Refers is not null)];
        IsRecognised = clr.GetMethod(nameof(Record.RecognisedBy))!.DeclaringType != typeof(Record);
        Search = new SearchText(this);

        Columns = $"{Kept}, {string.Join(", ", Fields.Select(f => f.Column))}";
        var values = Enumerable.Range(1, Fields.Count + KeptColumns + 1).Select(n => $"${n}");
        Insert = $"insert into {Table} (tenant, {Columns}) values ({string.Join(", ", values)})";
        // As a list, because row-level security asks for the tenant too: of two equations PostgreSQL makes a third, and a step of its own to check it.
        ById = $"select {Columns} from {Table} where tenant = any(array[$1]) and id = $2";
        ByIds = $"select {Columns} from {Table} where tenant = $1 and id = any($2) order by id for update";
    }

    /// <summary>The noun, as in routes, events and the journal: <c>contact</c>.</summary>
    public string Name { get; }

    /// <summary>That all of it is going away, if it is.</summary>
    public DeprecatedAttribute? Deprecated { get; }

    /// <summary>The table that keeps it.</summary>
    public string Table { get; }

    /// <summary>The declared fields, in order, then those every record has.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>What is understood when a record is written, and not kept.</summary>
    public IReadOnlyList<Field> Inputs { get; }

    /// <summary>All columns but the tenant, in the order <c>Read</c> expects them.</summary>
    public string Columns { get; }

    /// <summary>All of it.</summary>
    internal Excerpt Whole => field ??= new(Columns, KeptColumns + Fields.Count, Read);

    /// <summary>What of it is searched.</summary>
    public SearchText Search { get; }

    /// <summary>Whether its records are recognised when they are entered again.</summary>
    internal bool IsRecognised { get; }

    internal const int KeptColumns = 7;

    /// <summary>Whether its records say what others are like, or how a service works: everybody sees them.</summary>
    public bool IsModel { get; }

    /// <summary>The declared fields of which it is noted who reads them.</summary>
    internal IReadOnlyList<string> Sensitive => field ??= [.. Fields.Where(f => f.IsSensitive).Select(f => f.Name)];

    internal Type Clr { get; }

    internal Field CustomField { get; }

    internal IReadOnlyList<Field> References { get; }

    internal string Insert { get; }

    internal string ById { get; }

    internal string ByIds { get; }

    /// <summary>Whether its records can refer to those of another type of the service.</summary>
    internal bool RefersTo(RecordType other) => References.Any(f => f.Refers == other.Name);

    /// <summary>Whether its records are of a class.</summary>
    public bool IsOf(Type record) => Clr == record;

    /// <summary>What can be sent under a name: a declared field, or an input.</summary>
    internal Field? Sent(string name) => Find(name) ?? Inputs.FirstOrDefault(i => i.Name == name);

    /// <summary>A declared field, if there is one of that name.</summary>
    public Field? Find(string name) => byName.GetValueOrDefault(name);

    internal abstract Record Read(NpgsqlDataReader row);

    /// <summary>These fields, with those they are computed from.</summary>
    internal abstract Excerpt Only(IReadOnlySet<string> fields);

    internal abstract ValueTask<Record> BeforeWrite(Session session, Record? before, Record after);

    /// <summary>A record with nothing in it, to apply changes to.</summary>
    internal Record Blank(Guid id) => (Record)Activator.CreateInstance(Clr)! with { Id = id };

    /// <summary>The fields in which two states of a record differ, with both values; each of a tenant's own fields counts for itself.</summary>
    internal Changes Diff(Record? before, Record after)
    {
        var changes = new Changes();
        foreach (var field in Fields)
            if (field != CustomField && !field.IsDerived)
            {
                var (was, now) = (before is null ? null : field.Of(before), field.Of(after));
                if (before is null ? !Field.IsEmpty(now) : !field.Same(was, now))
                    changes[field.Name] = new FieldChange(field.Json(was), field.Json(now));
            }
        foreach (var name in (before?.Custom.Keys ?? []).Union(after.Custom.Keys))
        {
            var (was, now) = (before is null ? Nothing : OwnValue(before, name), OwnValue(after, name));
            if (!JsonElement.DeepEquals(was, now))
                changes[CustomPrefix + name] = new FieldChange(was, now);
        }
        return changes;
    }

    /// <summary>The declared fields whose columns a change writes.</summary>
    internal IEnumerable<Field> Touched(Changes changes) =>
        Fields.Where(f => changes.ContainsKey(f.Name) || f.IsDerived || f == CustomField && changes.Keys.Any(name => IsOwn(name, out _)));

    /// <summary>A field's value as JSON, by its name in changes.</summary>
    internal JsonElement Value(Record record, string name) =>
        IsOwn(name, out var own) ? OwnValue(record, own) : Find(name) is { } field ? field.Json(field.Of(record)) : Nothing;

    /// <summary>Whether a record has a value in a field.</summary>
    internal bool Has(Record record, string name) => IsOwn(name, out var own)
        ? OwnValue(record, own).ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) : Find(name)?.Of(record) is not null;

    /// <summary>Whether two values of a field are the same; an empty list is as good as none.</summary>
    internal bool Same(string name, JsonElement a, JsonElement b)
    {
        if (IsOwn(name, out _) || Find(name) is not { } field)
            return JsonElement.DeepEquals(a, b);
        return field.IsEmpty(a) ? field.IsEmpty(b) : !field.IsEmpty(b) && field.Same(field.FromJson(a), field.FromJson(b));
    }

    /// <summary>The names under which a record has values: every declared field, and those of the tenant it has filled.</summary>
    internal IEnumerable<string> Names(Record record) =>
        Fields.Where(f => f != CustomField && !f.IsDerived).Select(f => f.Name).Concat(record.Custom.Keys.Select(k => CustomPrefix + k));

    /// <summary>A copy of a record with some fields set from JSON, as an edit, undo and as-of need it. What is no field any more is left out.</summary>
    internal Record With(Record record, IEnumerable<KeyValuePair<string, JsonElement>> values)
    {
        var copy = record with { };
        Dictionary<string, JsonElement>? custom = null;
        foreach (var (name, json) in values)
            if (IsOwn(name, out var own))
            {
                custom ??= new Dictionary<string, JsonElement>(record.Custom);
                if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
                    custom.Remove(own);
                else
                    custom[own] = json;
            }
            else if (Sent(name) is { } field)
                field.Property.SetValue(copy, json.ValueKind == JsonValueKind.Null ? field.Empty : field.FromJson(json));
        return custom is null ? copy : copy with { Custom = custom };
    }

    internal static bool IsOwn(string name, out string own)
    {
        var isOwn = name.StartsWith(CustomPrefix, StringComparison.Ordinal);
        own = isOwn ? name[CustomPrefix.Length..] : "";
        return isOwn;
    }

    internal static string Own(string name) => CustomPrefix + name;

    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement<object?>(null);

    private static JsonElement OwnValue(Record record, string name) => record.Custom.TryGetValue(name, out var value) ? value : Nothing;
}
