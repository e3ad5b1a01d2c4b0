using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Records.Jobs;

namespace CrmPlatform.Records.Doors;

/// <summary>
/// Records by what other systems call them. One that is not there is entered, one that is there is changed, and whoever does it at the same time, there
/// is one: the database lets nobody else have the name, and who comes second finds the record of the first.
/// </summary>
internal static class ExternalNames
{
    /// <summary>The field that has them.</summary>
    public const string Field = "externalIds";

    private const int LongestSystem = 50;
    private const int LongestId = 200;
    private const int Shelves = 64;

    /// <summary>Which records other systems call so, whoever asks.</summary>
    public static async Task<Dictionary<ExternalId, Guid>> Find(Session session, RecordType type, IReadOnlyCollection<ExternalId> names) =>
        names.Count == 0 ? [] : (await session.ById(
            """
            select e.system, e.id, e.record_id from unnest($3, $4) n (system, id)
            join external_id e on e.tenant = $1 and e.record = $2 and e.system = n.system and e.id = n.id
            """,
            row => (Name: new ExternalId(row.GetString(0), row.GetString(1)), Id: row.GetGuid(2)),
            session.Cause.Tenant, type.Table, names.Select(n => n.System).ToArray(), names.Select(n => n.Id).ToArray()))
        .DistinctBy(f => f.Name).ToDictionary(f => f.Name, f => f.Id);

    /// <summary>
    /// Waits for others who put many with these names, and lets them wait: in whatever order each names them, they do not meet. Names share a few shelves, so
    /// that a thousand do not take a thousand locks.
    /// </summary>
    public static Task Hold(Session session, RecordType type, IReadOnlyCollection<ExternalId> names) =>
        session.Hold(names.Select(n => $"external {type.Table} {n.Id.Aggregate(0u, (sum, c) => (sum * 31) + c) % Shelves}").Distinct());

    /// <summary>A name as it can be kept; refused where no record can have it, or the caller knows of no names, or of no records.</summary>
    public static async ValueTask<ExternalId> Checked<T>(Session session, ExternalId? name, Deed deed)
        where T : Record
    {
        var type = session.TypeOf<T>();
        if ((await session.Reach(type, Deed.Read)).Reach == Reach.None && (await session.Reach(type, deed)).Reach == Reach.None)
            throw deed == Deed.Read ? NotThere(type, name) : session.Denied(type, deed); // said before anything of the type's fields is
        if (!(await session.Sight(type)).Shows(Field))
            throw Refusal.Invalid(Field, $"A {type.Name} has no field {Field} that can be changed.");
        return name switch
        {
            { System.Length: > 0 and <= LongestSystem, Id.Length: > 0 and <= LongestId } when !name.Id.Contains('\0') && !name.System.Contains('\0') => name,
            null => throw Refusal.Invalid("external", "Which record? The operation has no external id: a system and an id."),
            _ => throw Refusal.Invalid("external", $"A system has 1 to {LongestSystem} characters, its id 1 to {LongestId}."),
        };
    }

    /// <summary>There is no such record, or the caller does not see it.</summary>
    public static Refusal NotThere(RecordType type, ExternalId? name) =>
        new(404, "not_found", $"There is no {type.Name} that {name?.System} calls {name?.Id}.");

    /// <summary>Enters a record or changes the one that is called so; says which of the two it did.</summary>
    public static async Task<(T Record, bool IsNew)> Put<T>(Session session, Held held, ExternalId name, Dictionary<string, JsonElement> sent, string? ifMatch)
        where T : Record
    {
        var type = session.TypeOf<T>();
        if (await held.Find(type, name) is T there && await Sees(session, there))
        {
            await session.Allow(there, Deed.Update);
            IfMatch.Check(ifMatch, there);
            return (held.Now(await session.Edit(there, With(await Edit.Checked(session, there, sent), name, there.ExternalIds))), false);
        }
        if (ifMatch is not null)
            throw new Refusal(412, "stale", $"There is no {type.Name} that is called so by now.");
        sent.Remove(Edit.Base);
        return (held.Now(await session.Create<T>(With(sent, name, []))), true); // one that the caller does not see has the name: refused as for everybody
    }

    /// <summary>Whether it was refused because somebody has just entered a record of that name, which now can be found.</summary>
    public static bool IsOvertaken(Refusal refusal) => refusal.IsTaken(Field);

    private static async Task<bool> Sees(Session session, Record record) =>
        (await session.Reach(session.TypeOf(record), Deed.Read)).Includes(record);

    // What is sent of names is said of all of them; the one by which the record was asked for is never lost by it.
    private static Dictionary<string, JsonElement> With(IReadOnlyDictionary<string, JsonElement> sent, ExternalId name, IReadOnlyList<ExternalId> has)
    {
        var fields = sent.ToDictionary();
        var isSent = fields.TryGetValue(Field, out var given);
        if (!isSent && has.Contains(name) || isSent && given.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null))
            return fields; // as it is, or something of which the validator says what is wrong with it
        JsonElement[] others = given.ValueKind == JsonValueKind.Array ? [.. given.EnumerateArray()] : [];
        var mine = JsonSerializer.SerializeToElement(name, Changes.Json);
        if (!others.Any(other => JsonElement.DeepEquals(other, mine)))
            fields[Field] = JsonSerializer.SerializeToElement<JsonElement[]>([.. others, mine]);
        return fields;
    }
}
