using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Roles;

namespace CrmPlatform.Records.Doors;

/// <summary>
/// The newest (or oldest) records of somebody and of their teams, as a page of ids to be joined to the table. Who has many teams probably has some of
/// the newest of all: a few hundred of these are looked at first. Where they do not fill the page, it is put together from the index of each team:
/// only the teams with the newest first record can have any of the newest, and of these none more than a page has. So a page costs little whether the
/// teams have ten records or all of them, and however old theirs are.
/// </summary>
internal sealed record Merged(RecordType Type, Reaching Reach, string Way, int Limit, string Beyond)
{
    private const int LookedAt = 500;

    private string Order => $"order by r.created_at {Way}, r.id {Way} limit";

    /// <summary>Whether those among the newest of all are worth a look.</summary>
    public bool IsBroad => Reach.Standing.Teams.Count > Limit;

    /// <summary>Those among the newest of all: a page of them is the page, fewer may not be.</summary>
    public string AmongNewest => $"""
        (select r.id from (
            select r.id, r.created_at, r.owner_id, r.team_id from {Type.Table} r where r.tenant = $1 and r.deleted_at is null{Beyond} {Order} {LookedAt}) r
         where {Reach.Sql()} {Order} {Limit})
        """;

    /// <summary>The page, whatever it takes.</summary>
    public string OfEachTeam => $"""
        (select id from (
             select own.created_at, own.id from ({Rows($"r.owner_id = {Reaching.Me}")} {Limit}) own
             union
             select found.created_at, found.id from (
                 select t.team from unnest({Reaching.Teams}) t(team), lateral ({Rows("r.team_id = t.team")} 1) first
                 order by first.created_at {Way}, first.id {Way} limit {Limit}) newest,
             lateral ({Rows("r.team_id = newest.team")} {Limit}) found
             order by 1 {Way}, 2 {Way} limit {Limit}) page)
        """;

    private string Rows(string whose) =>
        $"select r.created_at, r.id from {Type.Table} r where r.tenant = $1 and r.deleted_at is null and {whose}{Beyond} {Order}";
}
