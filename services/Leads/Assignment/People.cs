using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Journal;
using CrmPlatform.Records.Calendars;

namespace CrmPlatform.Leads.Assignment;

/// <summary>Who can be given work now, as identity has told of them.</summary>
internal static class People
{
    /// <summary>Those of some people who are with the company and not away, in their order; on demand only those who are at work.</summary>
    public static async Task<IReadOnlyList<Guid>> Present(Session session, IReadOnlyList<Guid> users, bool onlyAtWork)
    {
        var known = (await session.Query<Row>(
            "select id, deleted, fields::text as fields from copy where tenant = @tenant and record = 'identity.user' and id = any(@users)",
            new { users = users.ToArray() })).ToDictionary(r => r.Id);
        return [.. users.Where(u => !known.TryGetValue(u, out var row) || IsPresent(row, session.Now, onlyAtWork))];
    }

    /// <summary>The people of a team, the one who came first at the head.</summary>
    public static Task<List<Guid>> OfTeam(Session session, Guid team) => session.Query<Guid>(
        "select id from copy where tenant = @tenant and record = 'identity.user' and not deleted and fields -> 'teams' ? @team order by id",
        new { team = team.ToString() });

    private static bool IsPresent(Row row, DateTimeOffset now, bool onlyAtWork)
    {
        var user = JsonSerializer.Deserialize<User>(row.Fields, Changes.Json)!;
        if (row.Deleted || user.Status is not (null or "active"))
            return false;
        var zone = user.TimeZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found) ? found : TimeZoneInfo.Utc;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var isAway = (user.AbsentFrom is not null || user.AbsentUntil is not null)
            && (user.AbsentFrom is null || user.AbsentFrom <= today) && (user.AbsentUntil is null || user.AbsentUntil >= today);
        return !isAway && (!onlyAtWork || new WorkingCalendar(user.WorkingHours ?? [], zone, new HashSet<DateOnly>()).Includes(now));
    }

    private sealed record User(
        string? Status, string? TimeZone, DateOnly? AbsentFrom, DateOnly? AbsentUntil, IReadOnlyList<WorkingHours>? WorkingHours);

    private sealed record Row
    {
        public required Guid Id { get; init; }

        public required bool Deleted { get; init; }

        public required string Fields { get; init; }
    }
}
