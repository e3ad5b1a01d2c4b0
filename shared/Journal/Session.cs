using System.Text.Json;
using CrmPlatform.Access;
using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using Npgsql;

namespace CrmPlatform.Journal;

/// <summary>
/// One transaction with an actor and a tenant. Every write of the platform goes through one: read and lock, refuse or change, and the
/// change, its journal entry and its outbox row become durable together or not at all. The door that opened it commits it.
/// </summary>
/// <remarks>
/// Invariant: the statement that writes a record's row comes before the one that draws its entry number, so the row lock is held when
/// the number is drawn and entries of one record are numbered in the order of their versions.
/// </remarks>
public sealed partial class Session : IAsyncDisposable
{
    private readonly Sessions home;
    private readonly Unit unit;
    private readonly CancellationToken cancel;
    private readonly DateTimeOffset now;
    private readonly bool lent;
    private readonly Dictionary<string, int> appended = [];

    internal Session(Sessions home, Unit unit, Cause cause, CancellationToken cancel, bool lent = false)
    {
        (this.home, this.unit, Cause, this.cancel, this.lent) = (home, unit, cause, cancel, lent);
        var exact = home.Clock.GetUtcNow();
        now = exact.AddTicks(-(exact.Ticks % TimeSpan.TicksPerMicrosecond)); // what PostgreSQL keeps: the answer is what a later read says
    }

    /// <summary>Who acts, for whom, under which operation.</summary>
    public Cause Cause { get; private set; }

    /// <summary>Whether this session has changed a record.</summary>
    public bool HasChanged => appended.Count > 0;

    /// <summary>Whether the caller has been told what follows and wants it: what a rule refuses without this, it then lets pass.</summary>
    public bool Confirmed { get; set; }

    /// <summary>A record as it is, unless it is in the trash or the actor does not see it.</summary>
    public async Task<T?> Find<T>(Guid id)
        where T : Record
    {
        var type = home.Types.Of<T>();
        var reach = await Reach(type, Deed.Read);
        var found = unit.IsAlone ? await home.Lookups.Find(type.ById, Cause.Tenant, id, row => (T)type.Read(row), cancel)
            : (await Rows<T>(type.ById, false, Cause.Tenant, id)).FirstOrDefault();
        return found is { DeletedAt: null } && reach.Includes(found) ? found : null;
    }

    /// <summary>
    /// A record, locked until the session ends; refused when there is none, or when the actor may not do with it what it is locked for. The
    /// trash is searched only on demand.
    /// </summary>
    public async Task<T> Lock<T>(Guid id, bool trashed = false, Deed deed = Deed.Update)
        where T : Record
    {
        var type = home.Types.Of<T>();
        var found = (await Rows<T>(type.ById + " for update", true, Cause.Tenant, id)).Find(r => r.DeletedAt is not null == trashed)
            ?? throw Refusal.NotFound(type.Name, id);
        await Allow(found, deed);
        await Vouch(type, found);
        return found;
    }

    /// <summary>
    /// Records that satisfy a condition written in SQL over the type's columns, locked on demand in the order of their ids. For what rules and
    /// slices have to know, whoever acts: of all records, and not to be told (<see cref="Seen"/>).
    /// </summary>
    public Task<List<T>> List<T>(string where, object parameters, bool locks = false)
        where T : Record
    {
        var type = home.Types.Of<T>();
        var sql = $"select {type.Columns} from {type.Table} where tenant = @tenant and {where}{(locks ? " order by id for update" : "")}";
        return unit.Read(Cause.Tenant, Named(sql, parameters), r => (T)type.Read(r), locks, cancel);
    }

    /// <summary>Rows of any shape. The query names the tenant as <c>@tenant</c>.</summary>
    public Task<List<T>> Query<T>(string sql, object? parameters = null)
    {
        Func<NpgsqlDataReader, T>? parse = null;
        return unit.Read(Cause.Tenant, Named(sql, parameters), row => (parse ??= Parser<T>(row))(row), false, cancel);
    }

    /// <summary>Whether a statement is committed by itself when it is asked now: nothing of this session is in a transaction yet.</summary>
    public bool IsAlone => unit.IsAlone;

    /// <summary>A statement on a table of the service's own that is no record (a replica, a counter). The tenant is <c>@tenant</c>.</summary>
    public ValueTask Execute(string sql, object? parameters = null) => unit.Write(Cause.Tenant, Named(sql, parameters), cancel);

    /// <summary>Enters a new record. Its id is made here unless the caller brings one.</summary>
    public Task<T> Create<T>(T record)
        where T : Record => Create(record, null);

    private async Task<T> Create<T>(T record, IEnumerable<string>? sent)
        where T : Record
    {
        var type = home.Types.Of<T>();
        var id = record.Id == default ? Guid.CreateVersion7(now) : record.Id;
        record = record with
        {
            Id = id,
            Version = 1,
            CreatedAt = now,
            UpdatedAt = now,
            DeletedAt = null,
            CreatedBy = By,
            UpdatedBy = By,
        };
        var own = await Own(type);
        record = await Entered(type, await WithTeam(null, record));
        record = (T)await type.BeforeWrite(this, null, CustomRules.WithDefaults(record, own));
        record = CustomRules.Normal(null, record, own);
        Validation.Check(type, record, null, own, await Sight(type), sent);
        await unit.Write(Cause.Tenant, writes => writes.Insert(type, record), cancel);
        var changes = type.Diff(null, record);
        Refer(type, record, changes);
        await Append(type, record, changes, trashed: null, fact: null, undoes: null);
        return record;
    }

    /// <summary>Enters a new record whose fields are given as JSON by name, on top of what it has in any case.</summary>
    public async Task<T> Create<T>(IReadOnlyDictionary<string, JsonElement> fields, T? given = null)
        where T : Record
    {
        var type = home.Types.Of<T>();
        if ((await Reach(type, Deed.Create)).Reach == Access.Roles.Reach.None)
            throw Denied(type, Deed.Create); // said before anything of the type's fields is
        return await Create((T)Validation.Apply(type, given ?? type.Blank(default), fields, await Own(type), await Sight(type)), fields.Keys);
    }

    /// <summary>Changes a locked record to a new state. Nothing differs and no fact is told: nothing is written.</summary>
    public async Task<T> Change<T>(T before, T after, RecordEvent? fact = null)
        where T : Record => (T)await Write(home.Types.Of<T>(), before, after, fact, null);

    /// <summary>Changes some fields of a locked record, given as JSON by name.</summary>
    public async Task<T> Edit<T>(T before, IReadOnlyDictionary<string, JsonElement> fields)
        where T : Record
    {
        var type = home.Types.Of<T>();
        return (T)await Write(type, before, Validation.Apply(type, before, fields, await Own(type), await Sight(type)), null, null, fields.Keys);
    }

    /// <summary>Puts a locked record into the trash.</summary>
    public Task Delete<T>(T record)
        where T : Record => Write(home.Types.Of<T>(), record, record with { DeletedAt = now }, null, null);

    /// <summary>Takes a locked record out of the trash.</summary>
    public async Task<T> Restore<T>(T record)
        where T : Record => (T)await Write(home.Types.Of<T>(), record, record with { DeletedAt = null }, null, null);

    internal RecordType TypeOf<T>()
        where T : Record => home.Types.Of<T>();

    internal IEnumerable<RecordType> Types => home.Types.All;

    internal RecordType TypeOf(string name) => home.Types[name];
    internal RecordType TypeOf(Record record) => home.Types.Of(record);

    internal RecordType? FindType(string name) => home.Types.Find(name);

    internal (RecordTypes Types, CustomFields Own) Model => (home.Types, home.CustomFields);

    internal async Task<List<T>> Read<T>(string sql, Func<NpgsqlDataReader, T> row, params object[] values) =>
        await unit.Read(Cause.Tenant, await Positional(sql, values), row, false, cancel, planned: true);

    internal async Task Each(string sql, Func<NpgsqlDataReader, ValueTask> row, params object[] values) =>
        await unit.ReadEach(Cause.Tenant, await Positional(sql, values), row, false, cancel, planned: true);

    internal ValueTask Run(string sql, params object[] values) => unit.Write(Cause.Tenant, Statements.Positional(sql, values), cancel);

    /// <summary>How many entries it has appended so far.</summary>
    internal int Appended => appended.Values.Sum();

    internal async Task<List<Record>> LockAll(RecordType type, IReadOnlyCollection<Guid> ids) =>
        await unit.Read(Cause.Tenant, Statements.Positional(type.ByIds, [Cause.Tenant, ids.ToArray()]), type.Read, true, cancel);

    internal async Task<List<Record>> LockWhere(RecordType type, string sql, params object[] values) =>
        await unit.Read(Cause.Tenant, await Positional(sql, values), type.Read, true, cancel, planned: true);

    internal async Task<Record> Write(
        RecordType type, Record before, Record after, RecordEvent? fact, Guid? undoes, IEnumerable<string>? sent = null, Guid? into = null)
    {
        after = await type.BeforeWrite(this, before, undoes is null ? await WithTeam(before, after) : after);
        if (!ReferenceEquals(before.Custom, after.Custom))
            after = CustomRules.Normal(before, after, await Own(type));
        var changes = type.Diff(before, after);
        var moved = before.DeletedAt is null != after.DeletedAt is null;
        if (changes.Count == 0 && !moved && fact is null)
            return before;
        after = after with { Version = before.Version + 1, UpdatedAt = now, UpdatedBy = By };
        Validation.Check(type, after, changes, await Own(type), await Sight(type), sent);
        await unit.Write(Cause.Tenant, writes => writes.Update(type, before, after, type.Touched(changes)), cancel);
        if (undoes is null)
            Refer(type, after, changes); // what is taken back was right then
        await Append(type, after, changes, moved ? after.DeletedAt is not null : null, fact, undoes, into);
        return after;
    }

    /// <summary>Lets the database check everything so far, without making it durable.</summary>
    public async Task Rehearse()
    {
        await CheckReferences();
        await unit.Write(Cause.Tenant, new NpgsqlBatchCommand("set constraints all immediate"), cancel);
        await unit.Flush(cancel);
    }

    /// <summary>Lets the database hold uniqueness and hierarchies at the end of the session, not after each write: for what is wrong only on the way.</summary>
    public ValueTask Defer() => unit.Write(Cause.Tenant, new NpgsqlBatchCommand("set constraints all deferred"), cancel);

    /// <summary>Does something wholly or not at all: what is refused leaves nothing behind, and the session goes on. Not within itself.</summary>
    /// <returns>Why it was refused, or null.</returns>
    public async Task<Refusal?> Try(Func<Task> work)
    {
        await CheckReferences();
        unit.Save(Cause.Tenant);
        var (before, said) = (new Dictionary<string, int>(appended), warnings.Count);
        try
        {
            await work();
            await CheckReferences();
            await unit.Release(cancel);
            return null;
        }
        catch (Exception e) when (Refusal.Of(e) is not null)
        {
            await unit.TakeBack(cancel);
            references.Clear();
            Known.Clear(); // what was found out may have been entered just now
            warnings.RemoveRange(said, warnings.Count - said);
            appended.Clear();
            foreach (var (type, entries) in before)
                appended[type] = entries;
            return Refusal.Of(e);
        }
    }

    /// <summary>Refuses values that no record of the type can have: what a door knows before it looks for the records.</summary>
    public async Task Check<T>(IReadOnlyDictionary<string, JsonElement> fields)
        where T : Record
    {
        var type = home.Types.Of<T>();
        var (blank, own, sight) = (type.Blank(default), await Own(type), await Sight(type));
        var record = await type.BeforeWrite(this, blank, Validation.Apply(type, blank, fields, own, sight)); // in the form in which it would be kept
        var changes = new Changes();
        foreach (var name in fields.Keys.Except([RecordType.Custom]).Concat(record.Custom.Keys.Select(RecordType.Own)))
            changes[name] = new FieldChange(type.Value(blank, name), type.Value(record, name));
        Validation.Check(type, record, changes, own, sight, fields.Keys);
        Refer(type, record, changes);
        await Rehearse();
    }

    /// <summary>Makes everything durable and wakes the relay.</summary>
    public async Task Commit()
    {
        if (lent)
            throw new InvalidOperationException("This session is part of a run of events, which commits it.");
        await CheckReferences();
        await unit.Commit(cancel);
        Committed();
    }

    /// <summary>Rolls back what was not committed.</summary>
    public ValueTask DisposeAsync() => lent ? default : unit.DisposeAsync();

    private ValueTask<IReadOnlyList<CustomField>> Own(RecordType type)
    {
        var known = home.CustomFields.Of(Cause.Tenant, cancel);
        return known.IsCompletedSuccessfully ? new(known.Result.Of(type.Name)) : Asked(known, type.Name);

        static async ValueTask<IReadOnlyList<CustomField>> Asked(ValueTask<CustomFieldsOfTenant> known, string type) => (await known).Of(type);
    }

    private async Task Append(RecordType type, Record after, Changes changes, bool? trashed, RecordEvent? fact, Guid? undoes, Guid? into = null)
    {
        var what = after.Version == 1 ? "created" : trashed switch { true => "deleted", false => "restored", null => "updated" };
        var name = fact is null ? $"{type.Name}.{what}" : home.FactName(type, fact);
        var entry = new Appended(Cause, now, type.Name, after.Id, after.Version, name, EntryData.Write(fact, changes, trashed, undoes, into));
        await unit.Write(Cause.Tenant, writes => writes.Append(entry), cancel);
        appended[name] = appended.GetValueOrDefault(name) + 1;
    }

    private Task<List<T>> Rows<T>(string sql, bool locks, params object[] values)
        where T : Record
    {
        var type = home.Types.Of<T>();
        return unit.Read(Cause.Tenant, Statements.Positional(sql, values), row => (T)type.Read(row), locks, cancel);
    }

    private NpgsqlBatchCommand Named(string sql, object? parameters)
    {
        var command = Statements.Named(sql, parameters);
        command.Parameters.Add(new NpgsqlParameter("tenant", Cause.Tenant));
        return command;
    }
}
