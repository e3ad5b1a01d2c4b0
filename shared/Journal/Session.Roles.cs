using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Roles;
using Npgsql;
using NpgsqlTypes;

namespace CrmPlatform.Journal;

/// <summary>What a session lets its actor see and do: decided here and nowhere else, whatever the door.</summary>
public sealed partial class Session
{
    /// <summary>Refuses unless the actor may do this with a record: as if there were none when it cannot be seen, else saying what is not allowed.</summary>
    public async ValueTask Allow(Record record, Deed deed)
    {
        var type = home.Types.Of(record);
        if (!(await Reach(type, Deed.Read)).Includes(record))
            throw Refusal.NotFound(type.Name, record.Id);
        if (deed != Deed.Read && !(await Reach(type, deed)).Includes(record))
            throw Denied(type, deed);
    }

    /// <summary>Refuses unless a switch is on.</summary>
    public async ValueTask Demand(string privilege)
    {
        if (!(await Standing()).Rights.Has(privilege))
            throw new Refusal(403, Refusal.Denied, $"Your roles do not include {privilege}.");
    }

    /// <summary>Refuses unless a slice is allowed.</summary>
    public async ValueTask DemandSlice(string name)
    {
        if (!(await Standing()).Rights.Slice(name))
            throw new Refusal(403, Refusal.Denied, $"Your roles do not include {name}.");
    }

    /// <summary>Refuses unless a rule may be passed over.</summary>
    public async ValueTask Demand(Override rule)
    {
        if (!(await Standing()).Rights.May(rule))
            throw new Refusal(403, Refusal.Denied, $"Your roles do not include {rule.Name}.");
    }

    /// <summary>Those of some records that the actor can see: for what is told of records that a rule has found.</summary>
    public async Task<IReadOnlySet<Guid>> Seen<T>(IEnumerable<Guid> ids)
        where T : Record
    {
        var (type, all) = (home.Types.Of<T>(), ids.ToHashSet());
        var reach = await Reach(type, Deed.Read);
        return reach.Reach == Access.Roles.Reach.All || all.Count == 0 ? all
            : (await Read($"select r.id from {type.Table} r where r.tenant = $1 and r.id = any($2) and {reach.Sql()}", row => row.GetGuid(0),
                Cause.Tenant, all.ToArray())).ToHashSet();
    }

    /// <summary>Whether the actor may read a field of a record type.</summary>
    public async ValueTask<bool> Shows<T>(string field)
        where T : Record => (await Sight(home.Types.Of<T>())).Shows(field);

    /// <summary>What the actor sees of another service's records that are copied here (<c>contacts.contact</c>), or may do with them.</summary>
    public async ValueTask<CopyReach> ReachOfCopies(string record, Deed deed = Deed.Read) => new(await Standing(), record, deed);

    /// <summary>How records are written for the actor.</summary>
    public async ValueTask<JsonSerializerOptions> Json() => home.Sights.Json((await Standing()).Rights);

    internal async ValueTask<Reaching> Reach(RecordType type, Deed deed) => Reaching.Of(standing ?? await Standing(), type, deed);

    internal async ValueTask<Sight> Sight(RecordType type) => home.Sights.Of((standing ?? await Standing()).Rights, type);

    internal Sights Sights => home.Sights;

    internal Refusal Denied(RecordType type, Deed deed)
    {
        home.Denied(type.Name, deed);
        return Refusal.NotAllowed(type.Name, deed);
    }

    // Who sees only part of the records sees what they enter, unless they enter it for somebody else.
    private async ValueTask<T> Entered<T>(RecordType type, T record)
        where T : Record
    {
        var (create, read) = (await Reach(type, Deed.Create), await Reach(type, Deed.Read));
        if (create.Reach == Access.Roles.Reach.All && read.Reach == Access.Roles.Reach.All)
            return record;
        if (record is { OwnerId: null, TeamId: null })
            record = record with { OwnerId = create.Standing.Me, TeamId = create.Standing.Teams is [var team, ..] ? team : null };
        return create.Includes(record) ? record : throw Denied(type, Deed.Create);
    }

    // What somebody is given belongs to their team, unless it belongs to one already.
    private async ValueTask<T> WithTeam<T>(Record? before, T record)
        where T : Record => record is { OwnerId: { } owner, TeamId: null } && owner != before?.OwnerId && before?.TeamId is null
            && await home.Roles.MainTeam(Cause.Tenant, owner, cancel) is { } team ? record with { TeamId = team } : record;

    /// <summary>Reads what is found by ids: one plan is right for all of them, so nothing is planned anew.</summary>
    internal async Task<List<T>> ById<T>(string sql, Func<NpgsqlDataReader, T> row, params object[] values) =>
        await unit.Read(Cause.Tenant, await Positional(sql, values), row, false, cancel);

    private ValueTask<NpgsqlBatchCommand> Positional(string sql, IEnumerable<object> values)
    {
        var command = Statements.Positional(sql, values);
        return sql.Contains(Reaching.Me, StringComparison.Ordinal) || sql.Contains(Reaching.Teams, StringComparison.Ordinal) ? Placed(command) : new(command);
    }

    private async ValueTask<NpgsqlBatchCommand> Placed(NpgsqlBatchCommand command)
    {
        var standing = await Standing();
        command.CommandText = Put(command.CommandText, Reaching.Me, command, NpgsqlDbType.Uuid, standing.Me);
        command.CommandText = Put(command.CommandText, Reaching.Teams, command, NpgsqlDbType.Array | NpgsqlDbType.Uuid, standing.Teams.AsArray());
        return command;
    }

    // Conditions are written without knowing how many values stand before; what callers send is never part of the text.
    private static string Put(string sql, string place, NpgsqlBatchCommand command, NpgsqlDbType type, object? value)
    {
        if (!sql.Contains(place, StringComparison.Ordinal))
            return sql;
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
        return sql.Replace(place, $"${command.Parameters.Count}", StringComparison.Ordinal);
    }
}
