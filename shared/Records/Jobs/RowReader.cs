using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Records.Files;

namespace CrmPlatform.Records.Jobs;

/// <summary>What the rows of one step say, and which records they are about.</summary>
internal sealed class RowReader(RecordType type, ImportPlan plan, IReadOnlyDictionary<string, Column> columns)
{
    private const string ExternalIds = "externalIds";

    private readonly (int Index, string Header, string Field)[] mapped =
        [.. plan.Headers.Select((header, i) => (i, header, plan.How.Mapping!.GetValueOrDefault(header)!)).Where(m => m.Item3 is not null)];

    private readonly IReadOnlyList<MatchKey> keys = MatchKey.Of(type, plan.How.Match);
    private readonly Dictionary<string, Dictionary<string, List<Guid>>> matches = [];

    /// <summary>The fields of a row, those of the tenant each for itself. What is empty is left out, unless it shall erase.</summary>
    public Dictionary<string, JsonElement> Fields(Row row)
    {
        if (row.Broken is { } broken)
            throw new Refusal(422, "malformed", broken);
        var fields = new Dictionary<string, JsonElement>();
        foreach (var (index, header, field) in mapped)
            if (Value(row, index, header, field) is { } value)
                fields[field] = field == RecordType.Custom ? Set(value) : value;
            else if (plan.How.BlankErases.Contains(field))
                fields[field] = JsonSerializer.SerializeToElement<object?>(null);
        return fields;
    }

    /// <summary>What rows say in a column that is mapped to a field, each once.</summary>
    public IReadOnlyCollection<string> Said(IEnumerable<Row> rows, string field) =>
    [
        .. (from column in mapped
            where column.Field == field
            from row in rows
            where row.Broken is null
            let said = Value(row, column.Index, column.Header, field)
            where said is { ValueKind: JsonValueKind.String }
            select said.Value.GetString()!.Trim()).Distinct(),
    ];

    // An export has what was computed among the tenant's own fields; whoever sends it back does not mean to set it.
    private JsonElement Set(JsonElement own) =>
        own.ValueKind != JsonValueKind.Object || !own.EnumerateObject().Any(IsComputed) ? own
            : JsonSerializer.SerializeToElement(own.EnumerateObject().Where(o => !IsComputed(o)).ToDictionary(o => o.Name, o => o.Value));

    private bool IsComputed(JsonProperty own) => columns.GetValueOrDefault(RecordType.Own(own.Name)) is { IsComputed: true };

    /// <summary>The same as a door is sent it.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Nested(Dictionary<string, JsonElement> fields)
    {
        var own = fields.Where(f => RecordType.IsOwn(f.Key, out _)).ToList();
        if (own.Count == 0)
            return fields;
        foreach (var (name, _) in own)
            fields.Remove(name);
        fields[RecordType.Custom] = JsonSerializer.SerializeToElement(own.ToDictionary(f => f.Key[(RecordType.Custom.Length + 1)..], f => f.Value));
        return fields;
    }

    public static Guid Id(JsonElement value) => value.ValueKind == JsonValueKind.String && value.TryGetGuid(out var id) ? id
        : throw Refusal.Invalid("id", "id is not an id.");

    /// <summary>What a row finds its record by, in the order in which it is tried.</summary>
    public IEnumerable<(string Match, string Key)> Keys(Row row) => row.Broken is not null ? [] :
        from key in keys
        let column = Array.Find(mapped, m => m.Field == key.Name)
        where column.Field is not null
        let value = Value(row, column.Index, column.Header, column.Field)
        where value is { ValueKind: JsonValueKind.String }
        select (key.Name, value.Value.GetString()!.Trim());

    /// <summary>Finds and locks the records that rows are about, all at once.</summary>
    public async Task<Held> Find<T>(Session session, IReadOnlyList<Row> rows)
        where T : Record
    {
        var asked = rows.SelectMany(Keys).ToLookup(k => k.Match, k => k.Key);
        foreach (var key in keys)
            matches[key.Name] = await key.Find(session, [.. asked[key.Name].Distinct()]);
        return await Held.All(session, type, matches.Values.SelectMany(m => m.Values).SelectMany(ids => ids));
    }

    /// <summary>The record a row is about, locked; null when there is none.</summary>
    public async Task<T?> Found<T>(Row row, Held held)
        where T : Record
    {
        foreach (var (match, key) in Keys(row))
            if (held.Made(Made(match, key)) is { } made)
                return await held.Lock<T>(made, Deed.Update);
            else if (matches[match].GetValueOrDefault(key) is { } ids)
                return ids is [var one] ? await held.Lock<T>(one, Deed.Update)
                    : throw new Refusal(409, "ambiguous", $"{ids.Count} records have this {match}.");
        return null;
    }

    /// <summary>A row has entered a record; the next that means the same is about that one.</summary>
    public void Entered(Row row, Guid id, Held held)
    {
        foreach (var (match, key) in Keys(row))
            held.Made(Made(match, key), id);
    }

    /// <summary>Puts what other systems call the record, from columns of their own, into the list, each in the place of what that system called it.</summary>
    public static void Gather(Dictionary<string, JsonElement> fields, Record? found)
    {
        var own = fields.Where(f => MatchKey.System(f.Key) is not null).ToDictionary(f => MatchKey.System(f.Key)!, f => f.Value);
        if (own.Count == 0)
            return;
        var known = fields.TryGetValue(ExternalIds, out var given) ? given : JsonSerializer.SerializeToElement(found?.ExternalIds ?? [], Changes.Json);
        foreach (var system in own.Keys)
            fields.Remove($"{ExternalIds}.{system}");
        if (known.ValueKind != JsonValueKind.Array)
            return; // the validator says what is wrong with it
        var others = known.EnumerateArray().Where(e => e.ValueKind != JsonValueKind.Object || !e.TryGetProperty("system", out var system)
            || system.ValueKind != JsonValueKind.String || !own.ContainsKey(system.GetString()!));
        var mine = own.Where(o => o.Value.ValueKind != JsonValueKind.Null).Select(o => JsonSerializer.SerializeToElement(new { system = o.Key, id = o.Value }));
        fields[ExternalIds] = JsonSerializer.SerializeToElement(others.Concat(mine));
    }

    private static string Made(string match, string key) => $"{match}\n{key}";

    private JsonElement? Value(Row row, int index, string header, string field)
    {
        if (row.Json is { } json)
            return !json.TryGetProperty(header, out var given) || given.ValueKind == JsonValueKind.Null ? null
                : given.ValueKind == JsonValueKind.Number && MatchKey.System(field) is not null ? JsonSerializer.SerializeToElement(given.GetRawText()) : given;
        if (index >= row.Cells.Count || row.Cells[index] is not { } cell)
            return null;
        var kind = columns.TryGetValue(field, out var column) ? column.Kind
            : type.Sent(field) is { } input ? input.Kind : MatchKey.System(field) is null ? FieldKind.Json : FieldKind.Text;
        return Cells.Read(kind, Cells.IsNumber(kind) || plan.File.Format == Sniffed.Workbook ? cell : Csv.Unguarded(cell));
    }
}
