using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Records.Files;

namespace CrmPlatform.Records.Jobs;

/// <summary>What the rows of one step say, and which records they are about.</summary>
internal sealed class RowReader(RecordType type, ImportPlan plan, IReadOnlyDictionary<string, Column> columns)
{
    private readonly (int Index, string Header, string Field)[] mapped =
        [.. plan.Headers.Select((header, i) => (i, header, plan.How.Mapping!.GetValueOrDefault(header)!)).Where(m => m.Item3 is not null)];

    private Dictionary<string, List<Guid>> matches = [];

    /// <summary>The fields of a row, those of the tenant each for itself. What is empty is left out, unless it shall erase.</summary>
    public Dictionary<string, JsonElement> Fields(Row row)
    {
        if (row.Broken is { } broken)
            throw new Refusal(422, "malformed", broken);
        var fields = new Dictionary<string, JsonElement>();
        foreach (var (index, header, field) in mapped)
            if (Value(row, index, header, field) is { } value)
                fields[field] = value;
            else if (plan.How.BlankErases.Contains(field))
                fields[field] = JsonSerializer.SerializeToElement<object?>(null);
        return fields;
    }

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

    /// <summary>What a row finds its record by.</summary>
    public string? Key(Row row) => plan.How.Match is { } match && row.Broken is null
        && Array.Find(mapped, m => m.Field == match) is { Field: not null } m
        && Value(row, m.Index, m.Header, m.Field) is { ValueKind: JsonValueKind.String } value ? value.GetString()!.Trim() : null;

    /// <summary>Finds and locks the records that rows are about, all at once.</summary>
    public async Task<Held> Find<T>(Session session, IReadOnlyList<Row> rows)
        where T : Record
    {
        var keys = rows.Select(Key).OfType<string>().Distinct().ToArray();
        matches = [];
        if (keys.Length == 0)
            return Held.Of(session, type, []);
        var (sql, values) = plan.How.Match == "id"
            ? ("id = any($2)", (object)keys.Select(k => Guid.TryParse(k, out var id) ? id : default).ToArray())
            : ($"{type.Find(plan.How.Match!)!.Column} = any($2)", keys);
        var column = plan.How.Match == "id" ? "id::text" : type.Find(plan.How.Match!)!.Column;
        var found = await session.Read(
            $"select {column}, id from {type.Table} r where tenant = $1 and {sql} and deleted_at is null{(await session.Reach(type, Deed.Read)).And()}",
            row => (Key: row.GetString(0), Id: row.GetGuid(1)), session.Cause.Tenant, values);
        matches = found.GroupBy(f => f.Key).ToDictionary(g => g.Key, g => g.Select(f => f.Id).ToList(), StringComparer.OrdinalIgnoreCase);
        return await Held.All(session, type, found.Select(f => f.Id));
    }

    /// <summary>The record a row is about, locked; null when there is none.</summary>
    public async Task<T?> Found<T>(Row row, Held held)
        where T : Record
    {
        if (Key(row) is not { } key)
            return null;
        if (held.Made(key) is { } made)
            return await held.Lock<T>(made, Deed.Update);
        return matches.GetValueOrDefault(key) switch
        {
            null => null,
            [var one] => await held.Lock<T>(one, Deed.Update),
            var several => throw new Refusal(409, "ambiguous", $"{several.Count} records have this {plan.How.Match}."),
        };
    }

    private JsonElement? Value(Row row, int index, string header, string field)
    {
        if (row.Json is { } json)
            return json.TryGetProperty(header, out var given) && given.ValueKind != JsonValueKind.Null ? given : null;
        if (index >= row.Cells.Count || row.Cells[index] is not { } cell)
            return null;
        var kind = columns.TryGetValue(field, out var column) ? column.Kind : FieldKind.Json;
        return Cells.Read(kind, Cells.IsNumber(kind) || plan.File.Format == Sniffed.Workbook ? cell : Csv.Unguarded(cell));
    }
}
