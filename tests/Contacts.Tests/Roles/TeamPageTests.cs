using CrmPlatform.Testing;
using Xunit;
using static CrmPlatform.Contacts.Tests.Roles.People;

namespace CrmPlatform.Contacts.Tests.Roles;

/// <summary>Pages of who sees what their teams have are the same records in the same order as all records are, but for those they do not see.</summary>
public sealed class TeamPageTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(12)] // more teams than a page has records: the newest of all are looked at first
    public async Task Pages_go_through_what_is_ones_own_and_ones_teams_once_and_in_order(int count)
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("clerk", [Everywhere("team")]);
        var teams = Enumerable.Range(0, 14).Select(_ => Guid.CreateVersion7()).ToArray();
        var boss = Guid.CreateVersion7(); // whose team is above the first of the others
        foreach (var team in teams.Take(count))
            await crm.Told("contacts", "identity.team", team, 1, $$"""{"parentId": "{{boss}}"}""");
        var ada = crm.Person("clerk", boss);
        var (mine, seen) = (teams.Take(count).ToHashSet(), new List<Guid>());
        for (var n = 0; n < 40; n++)
        {
            var (owner, team) = (n % 5 == 0 ? ada.Id : (Guid?)null, n % 7 == 0 ? null : (Guid?)teams[n * 11 % 14]);
            var made = await crm.Given("contacts", new { lastName = $"N{n}", ownerId = owner, teamId = team });
            if (n % 13 == 12)
                (await crm.Contacts.Delete($"/contacts/{made}")).Expect(204);
            else if (owner is not null || mine.Contains(team ?? Guid.Empty))
                seen.Add(made);
        }

        Assert.Equal(Enumerable.Reverse(seen), await Pages(ada.Contacts, "-createdAt"));
        Assert.Equal(seen, await Pages(ada.Contacts, "createdAt"));
        Assert.Equal(seen.Count, (await ada.Contacts.Get("/contacts?limit=1&include=total")).Expect(200)["total"].GetInt32());
    }

    private static async Task<List<Guid>> Pages(Door door, string sort)
    {
        var (ids, cursor) = (new List<Guid>(), "");
        do
        {
            var page = (await door.Get($"/contacts?limit=5&sort={sort}{cursor}")).Expect(200);
            ids.AddRange(page["items"].EnumerateArray().Select(c => c.GetProperty("id").GetGuid()));
            cursor = page["nextCursor"].GetString() is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0 && ids.Count < 100);
        return ids;
    }
}
