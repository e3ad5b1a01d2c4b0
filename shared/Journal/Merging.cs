using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Roles;

namespace CrmPlatform.Journal;

/// <summary>What every merge of two records does, whatever their type: values, and whoever refers to the loser.</summary>
public static class Merging
{
    private const int Chunk = 500;
    private const int MostHops = 50;

    /// <summary>Locks both, always in the same order, so that two merges of the same pair wait for each other instead of for ever.</summary>
    public static async Task<(T Winner, T Loser)> Pair<T>(Session session, Guid winner, Guid loser)
        where T : Record
    {
        await session.Demand(Privilege.Merge);
        if (winner == loser)
            throw Refusal.Invalid("loser", $"A {session.TypeOf<T>().Name} cannot be merged with itself.");
        Task<T> Locked(Guid id) => session.Lock<T>(id, deed: id == loser ? Deed.Delete : Deed.Update);
        var first = await Locked(winner.CompareTo(loser) < 0 ? winner : loser);
        var second = await Locked(winner.CompareTo(loser) < 0 ? loser : winner);
        return first.Id == winner ? (first, second) : (second, first);
    }

    /// <summary>
    /// What the winner comes below in a hierarchy, given by the property that refers upwards: what was above both stays above, what was between
    /// them comes below the winner.
    /// </summary>
    public static async Task<Guid?> Above<T>(Session session, T winner, T loser, string property)
        where T : Record
    {
        var type = session.TypeOf<T>();
        var field = type.Fields.First(f => f.Property.Name == property);
        var (aboveWinner, aboveLoser) = ((Guid?)field.Of(winner), (Guid?)field.Of(loser));
        if (await IsAbove(loser.Id, aboveWinner))
            return aboveLoser;
        return aboveWinner ?? (await IsAbove(winner.Id, aboveLoser) ? null : aboveLoser);

        async Task<bool> IsAbove(Guid one, Guid? from) => from is { } start && (await session.Read(
            $"""
            with recursive above (id) as (
                select $3 union select r.{field.Column} from above a join {type.Table} r on r.tenant = $1 and r.id = a.id)
            select 1 from above where id = $2
            """,
            row => row.GetInt32(0), session.Cause.Tenant, one, start)).Count > 0;
    }

    /// <summary>
    /// The winner with what it lacks taken from the loser, lists united, and the value of the loser where a choice names it. A choice is the id
    /// of the record whose value stays, by field.
    /// </summary>
    public static async Task<T> Filled<T>(Session session, T winner, T loser, IReadOnlyDictionary<string, Guid>? choices)
        where T : Record
    {
        var type = session.TypeOf<T>();
        var sight = await session.Sight(type);
        choices = choices?.Where(c => sight.Knows(c.Key) || !RecordType.IsOwn(c.Key, out _)).ToDictionary(); // a field that is not there is not chosen
        CheckChoices(type, sight, winner, loser, choices ?? new Dictionary<string, Guid>());
        var (values, derived) = (new Dictionary<string, JsonElement>(), new Dictionary<string, JsonElement>());
        foreach (var name in type.Names(winner).Union(type.Names(loser)))
        {
            var (ours, theirs) = (type.Value(winner, name), type.Value(loser, name));
            var chosen = choices?.TryGetValue(name, out var choice) == true ? choice : (Guid?)null;
            var list = ours.ValueKind == JsonValueKind.Array && type.Find(name)?.Kind is FieldKind.List or FieldKind.Texts or FieldKind.MultiChoice;
            if (chosen == loser.Id || chosen is null && !list && ours.ValueKind == JsonValueKind.Null)
                values[name] = theirs;
            else if (chosen is null && list)
                values[name] = United(ours, theirs);
        }
        foreach (var (name, id) in choices ?? new Dictionary<string, Guid>())
            if (type.Find(name) is { IsDerived: true })
                derived[name] = type.Value(id == loser.Id ? loser : winner, name);
        return (T)type.With(winner, [.. values, .. derived]);
    }

    /// <summary>Makes whoever refers to one record refer to another, in the trash as well; says how many of each type were changed.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> Repoint<T>(Session session, T from, T to)
        where T : Record
    {
        var moved = new Dictionary<string, int>();
        var target = session.TypeOf<T>().Name;
        foreach (var type in session.Types)
        {
            var fields = type.References.Where(f => f.Refers == target).ToList();
            if (fields.Count == 0)
                continue;
            var any = string.Join(" or ", fields.Select(f => $"{f.Column} = $2"));
            var ids = await session.Read(
                $"select id from {type.Table} where tenant = $1 and ({any}) and id <> all($3) order by id", row => row.GetGuid(0),
                session.Cause.Tenant, from.Id, (Guid[])[from.Id, to.Id]);
            foreach (var chunk in ids.Chunk(Chunk))
                foreach (var record in await session.LockAll(type, chunk))
                {
                    var pointing = fields.Where(f => f.Of(record) is Guid id && id == from.Id).ToDictionary(f => f.Name, f => f.Json(to.Id));
                    if (pointing.Count > 0)
                        await session.Write(type, record, type.With(record, pointing), null, null);
                }
            if (ids.Count > 0)
                moved[type.Name] = ids.Count;
        }
        return moved;
    }

    /// <summary>Puts the loser into the trash, and keeps where it went.</summary>
    public static Task Away<T>(Session session, T loser, T winner)
        where T : Record => session.Write(session.TypeOf<T>(), loser, loser with { DeletedAt = session.Now }, null, null, into: winner.Id);

    /// <summary>
    /// Why a record is not there: it was merged into another, as far as the caller sees that one, or there is none for them. Whoever has kept the
    /// id of one that was merged, and merged again, goes on with the last.
    /// </summary>
    public static async Task<Refusal> Missing<T>(Session session, Guid id)
        where T : Record
    {
        var type = session.TypeOf<T>();
        var into = await session.Read(
            """
            with recursive merged (id, into_id, hops) as (
                select $3::uuid, into_id, 1 from (select $3::uuid as id) start, lateral (
                    select (j.data ->> 'mergedInto')::uuid as into_id from journal j
                    where j.tenant = $1 and j.record_id = start.id and j.record = $2 order by j.version desc limit 1) last
                union all
                select m.into_id, last.into_id, hops + 1 from merged m, lateral (
                    select (j.data ->> 'mergedInto')::uuid as into_id from journal j
                    where j.tenant = $1 and j.record_id = m.into_id and j.record = $2 order by j.version desc limit 1) last
                where m.into_id is not null and hops < $4)
            select id from merged where into_id is null and hops > 1
            """,
            row => row.GetGuid(0), session.Cause.Tenant, type.Name, id, MostHops);
        return into is [var last] && await session.Find<T>(last) is not null
            ? new Refusal(404, "merged", $"The {type.Name} was merged into {last}.") { Facts = new Dictionary<string, object?> { ["mergedInto"] = last } }
            : Refusal.NotFound(type.Name, id);
    }

    private static void CheckChoices(RecordType type, Sight sight, Record winner, Record loser, IReadOnlyDictionary<string, Guid> choices)
    {
        var errors = new Errors();
        foreach (var (name, id) in choices)
            if (sight[name] < FieldRight.Full || !RecordType.IsOwn(name, out _) && type.Find(name) is not { IsSetBySlices: false, Kind: not FieldKind.Custom })
                errors.Add($"fields.{name}", $"A {type.Name} has no field {name} to choose a value for.");
            else if (id != winner.Id && id != loser.Id)
                errors.Add($"fields.{name}", "The value of one of the two is chosen, by its id.");
        errors.Throw();
    }

    // The loser's main one is no longer the main one, unless it is the only one.
    private static JsonElement United(JsonElement ours, JsonElement theirs)
    {
        var all = ours.EnumerateArray().Select(one => JsonNode.Parse(one.GetRawText())).ToList();
        var empty = all.Count == 0;
        foreach (var one in theirs.EnumerateArray().Select(one => JsonNode.Parse(one.GetRawText())))
        {
            if (!empty && one is JsonObject typed && typed.ContainsKey("primary"))
                typed["primary"] = false;
            if (!all.Any(known => JsonNode.DeepEquals(known, one)))
                all.Add(one);
        }
        return JsonSerializer.SerializeToElement(all, Changes.Json);
    }
}
