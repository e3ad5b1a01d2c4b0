using CrmPlatform.Access;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Search;
using Npgsql;

namespace CrmPlatform.Journal;

/// <summary>
/// Records written and entries appended that are not statements yet. Neighbours of one kind become one statement over arrays, so many
/// records cost hardly more round trips and plans than one; a single one is written by the plain statement.
/// </summary>
/// <remarks>
/// Invariants: rows are written in the order given (only neighbours of the same table are joined, a record is in a statement once), but that new
/// ones go before other new ones that they do not refer to: a company that is entered between its people parts no neighbours. All of them are
/// written before the entries are numbered, so every row is locked when its entry's number is drawn.
/// </remarks>
internal sealed class Writes(KnownWords known)
{
    private readonly List<Rows> rows = [];
    private readonly List<Appended> entries = [];
    private readonly ActorText actors = new();

    /// <summary>What is kept beside the records.</summary>
    public Beside Beside { get; } = new(known);

    /// <summary>How much waits.</summary>
    public int Count { get; private set; }

    public void Insert(RecordType type, Record record)
    {
        Neighbours(type, isNew: true, record).Records.Add(record);
        Beside.Keep(type, null, record);
    }

    public void Update(RecordType type, Record before, Record after, IEnumerable<Field> changed)
    {
        var neighbours = Neighbours(type, isNew: false, after);
        neighbours.Records.Add(after);
        neighbours.Changed.UnionWith(changed);
        Beside.Keep(type, before, after);
    }

    public void Append(Appended entry)
    {
        entries.Add(entry);
        Count++;
    }

    /// <summary>The statements for everything that waits; then nothing waits any more.</summary>
    public IEnumerable<NpgsqlBatchCommand> Take(Guid tenant)
    {
        foreach (var group in rows)
            yield return group switch
            {
                { IsNew: true, Records: [var one] } => Statements.Insert(group.Type, tenant, one, actors),
                { IsNew: true } => Statements.InsertMany(group.Type, tenant, group.Records, actors),
                { Records: [var one] } => Statements.Update(group.Type, tenant, one, group.Columns, actors),
                _ => Statements.UpdateMany(group.Type, tenant, group.Records, group.Columns, actors),
            };
        foreach (var command in Beside.Take(tenant))
            yield return command;
        if (entries is [var only])
            yield return Statements.Append(only, actors);
        else if (entries.Count > 0)
            yield return Statements.AppendMany(tenant, entries, actors);
        Forget();
    }

    /// <summary>Nothing of it is written.</summary>
    public void Forget()
    {
        rows.Clear();
        entries.Clear();
        Beside.Forget();
        Count = 0;
    }

    private Rows Neighbours(RecordType type, bool isNew, Record record)
    {
        Count++;
        var at = rows.Count;
        while (isNew && at > 0 && rows[at - 1] is { IsNew: true } before && before.Type != type && !type.RefersTo(before.Type))
            at--;
        var last = at > 0 ? rows[at - 1] : null;
        if (last is null || last.Type != type || last.IsNew != isNew || last.Ids.Contains(record.Id))
            rows.Insert(at, last = new Rows(type, isNew));
        last.Ids.Add(record.Id);
        return last;
    }

    // The columns of an update are those that any of its records changes: the others' values there are what the row has at that version.
    private sealed record Rows(RecordType Type, bool IsNew)
    {
        public List<Record> Records { get; } = [];

        public HashSet<Guid> Ids { get; } = [];

        public HashSet<Field> Changed { get; } = [];

        public IReadOnlyList<Field> Columns => [.. Type.Fields.Where(Changed.Contains)];
    }
}

/// <summary>A journal entry on its way.</summary>
internal sealed record Appended(Cause Cause, DateTimeOffset At, string Record, Guid RecordId, int Version, string Type, string Data);

/// <summary>Actors as the database keeps them; the same one comes again and again.</summary>
internal sealed class ActorText
{
    private Actor? last;
    private string? text;

    public string? Of(Actor? actor)
    {
        if (actor is null)
            return null;
        if (!ReferenceEquals(actor, last))
            (last, text) = (actor, System.Text.Json.JsonSerializer.Serialize(actor, Contracts.Changes.Json));
        return text;
    }
}
