using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Jobs;

/// <summary>How rows find the records they are about.</summary>
public sealed class ImportMatchTests
{
    private static readonly object ByErp = new { mapping = new { erp = "externalIds.erp", name = "name" }, match = "externalIds.erp", mode = "both" };

    [Fact]
    public async Task Rows_find_their_records_by_what_another_system_calls_them()
    {
        var crm = await TestCrm.Tenant();
        var known = (await crm.Contacts.Post(
            "/accounts", new { name = "Old", externalIds = new[] { new { system = "erp", id = "007" }, new { system = "shop", id = "x" } } })).Expect(201).Id;

        var job = await crm.Import("erp,name\n007,New\n0080,Other\n0080,Other again\nA1,Letters\na1,Other letters\n", ByErp);
        var again = await crm.Import("erp,name\n007,Newest\n0080,Last\n", ByErp);

        Assert.Equal((5, 0), (job["changed"].GetInt64(), job["failed"].GetInt64()));
        Assert.Equal((2, 0), (again["changed"].GetInt64(), again["failed"].GetInt64()));
        var account = (await crm.Contacts.Get($"/accounts/{known}")).Expect(200);
        Assert.Equal("Newest", account["name"].GetString());
        Assert.Equal(["shop x", "erp 007"], account["externalIds"].EnumerateArray()
            .Select(e => $"{e.GetProperty("system").GetString()} {e.GetProperty("id").GetString()}"));
        Assert.Equal(["Last", "Letters", "Newest", "Other letters"], await Names(crm));
        (await crm.Contacts.Post($"/operations/{job["operation"].GetGuid()}/undo", new { keepChanged = true })).Expect(200);
    }

    [Fact]
    public async Task Of_several_ways_to_find_a_record_the_first_that_does_counts()
    {
        var crm = await TestCrm.Tenant();
        await crm.Contacts.Post("/accounts", new { name = "By number", domain = "one.example", externalIds = new[] { new { system = "erp", id = "1" } } });
        await crm.Contacts.Post("/accounts", new { name = "By domain", domain = "two.example" });

        var job = await crm.Import(
            "erp,domain,name\n1,two.example,First\n,two.example,Second\n3,three.example,Third\n3,,Fourth\n",
            new
            {
                mapping = new { erp = "externalIds.erp", domain = "domain", name = "name" },
                match = "externalIds.erp, domain",
                mode = "both",
                onlyIfEmpty = new[] { "domain" }
            });

        Assert.Equal((4, 0), (job["changed"].GetInt64(), job["failed"].GetInt64()));
        Assert.Equal(["First", "Fourth", "Second"], await Names(crm));
        Assert.Equal(1, await crm.Count("name = 'First' and domain = 'one.example'"));
    }

    [Fact]
    public async Task What_another_system_calls_a_record_is_set_kept_and_emptied_by_a_column_of_its_own()
    {
        var crm = await TestCrm.Tenant();
        var known = (await crm.Contacts.Post("/accounts", new { name = "A", externalIds = new[] { new { system = "erp", id = "1" } } })).Expect(201).Id;
        async Task<string> After(string file, object how)
        {
            var job = await crm.Import(file, how);
            Assert.True(job["failed"].GetInt64() == 0, job.Text);
            return (await crm.Contacts.Get($"/accounts/{known}")).Expect(200)["externalIds"].GetRawText();
        }

        var mapping = new { name = "name", erp = "externalIds.erp" };
        Assert.Equal("""[{"system":"erp","id":"1"}]""", await After(
            "name,erp\nA,2\n", new { mapping, match = "name", mode = "update", onlyIfEmpty = new[] { "externalIds.erp" } }));
        Assert.Equal("""[{"system":"erp","id":"2"}]""", await After("name,erp\nA,2\n", new { mapping, match = "name", mode = "update" }));
        Assert.Equal("""[{"system":"erp","id":"3"}]""", await After("""{"name": "A", "erp": 3}""", new { mapping, match = "name", mode = "update" }));
        Assert.Equal("[]", await After(
            "name,erp\nA,\n", new { mapping, match = "name", mode = "update", blankErases = new[] { "externalIds.erp" } }));
    }

    [Theory]
    [InlineData("""{"mapping":{"erp":"externalIds."}}""", "mapping")]
    [InlineData("""{"mapping":{"erp":"externalIds.erp","name":"name"},"mode":"both","match":"externalIds.shop"}""", "match")]
    [InlineData("""{"mapping":{"erp":"externalIds.erp","name":"name"},"mode":"both","match":"externalIds.erp, employees"}""", "match")]
    [InlineData("""{"mapping":{"erp":"externalIds.erp","name":"name"},"mode":"both","match":","}""", "match")]
    public async Task What_finds_no_record_is_refused_before_it_starts(string how, string field)
    {
        var crm = await TestCrm.Tenant();
        var draft = (await crm.Contacts.Post("/accounts/imports", "erp,name\n1,A\n")).Expect(200);

        var refused = (await crm.Contacts.Post($"/accounts/imports/{draft["job"].GetProperty("id").GetGuid()}/start", how)).Expect(422, "invalid");

        Assert.True(refused["errors"].TryGetProperty(field, out _), refused.Text);
    }

    [Fact]
    public async Task A_persons_company_is_taken_for_the_companys_name_and_entered_once()
    {
        var crm = await TestCrm.Tenant();

        var draft = (await crm.Contacts.Post(
            "/contacts/imports", "Surname,Company,Mail\nLovelace,Engines,ada@x.example\nBabbage,Engines,b@x.example\n")).Expect(200);
        await crm.Ended(await crm.Contacts.Post($"/contacts/imports/{draft["job"].GetProperty("id").GetGuid()}/start", new { }), plural: "contacts");

        Assert.Equal("""{"Surname":"lastName","Company":"accountName","Mail":"email"}""", draft["mapping"].GetRawText());
        Assert.Equal(2, await crm.Count("account.name = 'Engines'", "contacts"));
        Assert.Equal(1, await crm.Count(""));
        var both = (await crm.Contacts.Post("/contacts/imports", "lastName,accountId,Company\nA,,B\n")).Expect(200);
        Assert.Equal("""{"lastName":"lastName","accountId":"accountId","Company":null}""", both["mapping"].GetRawText());
    }

    private static async Task<List<string?>> Names(TestCrm crm) => [.. (await crm.Contacts.Get("/accounts?sort=name")).Expect(200)["items"]
        .EnumerateArray().Select(a => a.GetProperty("name").GetString())];
}
