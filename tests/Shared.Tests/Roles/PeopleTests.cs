using CrmPlatform.Access;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Roles;
using CrmPlatform.Shared.Tests.Access;
using CrmPlatform.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace CrmPlatform.Shared.Tests.Roles;

/// <summary>What identity tells of users and teams decides in every service, from copies as the bus leaves them.</summary>
public sealed class PeopleTests
{
    private static readonly Guid Ada = Guid.CreateVersion7();

    [Fact]
    public async Task What_has_been_told_of_a_user_since_counts_before_their_token()
    {
        var crm = await TestCrm.Tenant();
        var (old, team) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Assert.Equal(Reach.Team, (await Ask(crm, 3, ["sales"], old)).Rights.For("contact", Deed.Read)); // nothing is known of her
        await Told(crm, "user", Ada, 4, $$"""{"status": "active", "roles": ["readOnly"], "teams": ["{{team}}"]}""");

        await TestCrm.Eventually(async () => Assert.Equal(Reach.All, (await Ask(crm, 4, ["sales"], old)).Rights.For("contact", Deed.Read)));

        Assert.Equal([team], (await Ask(crm, 4, ["sales"], old)).Teams);
        Assert.Equal(Reach.All, (await Ask(crm, 3, ["sales"], old)).Rights.For("contact", Deed.Read));
        var ahead = await Ask(crm, 5, ["sales"], old); // her token says what has not arrived here yet
        Assert.Equal((Reach.Team, Reach.Team, old), (ahead.Rights.For("contact", Deed.Read), ahead.Rights.For("contact", Deed.Update), ahead.Teams[0]));
        Assert.Equal(Reach.All, (await Ask(crm, 4, null)).Rights.For("contact", Deed.Read)); // a token without roles does not make her more
        Assert.Equal(Reach.None, (await Ask(crm, 4, null)).Rights.For("contact", Deed.Update));
        Assert.Same(Standing.Everything, await Ask(crm, null, null)); // the platform reacting to what she did
        Assert.Equal(Reach.Team, (await Ask(crm.Another(), 4, ["sales"], old)).Rights.For("contact", Deed.Read));
    }

    [Theory]
    [InlineData("deactivated", false)]
    [InlineData("invited", false)]
    [InlineData("active", true)]
    public async Task Whoever_is_not_active_does_nothing(string status, bool deleted)
    {
        var crm = await TestCrm.Tenant();
        await Told(crm, "user", Ada, 2, $$"""{"status": "{{status}}", "roles": ["administrator"]}""", deleted);

        Assert.Equal((401, "token_revoked"), await Refused(async () => await Ask(crm, 2, ["administrator"])));
        Assert.True((await Ask(crm, 3, ["administrator"])).Rights.IsEverything); // and is active again, as her token knows
    }

    [Fact]
    public async Task Teams_count_with_all_below_them_the_main_one_first()
    {
        var crm = await TestCrm.Tenant();
        Guid Id() => Guid.CreateVersion7();
        var (north, sea, port, south, stray) = (Id(), Id(), Id(), Id(), Id());
        await Told(crm, "team", north, 1, """{"name": "North"}""");
        await Told(crm, "team", sea, 1, $$"""{"name": "Sea", "parentId": "{{north}}"}""");
        await Told(crm, "team", port, 1, $$"""{"name": "Port", "parentId": "{{sea}}"}""");
        await Told(crm, "team", south, 1, """{"name": "South", "parentId": null}""");
        await Told(crm, "team", stray, 1, $$"""{"name": "Stray", "parentId": "{{stray}}"}"""); // no copy is trusted to be a tree

        Assert.Equal([north, sea, port], (await Ask(crm, 0, ["sales"], north)).Teams);
        Assert.Equal([port, south, sea], (await Ask(crm, 0, ["sales"], port, south, sea)).Teams);
        Assert.Equal([stray], (await Ask(crm, 0, ["sales"], stray)).Teams);
        var unknown = Id();
        Assert.Equal([unknown], (await Ask(crm, 0, ["sales"], unknown)).Teams);
    }

    [Fact]
    public async Task A_team_that_moves_counts_within_moments_and_until_then_nothing_is_asked_again()
    {
        var crm = await TestCrm.Tenant();
        var (north, sea) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Told(crm, "team", north, 1, "{}");
        await Told(crm, "team", sea, 1, $$"""{"parentId": "{{north}}"}""");
        var clock = new HandClock();
        var book = new RoleBook(crm.Home.Get<NpgsqlDataSource>("contacts"), clock, NullLogger<RoleBook>.Instance);
        async Task<TeamSet> Teams() => (await book.Of(Cause(crm, 0, ["sales"], north), TestContext.Current.CancellationToken)).Teams;

        var before = await Teams();
        Assert.Equal(2, before.Count);
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Same(before, await Teams());
        await Told(crm, "team", sea, 2, """{"parentId": null}""");
        Assert.Same(before, await Teams());
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal([north], await Teams());
    }

    [Fact]
    public async Task What_is_entered_for_somebody_belongs_to_their_main_team()
    {
        var crm = await TestCrm.Tenant();
        var (bob, first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await Told(crm, "user", bob, 1, $$"""{"status": "active", "roles": [], "teams": ["{{first}}", "{{second}}"]}""");

        var given = (await crm.Contacts.Post("/contacts", new { lastName = "A", ownerId = bob })).Expect(201);
        Assert.Equal(first, given["teamId"].GetGuid());
        var other = (await crm.Contacts.Post("/contacts", new { lastName = "B", ownerId = bob, teamId = second })).Expect(201);
        Assert.Equal(second, other["teamId"].GetGuid());
        var later = (await crm.Contacts.Post("/contacts", new { lastName = "C" })).Expect(201);
        var handed = (await crm.Contacts.Patch($"/contacts/{later.Id}", new { ownerId = bob })).Expect(200);
        Assert.Equal(first, handed["teamId"].GetGuid());
        (await crm.Contacts.Post($"/operations/{handed.Operation}/undo")).Expect(200);
        Assert.Equal("null", (await crm.Contacts.Get($"/contacts/{later.Id}")).Expect(200)["teamId"].GetRawText());
    }

    private static ValueTask<Standing> Ask(TestCrm crm, int? version, string[]? roles, params Guid[] teams) =>
        crm.Home.Get<RoleBook>("contacts").Of(Cause(crm, version, roles, teams), TestContext.Current.CancellationToken);

    private static Cause Cause(TestCrm crm, int? version, string[]? roles, params Guid[] teams) =>
        new(new Actor(ActorKind.User, $"{Ada}", "Ada"), crm.Id, Guid.CreateVersion7(), null) { Roles = roles, Teams = teams, UserVersion = version };

    private static async Task<(int, string)> Refused(Func<Task> deed) =>
        await Record.ExceptionAsync(deed) is Refusal refusal ? (refusal.Status, refusal.Code) : default;

    // What the intake leaves when identity has told of a record.
    private static Task Told(TestCrm crm, string record, Guid id, int version, string fields, bool deleted = false) =>
        crm.Told("contacts", $"identity.{record}", id, version, fields, deleted);
}
