using CrmPlatform.Access;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Roles;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Identity.Tests.Roles;

public sealed class RoleTests
{
    [Fact]
    public async Task A_role_is_kept_told_and_has_all_doors_of_a_record()
    {
        var crm = await TestCrm.Tenant();
        await using var bus = await crm.Listen("identity.role.*");
        var roles = crm.Service("identity");

        var made = (await roles.Post("/roles", Clerk())).Expect(201);
        (await roles.Patch($"/roles/{made.Id}", new { title = "Office" })).Expect(200);
        (await roles.Delete($"/roles/{made.Id}")).Expect(204);
        (await roles.Post($"/roles/{made.Id}/restore")).Expect(200);

        Assert.Equal("team", made["records"][0].GetProperty("read").GetString());
        Assert.Equal("none", made["records"][0].GetProperty("delete").GetString());
        Assert.Equal(1, (await roles.Get("/roles?filter=name = 'clerk'&include=total")).Expect(200)["total"].GetInt32());
        Assert.Equal(4, (await roles.Get($"/roles/{made.Id}/history")).Expect(200)["items"].GetArrayLength());
        Assert.Equal(
            ["identity.role.created", "identity.role.updated", "identity.role.deleted", "identity.role.restored"],
            (await bus.Until(4, made.Id)).Select(e => e.Type));
    }

    [Fact]
    public async Task What_was_done_to_a_role_can_be_undone()
    {
        var crm = await TestCrm.Tenant();
        var roles = crm.Service("identity");
        var made = (await roles.Post("/roles", Clerk())).Expect(201);
        var edit = (await roles.Patch($"/roles/{made.Id}", new { records = Array.Empty<object>(), privileges = new[] { "audit" } })).Expect(200);

        (await roles.Post($"/operations/{edit.Operation}/undo")).Expect(200);

        var again = (await roles.Get($"/roles/{made.Id}")).Expect(200);
        Assert.Equal("team", again["records"][0].GetProperty("read").GetString());
        Assert.Empty(again["privileges"].EnumerateArray());
    }

    [Fact]
    public async Task A_name_is_there_once_and_cannot_be_mistaken()
    {
        var crm = await TestCrm.Tenant();
        var roles = crm.Service("identity");
        (await roles.Post("/roles", Clerk())).Expect(201);

        Assert.Contains("name", Fields((await roles.Post("/roles", Clerk())).Expect(409, "duplicate")));
        Assert.Contains("name", Fields((await roles.Post("/roles", Clerk("cLERK"))).Expect(409, "duplicate")));
        Assert.Contains("name", Fields((await roles.Post("/roles", Clerk("Back office"))).Expect(422)));
        Assert.Contains("name", Fields((await roles.Post("/roles", Clerk("administrator"))).Expect(422)));
        var bound = new { name = "administrator", title = "A", networks = new[] { "192.0.2.0/24" } };
        Assert.Contains("name", Fields((await roles.Post("/roles", bound)).Expect(422)));
        Assert.Contains("name", Fields((await roles.Post("/roles", new { name = "Administrator", title = "A", requiresMfa = true })).Expect(422)));
        Assert.Contains("name", Fields((await roles.Post("/roles", Clerk("readonly"))).Expect(422))); // but for the O, it is a ready-made one
        (await roles.Post("/roles", Clerk("sales"))).Expect(201);
        (await crm.Another().Service("identity").Post("/roles", Clerk())).Expect(201);
    }

    [Theory]
    [InlineData("""{"records": [{"record": "contact", "read": "sometimes"}]}""", "records")]
    [InlineData("""{"records": [{"record": "contact", "read": 7}]}""", "records[0].read")]
    [InlineData("""{"records": [{"record": "contact", "reed": "all"}]}""", "records")]
    [InlineData("""{"records": [{"record": "Contact person", "read": "all"}]}""", "records[0].record")]
    [InlineData("""{"records": [{"record": null, "read": "all"}]}""", "records[0].record")]
    [InlineData("""{"records": [{"read": "all"}]}""", "records[0].record")]
    [InlineData("""{"records": [{"record": "contact"}, {"record": "contact"}]}""", "records")]
    [InlineData("""{"records": [{"record": "contact", "fields": [{"field": "birthday", "right": "secret"}]}]}""", "records")]
    [InlineData("""{"records": [{"record": "contact", "fields": [{"field": "birthday", "right": -1}]}]}""", "records[0].fields")]
    [InlineData("""{"records": [{"record": "contact", "fields": [{"field": "birthday"}]}]}""", "records")]
    [InlineData("""{"records": [{"record": "contact", "fields": [{"field": "birth day", "right": "hidden"}]}]}""", "records[0].fields")]
    [InlineData("""{"records": [{"record": "contact", "fields": [null]}]}""", "records[0].fields")]
    [InlineData("""{"records": [{"record": "contact", "fields": null}]}""", "records[0].fields")]
    [InlineData("""{"records": [{"record": "note", "fields": [{"field": "a", "right": "full"}, {"field": "a", "right": "full"}]}]}""", "records[0].fields")]
    [InlineData("""{"records": {"contact": {"read": "all"}}}""", "records")]
    [InlineData("""{"slices": ["merge contacts"]}""", "slices")]
    [InlineData("""{"slices": [""]}""", "slices")]
    [InlineData("""{"privileges": ["everything"]}""", "privileges")]
    [InlineData("""{"title": ""}""", "title")]
    public async Task What_no_service_would_understand_is_refused_and_changes_nothing(string change, string field)
    {
        var crm = await TestCrm.Tenant();
        var roles = crm.Service("identity");
        var made = (await roles.Post("/roles", Clerk())).Expect(201);

        Assert.Contains(field, Fields((await roles.Patch($"/roles/{made.Id}", change)).Expect(422, "invalid")));

        Assert.Equal(1, (await roles.Get($"/roles/{made.Id}")).Expect(200)["version"].GetInt32());
    }

    [Fact]
    public async Task Only_those_who_shape_the_data_model_change_roles()
    {
        var crm = await TestCrm.Tenant();
        var made = (await crm.Service("identity").Post("/roles", Clerk())).Expect(201);
        (await crm.Service("identity").Post("/roles", Clerk("shaper", "dataModel"))).Expect(201);
        Door As(params string[] roles) => crm.Service("identity").WithToken(crm.TokenOf(Guid.CreateVersion7(), roles));

        foreach (var role in ReadyMade.Roles.Keys.Where(r => r != "administrator").Append("clerk"))
        {
            (await As(role).Post("/roles", Clerk("mine", "dataModel"))).Expect(403, "not_allowed");
            Assert.InRange((await As(role).Patch($"/roles/{made.Id}", new { privileges = new[] { "dataModel" } })).Status, 403, 404);
            Assert.InRange((await As(role).Delete($"/roles/{made.Id}")).Status, 403, 404);
        }
        (await As("administrator").Patch($"/roles/{made.Id}", new { title = "Office" })).Expect(200);
        await TestCrm.Eventually(async () => Assert.True((await Standing(crm, "identity", "shaper")).Rights.Has(Privilege.DataModel)));
        (await As("shaper").Post("/roles", Clerk("mine"))).Expect(201);
    }

    [Fact]
    public async Task A_role_changed_here_decides_otherwise_everywhere()
    {
        var crm = await TestCrm.Tenant();
        var roles = crm.Service("identity");
        var made = (await roles.Post("/roles", Clerk())).Expect(201);

        await TestCrm.Eventually(async () => Assert.Equal(Reach.Team, (await Standing(crm, "contacts", "clerk")).Rights.For("contact", Deed.Read)));
        (await roles.Patch($"/roles/{made.Id}", new { records = new[] { new { record = "contact", read = "all" } } })).Expect(200);
        await TestCrm.Eventually(async () => Assert.Equal(Reach.All, (await Standing(crm, "contacts", "clerk")).Rights.For("contact", Deed.Read)));
        (await roles.Delete($"/roles/{made.Id}")).Expect(204);
        await TestCrm.Eventually(async () => Assert.Equal(Reach.None, (await Standing(crm, "contacts", "clerk")).Rights.For("contact", Deed.Read)));
        (await roles.Post($"/roles/{made.Id}/restore")).Expect(200);
        await TestCrm.Eventually(async () => Assert.Equal(Reach.All, (await Standing(crm, "contacts", "clerk")).Rights.For("contact", Deed.Read)));
    }

    private static IEnumerable<string> Fields(Reply refusal) => refusal["errors"].EnumerateObject().Select(e => e.Name);

    private static object Clerk(string name = "clerk", params string[] privileges) => new
    {
        name,
        title = "Clerk",
        records = new[] { new { record = "*", create = "own", read = "team", update = "own" } },
        privileges,
    };

    private static ValueTask<Standing> Standing(TestCrm crm, string service, params string[] roles) => crm.Home.Get<RoleBook>(service).Of(
        new Cause(new Actor(ActorKind.User, "ada", "Ada"), crm.Id, Guid.CreateVersion7(), null) { Roles = roles },
        TestContext.Current.CancellationToken);
}
