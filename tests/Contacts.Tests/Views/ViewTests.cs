using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Views;

/// <summary>Saved views: kept, shared, applied, counted.</summary>
public sealed class ViewTests
{
    [Fact]
    public async Task A_view_is_kept_in_canonical_form_and_applied_to_the_list()
    {
        var crm = await TestCrm.Tenant();
        await People(crm, "Ada", "Grace", "Alan");

        var view = (await crm.Contacts.Post("/contacts/views", new
        {
            name = "A",
            filter = "  firstName  ~ 'A*'   AND lastName is not null",
            sort = " firstName",
            columns = new[] { "firstName", "createdAt" },
            icon = "star",
        })).Expect(201);

        Assert.Equal("firstName ~ \"A*\" and lastName is not null", view["filter"].GetString());
        Assert.Equal(("firstName", "private", "contact"), (view["sort"].GetString(), view["scope"].GetString(), view["record"].GetString()));
        Assert.Equal(["Ada", "Alan"], Names(await crm.Contacts.Get($"/contacts?view={view.Id}")));
        Assert.Equal(["Alan"], Names(await crm.Contacts.Get($"/contacts?view={view.Id}&filter=firstName = 'Alan' or firstName = 'Grace'")));
        Assert.Equal(["Alan", "Ada"], Names(await crm.Contacts.Get($"/contacts?view={view.Id}&sort=-firstName")));
    }

    [Fact]
    public async Task Pages_of_a_view_lead_on()
    {
        var crm = await TestCrm.Tenant();
        await People(crm, "Ada", "Alan", "Agnes", "Grace");
        var view = (await crm.Contacts.Post("/contacts/views", new { name = "A", filter = "firstName ~ 'A*'", sort = "-firstName" })).Expect(201).Id;

        var first = (await crm.Contacts.Get($"/contacts?view={view}&limit=2&include=total")).Expect(200);
        var second = (await crm.Contacts.Get($"/contacts?view={view}&limit=2&cursor={first["nextCursor"]}")).Expect(200);

        Assert.Equal(3, first["total"].GetInt32());
        Assert.Equal(["Alan", "Agnes", "Ada"], Names(first).Concat(Names(second)));
    }

    [Theory]
    [InlineData("""{"filter":"lastNme = 'x'"}""", "filter")]
    [InlineData("""{"filter":"lastName ="}""", "filter")]
    [InlineData("""{"sort":"tags"}""", "sort")]
    [InlineData("""{"columns":["lastNme"]}""", "columns")]
    [InlineData("""{"columns":["custom.none"]}""", "columns")]
    [InlineData("""{"scope":"world"}""", "scope")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"person":"grace"}""", "person")]
    public async Task What_cannot_be_applied_is_not_saved(string part, string wrong)
    {
        var crm = await TestCrm.Tenant();
        var name = part.Contains("\"name\"", StringComparison.Ordinal) ? "" : "\"name\":\"V\",";

        var refused = (await crm.Contacts.Post("/contacts/views", $"{{{name}{part[1..]}")).Expect(422, "invalid");

        Assert.True(refused["errors"].TryGetProperty(wrong, out _));
        Assert.Empty((await crm.Contacts.Get("/contacts/views")).Expect(200)["items"].EnumerateArray());
    }

    [Theory]
    [InlineData("private", false)]
    [InlineData("team", false)]
    [InlineData("public", true)]
    public async Task Others_see_what_is_for_all_and_only_its_keeper_decides_who_sees_it(string scope, bool visible)
    {
        var crm = await TestCrm.Tenant();
        await People(crm, "Ada");
        var view = (await crm.Contacts.Post("/contacts/views", new { name = "Mine", scope, filter = "firstName = 'Ada'" })).Expect(201).Id;
        var other = crm.Contacts.WithToken(crm.Home.Token(crm.Id, "grace \"the\" \\admiral", "crm.read", "crm.write"));
        var status = visible ? 200 : 404;

        Assert.Equal(visible ? 1 : 0, (await other.Get("/contacts/views?include=total")).Expect(200)["total"].GetInt32());
        (await other.Get($"/contacts/views/{view}")).Expect(status);
        (await other.Get($"/contacts/views/{view}/history")).Expect(status);
        (await other.Get($"/contacts/views/{view}?asOf=2100-01-01T00:00:00Z")).Expect(status);
        (await other.Get($"/contacts?view={view}")).Expect(status);
        (await other.Patch($"/contacts/views/{view}", new { name = "Ours" })).Expect(status);
        (await other.Patch($"/contacts/views/{view}", new { scope = scope == "private" ? "public" : "private" })).Expect(visible ? 403 : 404);
        (await other.Delete($"/contacts/views/{view}")).Expect(visible ? 204 : 404);
        (await other.Post($"/contacts/views/{view}/restore")).Expect(status);
    }

    [Fact]
    public async Task Views_of_another_tenant_and_of_another_record_type_do_not_exist()
    {
        var theirs = await TestCrm.Tenant();
        var view = (await theirs.Contacts.Post("/contacts/views", new { name = "Theirs", scope = "public" })).Expect(201).Id;
        var crm = theirs.Another();

        (await crm.Contacts.Get($"/contacts/views/{view}")).Expect(404);
        (await crm.Contacts.Get($"/contacts?view={view}")).Expect(404);
        (await crm.Contacts.Delete($"/contacts/views/{view}")).Expect(404);
        Assert.Empty((await crm.Contacts.Get("/contacts/views")).Expect(200)["items"].EnumerateArray());
        (await theirs.Contacts.Get($"/accounts/views/{view}")).Expect(404);
        (await theirs.Contacts.Get($"/accounts?view={view}")).Expect(404);
        (await theirs.Contacts.Get($"/contacts/fields?view={view}")).Expect(404);
    }

    [Fact]
    public async Task Counts_come_with_the_list_of_views()
    {
        var crm = await TestCrm.Tenant();
        await People(crm, "Ada", "Grace", "Alan");
        (await crm.Contacts.Post("/contacts/views", new { name = "All", position = 1 })).Expect(201);
        (await crm.Contacts.Post("/contacts/views", new { name = "A", position = 2, filter = "firstName ~ 'A*'" })).Expect(201);

        var counted = (await crm.Contacts.Get("/contacts/views?include=counts")).Expect(200)["items"];

        Assert.Equal([3, 2], counted.EnumerateArray().Select(v => v.GetProperty("count").GetInt32()));
        Assert.False((await crm.Contacts.Get("/contacts/views")).Expect(200)["items"][0].TryGetProperty("count", out _));
        (await crm.Contacts.Get("/contacts?include=counts")).Expect(422);
    }

    [Fact]
    public async Task A_view_that_no_longer_fits_says_so_and_disturbs_no_other()
    {
        var crm = await TestCrm.Tenant();
        var size = (await crm.Contacts.Post("/contacts/fields", new { name = "size", label = "Size", kind = "number" })).Expect(201).Id;
        var view = (await crm.Contacts.Post(
            "/contacts/views", new { name = "Big", position = 1, filter = "custom.size > 5", columns = new[] { "custom.size" } })).Expect(201).Id;
        (await crm.Contacts.Post("/contacts/views", new { name = "Fine", position = 2 })).Expect(201);

        (await crm.Contacts.Patch($"/contacts/fields/{size}", new { retired = true })).Expect(200);
        Assert.Equal("custom.size is retired.", (await crm.Contacts.Get($"/contacts/views/{view}")).Expect(200)["problems"][0].GetString());
        (await crm.Contacts.Get($"/contacts?view={view}")).Expect(200);

        (await crm.Contacts.Delete($"/contacts/fields/{size}")).Expect(204);
        var views = (await crm.Contacts.Get("/contacts/views?include=counts")).Expect(200)["items"];
        Assert.Contains("size", views[0].GetProperty("problems")[0].GetString(), StringComparison.Ordinal);
        Assert.False(views[0].TryGetProperty("count", out _));
        Assert.False(views[1].TryGetProperty("problems", out _));
        var refused = (await crm.Contacts.Get($"/contacts?view={view}")).Expect(422, "invalid");
        Assert.True(refused["errors"].TryGetProperty("view", out _));
        (await crm.Contacts.Patch($"/contacts/views/{view}", new { name = "Still mine" })).Expect(200);
    }

    [Fact]
    public async Task One_view_is_the_one_to_begin_with_and_that_can_be_undone()
    {
        var crm = await TestCrm.Tenant();
        var first = (await crm.Contacts.Post("/contacts/views", new { name = "First", @default = true })).Expect(201).Id;
        var forAll = (await crm.Contacts.Post("/contacts/views", new { name = "For all", @default = true, scope = "public" })).Expect(201).Id;
        var second = (await crm.Contacts.Post("/contacts/views", new { name = "Second" })).Expect(201).Id;

        var changed = (await crm.Contacts.Patch($"/contacts/views/{second}", new { @default = true })).Expect(200);
        Assert.Equal([forAll, second], await Defaults());

        (await crm.Contacts.Post($"/operations/{changed.Operation}/undo")).Expect(200);
        Assert.Equal([first, forAll], await Defaults());

        async Task<IEnumerable<Guid>> Defaults() => (await crm.Contacts.Get("/contacts/views?filter=default&sort=createdAt")).Expect(200)["items"]
            .EnumerateArray().Select(v => v.GetProperty("id").GetGuid());
    }

    private static async Task People(TestCrm crm, params string[] names)
    {
        foreach (var name in names)
            (await crm.Contacts.Post("/contacts", new { firstName = name, lastName = "X" })).Expect(201);
    }

    private static IEnumerable<string?> Names(Reply page) =>
        page.Expect(200)["items"].EnumerateArray().Select(c => c.GetProperty("firstName").GetString());
}
