using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Audit;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Journal;

/// <summary>What is looked at and taken out, as entries of the journal: no record changes by it, and those who audit find it.</summary>
public sealed partial class Session
{
    private Dictionary<string, (HashSet<string> Fields, HashSet<Guid> Records)>? shown;

    /// <summary>Whether something was shown that is to be noted.</summary>
    public bool HasShown => shown is not null;

    /// <summary>These records are shown to the actor, whole or some fields of them: what of it is sensitive is noted (<see cref="NoteShown"/>).</summary>
    public async ValueTask Show(IEnumerable<Record> records, IReadOnlySet<string>? fields = null)
    {
        RecordType? type = null;
        IReadOnlyCollection<string> sensitive = [];
        foreach (var record in records)
        {
            if (type is null || !type.IsOf(record.GetType()))
                sensitive = await Sensitive(type = home.Types.Of(record), fields);
            if (sensitive.Count > 0)
                Show(type, record.Id, sensitive.Where(name => type.Has(record, name)));
        }
    }

    /// <summary>The same of values that are not a record's of today: of its history.</summary>
    public async ValueTask Show<T>(Guid record, IEnumerable<string> fields)
        where T : Record
    {
        var type = home.Types.Of<T>();
        if (await Sensitive(type, null) is { Count: > 0 } sensitive)
            Show(type, record, fields.Where(sensitive.Contains));
    }

    /// <summary>Notes which sensitive fields of which records were shown: an entry for each record type, to be committed before the answer goes out.</summary>
    public async ValueTask NoteShown()
    {
        foreach (var (record, (fields, records)) in shown ?? [])
            await Note(Looks.Reading, Guid.CreateVersion7(now), 1, "noted", new { of = record, fields = fields.Order(), records = records.Order() });
        shown = null;
    }

    /// <summary>Appends an entry that changes no record.</summary>
    internal async ValueTask Note(string record, Guid id, int version, string what, object facts)
    {
        var data = JsonSerializer.Serialize(facts, Changes.Json);
        var entry = new Appended(Cause, now, record, id, version, $"{record}.{what}", data);
        await unit.Write(Cause.Tenant, writes => writes.Append(entry), cancel);
        appended[entry.Type] = appended.GetValueOrDefault(entry.Type) + 1;
    }

    private void Show(RecordType type, Guid record, IEnumerable<string> fields)
    {
        foreach (var field in fields)
        {
            shown ??= [];
            if (!shown.TryGetValue(type.Name, out var known))
                shown[type.Name] = known = ([], []);
            known.Fields.Add(field);
            known.Records.Add(record);
        }
    }

    private async ValueTask<IReadOnlyCollection<string>> Sensitive(RecordType type, IReadOnlySet<string>? fields)
    {
        var own = await Own(type);
        if (type.Sensitive.Count == 0 && (own.Count == 0 || !own.Any(field => field.Sensitive)))
            return [];
        var sight = await Sight(type);
        if (sight.IsWhole && fields is null && !own.Any(field => field.Sensitive))
            return type.Sensitive;
        return [.. type.Sensitive.Concat(own.Where(field => field.Sensitive).Select(field => RecordType.Own(field.Name)))
            .Where(name => sight.Shows(name)
                && (fields is null || fields.Contains(name) || RecordType.IsOwn(name, out _) && fields.Contains(RecordType.Custom)))];
    }
}
