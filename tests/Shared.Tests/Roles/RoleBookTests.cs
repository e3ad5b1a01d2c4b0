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

public sealed class RoleBookTests
{
    [Fact]
    public async Task A_cause_without_roles_stands_above_all_of_them()
    {
        var crm = await TestCrm.Tenant();

        Assert.Same(Standing.Everything, await Ask(crm, null));
        Assert.Same(Standing.Everything, await Begin(crm, null).Standing());
    }

    [Fact]
    public async Task Of_no_roles_nothing_follows_and_of_unknown_ones_neither()
    {
        var crm = await TestCrm.Tenant();

        Assert.Equal(Reach.None, (await Ask(crm, [])).Rights.For("contact", Deed.Read));
        Assert.Equal(Reach.None, (await Ask(crm, ["Sales", "nobody"])).Rights.For("contact", Deed.Read));
    }

    [Fact]
    public async Task Ready_made_roles_are_there_from_the_start_and_cost_a_tenant_nothing()
    {
        var (north, south) = (await TestCrm.Tenant(), (await TestCrm.Tenant()).Another());

        var rights = (await Ask(north, ["sales", "readOnly"])).Rights;

        Assert.Equal((Reach.All, Reach.Team), (rights.For("contact", Deed.Read), rights.For("contact", Deed.Update)));
        Assert.Same(rights, (await Ask(south, ["readOnly", "unknown", "sales", "sales"])).Rights);
        Assert.True((await Ask(north, ["sales", "administrator"])).Rights.IsEverything);
    }

    [Fact]
    public async Task Who_acts_and_their_teams_decide_what_is_theirs()
    {
        var crm = await TestCrm.Tenant();
        var (ada, team) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        var standing = await Ask(crm, ["sales"], $"{ada}", team);

        Assert.Equal(ada, standing.Me);
        Assert.Equal([team], standing.Teams);
        Assert.Null((await Ask(crm, ["sales"])).Me);
    }

    [Fact]
    public async Task A_tenants_own_role_counts_before_the_ready_made_one_and_for_that_tenant_alone()
    {
        var crm = await TestCrm.Tenant();
        var role = Guid.CreateVersion7();
        await Tell(crm, role, 1,
            """
            {"name": "sales", "records": [{"record": "contact", "read": "own", "share": "all", "fields": [{"field": "birthday", "right": "hidden"}]}],
             "slices": ["mergeContacts"], "privileges": ["audit"]}
            """);

        var rights = (await Ask(crm, ["sales"])).Rights;

        Assert.Equal((Reach.Own, Reach.None), (rights.For("contact", Deed.Read), rights.For("contact", Deed.Update)));
        Assert.Equal((FieldRight.Hidden, FieldRight.Full), (rights.Field("contact", "birthday"), rights.Field("contact", "lastName")));
        Assert.Equal((true, false, true), (rights.Slice("mergeContacts"), rights.Slice("mergeAccounts"), rights.Has(Privilege.Audit)));
        Assert.Equal(Reach.Team, (await Ask(crm.Another(), ["sales"])).Rights.For("contact", Deed.Read));
    }

    [Fact]
    public async Task A_change_counts_within_moments_and_until_then_the_same_roles_are_the_same_rights()
    {
        var crm = await TestCrm.Tenant();
        var role = Guid.CreateVersion7();
        var clock = new HandClock();
        var book = new RoleBook(crm.Home.Get<NpgsqlDataSource>("contacts"), clock, NullLogger<RoleBook>.Instance);
        async Task<Rights> Clerk() => (await book.Of(Cause(crm, ["clerk"], "ada", []), TestContext.Current.CancellationToken)).Rights;

        await Tell(crm, role, 1, """{"name": "clerk", "records": [{"record": "*", "read": "own"}]}""");
        var before = await Clerk();
        Assert.Equal(Reach.Own, before.For("contact", Deed.Read));
        clock.Advance(TimeSpan.FromSeconds(3)); // it is read again
        Assert.Same(before, await Clerk());

        await Tell(crm, role, 2, """{"name": "clerk", "records": [{"record": "*", "read": "all"}]}""");
        Assert.Same(before, await Clerk());
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(Reach.All, (await Clerk()).For("contact", Deed.Read));

        await Tell(crm, role, 3, """{"name": "clerk", "records": []}""", deleted: true);
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(Reach.None, (await Clerk()).For("contact", Deed.Read));
    }

    [Fact]
    public async Task A_role_that_cannot_be_read_allows_nothing_whatever_it_is_called()
    {
        var crm = await TestCrm.Tenant();
        await Tell(crm, Guid.CreateVersion7(), 1, """{"name": "sales", "records": [{"record": "*", "read": "sometimes"}]}""");

        Assert.Equal(Reach.None, (await Ask(crm, ["sales"])).Rights.For("contact", Deed.Read));
        Assert.Equal(Reach.All, (await Ask(crm, ["sales", "support"])).Rights.For("contact", Deed.Read));
    }

    private static ValueTask<Standing> Ask(TestCrm crm, string[]? roles, string actor = "ada", params Guid[] teams) =>
        crm.Home.Get<RoleBook>("contacts").Of(Cause(crm, roles, actor, teams), TestContext.Current.CancellationToken);

    private static Session Begin(TestCrm crm, string[]? roles) =>
        crm.Home.Get<Sessions>("contacts").Begin(Cause(crm, roles, "ada", []), TestContext.Current.CancellationToken);

    private static Cause Cause(TestCrm crm, string[]? roles, string actor, Guid[] teams) =>
        new(new Actor(ActorKind.User, actor, "Ada"), crm.Id, Guid.CreateVersion7(), null) { Roles = roles, Teams = teams };

    private static Task Tell(TestCrm crm, Guid id, int version, string fields, bool deleted = false) =>
        crm.Told("contacts", "identity.role", id, version, fields, deleted);
}
