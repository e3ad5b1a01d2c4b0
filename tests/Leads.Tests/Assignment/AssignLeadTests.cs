using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Leads.Tests.Assignment;

/// <summary>Who gets a new lead.</summary>
public sealed class AssignLeadTests
{
    [Fact]
    public async Task Leads_go_round_and_the_place_is_remembered_however_many_are_entered_at_once()
    {
        var crm = await TestCrm.Tenant();
        Guid[] people = [await crm.User(), await crm.User(), await crm.User()];
        await Rule(crm, new { name = "Round", users = People(people) });

        var first = await crm.Lead(new { lastName = "First" });
        Assert.Equal((people[0], "assigned"), (first["ownerId"].GetGuid(), first.Text("status")));
        Assert.NotNull(first.Text("assignedAt"));
        Assert.Equal(people[1], (await crm.Lead(new { lastName = "Second" }))["ownerId"].GetGuid());
        var others = await Task.WhenAll(Enumerable.Range(0, 31).Select(i => crm.Lead(new { lastName = $"Lead {i}" })));

        var owners = others.Select(o => o["ownerId"].GetGuid()).Concat([people[0], people[1]]).CountBy(o => o).ToDictionary();
        Assert.All(people, p => Assert.Equal(11, owners[p]));
        Assert.Equal(people[0], (await crm.Lead(new { lastName = "Last" }))["ownerId"].GetGuid());
    }

    [Fact]
    public async Task Rules_are_asked_in_order_and_the_first_that_finds_somebody_decides()
    {
        var crm = await TestCrm.Tenant();
        var (ada, bob, gone) = (await crm.User(), await crm.User(), await crm.User("""{ "status": "deactivated" }"""));
        await Rule(crm, new { name = "Everybody", position = 9, users = People(bob) });
        await Rule(crm, new { name = "Nobody there", position = 1, users = People(gone) });
        await Rule(crm, new { name = "Large", position = 5, condition = "employees > 100", users = People(ada) });
        (await crm.Leads().Post("/assignmentRules", new { name = "Nobody" })).Expect(422, "invalid");
        (await crm.Leads().Post("/assignmentRules", new { name = "X", condition = "employes > 1", users = People(ada) })).Expect(422, "invalid");

        Assert.Equal(ada, (await crm.Lead(new { lastName = "Large", employees = 101 }))["ownerId"].GetGuid());
        Assert.Equal(bob, (await crm.Lead(new { lastName = "Small" }))["ownerId"].GetGuid());
        var own = Guid.CreateVersion7();
        Assert.Equal(own, (await crm.Lead(new { lastName = "Owned", ownerId = own }))["ownerId"].GetGuid());
    }

    [Fact]
    public async Task Who_has_the_fewest_open_leads_is_next_also_at_once_and_nobody_gets_more_than_they_can_take()
    {
        var crm = await TestCrm.Tenant();
        Guid[] people = [await crm.User(), await crm.User()];
        await crm.Lead(new { lastName = "Known", ownerId = people[0] });
        var closed = await crm.Lead(new { lastName = "Closed", ownerId = people[1] });
        (await crm.Leads().Post($"/leads/{closed.Id}/disqualify", new { reason = "no budget" })).Expect(200);
        await Rule(crm, new
        {
            name = "Fewest",
            mode = "leastOpen",
            capacity = 6,
            users = new object[] { new { userId = people[0] }, new { userId = people[1], capacity = 8 } },
        });

        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => crm.Lead(new { lastName = $"Lead {i}" })));

        Assert.Equal(5, all.Count(l => l.Text("ownerId") == $"{people[0]}")); // with the one there was, all of six
        Assert.Equal(8, all.Count(l => l.Text("ownerId") == $"{people[1]}"));
        Assert.Equal(7, all.Count(l => l.Text("ownerId") is null && l.Text("status") == "new"));
    }

    [Fact]
    public async Task Who_is_away_or_not_at_work_is_passed_over_and_a_team_is_its_people()
    {
        var crm = await TestCrm.Tenant();
        var (team, today) = (Guid.CreateVersion7(), DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().DateTime));
        string User(object of) => JsonSerializer.Serialize(of);
        await crm.User(User(new { teams = new[] { team }, absentFrom = today.AddDays(-2), absentUntil = today.AddDays(2) }));
        await crm.User(User(new
        {
            teams = new[] { team },
            workingHours = new[] { new { day = $"{today.AddDays(3).DayOfWeek}".ToLowerInvariant(),
            from = "09:00", until = "17:00" } }
        }));
        var ada = await crm.User(User(new { teams = new[] { team }, absentUntil = today.AddDays(-3) }));
        await crm.User(User(new { teams = new[] { Guid.CreateVersion7() } }));
        await Rule(crm, new { name = "Team", toTeamId = team, onlyAtWork = true });

        for (var i = 0; i < 3; i++)
            Assert.Equal(ada, (await crm.Lead(new { lastName = $"Lead {i}" }))["ownerId"].GetGuid());
    }

    [Fact]
    public async Task Scores_decide_who_gets_a_lead_and_imports_are_given_to_people_too()
    {
        var crm = await TestCrm.Tenant();
        var (ada, bob) = (await crm.User(), await crm.User());
        await crm.Given("/scoringRules", new { name = "Large", axis = "fit", condition = "employees > 500", points = 70 });
        await Rule(crm, new { name = "Best", position = 1, condition = "grade = \"A3\"", users = People(ada) });
        await Rule(crm, new { name = "Rest", position = 2, users = People(bob) });

        var import = (await crm.Leads().Post("/leads/imports?name=leads.csv", "lastName,employees\nA,900\nB,9\nC,700\n")).Expect(200);
        (await crm.Leads().Post($"/leads/imports/{import["job"].GetProperty("id").GetGuid()}/start", new { })).Expect(202);

        await TestCrm.Eventually(async () => Assert.Equal(3, (await crm.Leads().Get("/leads?include=total")).Expect(200)["total"].GetInt32()));
        var leads = (await crm.Leads().Get("/leads?sort=lastName")).Expect(200)["items"].EnumerateArray().Select(l => l.GetProperty("ownerId").GetGuid());
        Assert.Equal([ada, bob, ada], leads);
    }

    private static Task<Guid> Rule(TestCrm crm, object rule) => crm.Given("/assignmentRules", rule);

    private static object[] People(params Guid[] users) => [.. users.Select(userId => new { userId })];
}
