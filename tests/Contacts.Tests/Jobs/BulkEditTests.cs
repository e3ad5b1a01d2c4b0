using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Jobs;

public sealed class BulkEditTests
{
    [Fact]
    public async Task All_records_of_a_filter_are_changed_and_only_those_and_can_be_undone_exactly()
    {
        var crm = await TestCrm.Tenant();
        await crm.Enter(
            2500, n => new { name = $"Company {n}", industry = n % 2 == 0 ? "Food" : "Steel", employees = n, tags = new[] { "old", $"{n % 7}" } });
        var before = await crm.Everything();
        var asked = new
        {
            filter = "industry = \"Food\"",
            set = new { industry = "Agriculture", employees = (int?)null },
            addTags = new[] { "moved" },
            removeTags = new[] { "old" },
        };

        Assert.Equal(1250, (await crm.Contacts.Post("/accounts/bulk-edit", new { asked.filter, asked.set, dryRun = true })).Expect(200)["count"].GetInt64());
        Assert.Equal(before, await crm.Everything());
        var job = await crm.Ended(await crm.Contacts.Post("/accounts/bulk-edit", asked));

        Assert.Equal([1250L, 1250L, 1250L, 0L], ((string[])["total", "done", "changed", "failed"]).Select(name => job[name].GetInt64()));
        Assert.Equal(0, await crm.Count("industry = \"Food\""));
        Assert.Equal(1250, await crm.Count("industry = \"Agriculture\" and employees is null and tags has \"moved\" and not (tags has \"old\")"));
        Assert.Equal(1250, await crm.Count("industry = \"Steel\" and tags has \"old\" and version = 1"));
        var one = (await crm.Contacts.Get("/accounts?limit=1&filter=industry = 'Agriculture'")).Expect(200)["items"][0];
        Assert.Equal("bulk-edit", one.GetProperty("updatedBy").GetProperty("door").GetString());

        var undone = (await crm.Contacts.Post($"/operations/{job["operation"].GetGuid()}/undo")).Expect(200);
        Assert.Equal(1250, undone["records"].GetInt32());
        Assert.Equal(before, await crm.Everything());
    }

    [Fact]
    public async Task Records_go_to_the_trash_and_come_back_by_their_ids()
    {
        var crm = await TestCrm.Tenant();
        var ids = await crm.Enter(30, n => new { name = $"Company {n}" });

        await crm.Ended(await crm.Contacts.Post("/accounts/bulk-edit", new { ids = ids.Take(20), delete = true }));
        Assert.Equal(10, await crm.Count(""));
        await crm.Ended(await crm.Contacts.Post("/accounts/bulk-edit", new { filter = "", restore = true }));
        Assert.Equal(30, await crm.Count(""));
    }

    [Fact]
    public async Task Records_that_refuse_are_named_and_the_others_are_changed()
    {
        var crm = await TestCrm.Tenant();
        await crm.Enter(20, n => new { name = $"Company {n}", tags = Enumerable.Range(0, n == 7 ? 100 : 3).Select(t => $"{t}") });

        var job = await crm.Ended(await crm.Contacts.Post("/accounts/bulk-edit", new { filter = "", addTags = new[] { "one more" } }));

        Assert.Equal([20L, 19L, 1L], ((string[])["done", "changed", "failed"]).Select(name => job[name].GetInt64()));
        var error = Assert.Single(job["errors"].EnumerateArray());
        Assert.Equal("invalid", error.GetProperty("problem").GetProperty("code").GetString());
        Assert.True(error.GetProperty("problem").GetProperty("errors").TryGetProperty("tags", out _));
        Assert.Equal(19, await crm.Count("tags has \"one more\""));
    }

    [Theory]
    [InlineData("""{"filter":"","set":{"name":""}}""", "invalid", "name")]
    [InlineData("""{"filter":"","set":{"name":null}}""", "invalid", "name")]
    [InlineData("""{"filter":"","set":{"employees":-1}}""", "invalid", "employees")]
    [InlineData("""{"filter":"","set":{"employees":"many"}}""", "invalid", "employees")]
    [InlineData("""{"filter":"","set":{"shoeSize":43}}""", "invalid", "shoeSize")]
    [InlineData("""{"filter":"","set":{"custom":{"size":"XL"}}}""", "invalid", "custom.size")]
    [InlineData("""{"filter":"","addTags":[" "]}""", "invalid", "tags")]
    [InlineData("""{"filter":"shoeSize = 43","delete":true}""", "invalid", "filter")]
    [InlineData("""{"set":{"name":"All?"}}""", "invalid", "filter")]
    [InlineData("""{"filter":"","delete":true,"restore":true}""", "invalid", "set")]
    [InlineData("""{"filter":""}""", "invalid", "set")]
    public async Task What_no_record_could_take_is_refused_before_there_is_a_job(string request, string code, string field)
    {
        var crm = await TestCrm.Tenant();

        var refused = (await crm.Contacts.Post("/accounts/bulk-edit", request)).Expect(422, code);

        Assert.True(refused["errors"].TryGetProperty(field, out _), refused.Text);
        Assert.Equal(0, (await crm.Contacts.Get("/accounts/jobs")).Expect(200)["items"].GetArrayLength());
    }

    [Fact]
    public async Task A_reference_to_nothing_is_refused_before_there_is_a_job()
    {
        var crm = await TestCrm.Tenant();
        var theirs = (await crm.Another().Contacts.Post("/accounts", new { name = "Theirs" })).Expect(201).Id;

        var refused = (await crm.Contacts.Post("/contacts/bulk-edit", new { filter = "", set = new { accountId = theirs } })).Expect(422, "invalid_reference");

        Assert.True(refused["errors"].TryGetProperty("accountId", out _));
    }
}
