using System.Text.Json;
using CrmPlatform.Contacts.Tests.Roles;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Fields;

/// <summary>Fields that sum up the records which refer to a record, as far as the caller sees these.</summary>
public sealed class RollUpTests
{
    [Fact]
    public async Task A_roll_up_counts_those_its_filter_means_and_is_found_sorted_and_exported()
    {
        var crm = await TestCrm.Tenant();
        await RollUp(crm, new { name = "bosses", list = "contacts", function = "count", filter = " jobTitle='Boss' " });
        var (acme, zeta) = (await crm.Given("accounts", new { name = "Acme" }), await crm.Given("accounts", new { name = "Zeta" }));
        for (var i = 0; i < 3; i++)
            await crm.Given("contacts", new { lastName = $"P{i}", accountId = acme, jobTitle = i == 0 ? "Clerk" : "Boss" });
        var gone = await crm.Given("contacts", new { lastName = "Gone", accountId = acme, jobTitle = "Boss" });
        (await crm.Contacts.Delete($"/contacts/{gone}")).Expect(204);

        Assert.Equal("2", await Shown(crm.Contacts, acme, "bosses"));
        Assert.Equal("0", await Shown(crm.Contacts, zeta, "bosses"));
        Assert.Equal(acme, Assert.Single((await crm.Contacts.Get("/accounts?filter=custom.bosses > 0")).Expect(200)["items"].EnumerateArray())
            .GetProperty("id").GetGuid());
        Assert.Equal(["Zeta", "Acme"], (await crm.Contacts.Get("/accounts?sort=custom.bosses")).Expect(200)["items"].EnumerateArray()
            .Select(a => a.GetProperty("name").GetString()));
        Assert.Equal(
            "name,custom.bosses\r\nAcme,2\r\nZeta,0\r\n", (await crm.Contacts.Get("/accounts/export?fields=name,custom.bosses&sort=-custom.bosses")).Text);
        var field = (await crm.Contacts.Get("/accounts/fields")).Expect(200)["items"][0];
        Assert.Equal(("jobTitle = \"Boss\"", "number"), (field.GetProperty("filter").GetString(), field.GetProperty("gives").GetString()));
        // What is done to many goes by it as well.
        var job = (await crm.Contacts.Post("/accounts/bulk-edit", new { filter = "custom.bosses = 2", set = new { industry = "Bossy" }, dryRun = true }))
            .Expect(200);
        Assert.Equal(1, job["count"].GetInt64());
    }

    [Fact]
    public async Task Amounts_of_several_currencies_have_no_sum_and_nobody_has_no_mean()
    {
        var crm = await TestCrm.Tenant();
        foreach (var function in (string[])["sum", "min", "max", "avg"])
            await RollUp(crm, new { name = function, list = "accountsByParent", function, field = "revenue" });
        await RollUp(crm, new { name = "newest", list = "accountsByParent", function = "max", field = "createdAt" });
        var top = await crm.Given("accounts", new { name = "Top" });
        Assert.Equal(
            ("0", null, null), (await Shown(crm.Contacts, top, "sum"), await Shown(crm.Contacts, top, "avg"), await Shown(crm.Contacts, top, "newest")));

        await Below("10.50", "EUR");
        await Below("20", "EUR");
        Assert.Equal(("30.5", "10.5", "20", "15.25"), (await Shown(crm.Contacts, top, "sum"), await Shown(crm.Contacts, top, "min"),
            await Shown(crm.Contacts, top, "max"), await Shown(crm.Contacts, top, "avg")));
        Assert.NotNull(await Shown(crm.Contacts, top, "newest"));
        await Below("1", "USD");
        Assert.Null(await Shown(crm.Contacts, top, "sum"));

        Task<Guid> Below(string amount, string currency) =>
            crm.Given("accounts", new { name = $"{amount} {currency}", parentId = top, revenue = new { amount, currency } });
    }

    [Fact]
    public async Task A_roll_up_of_a_formula_and_a_formula_of_a_roll_up_agree()
    {
        var crm = await TestCrm.Tenant();
        (await crm.Contacts.Post("/contacts/fields", new { name = "letters", label = "L", kind = "formula", formula = "len(lastName)" })).Expect(201);
        await RollUp(crm, new { name = "letters", list = "contacts", function = "sum", field = "custom.letters", filter = "custom.letters > 2" });
        (await crm.Contacts.Post("/accounts/fields", new { name = "perHead", label = "P", kind = "formula", formula = "custom.letters / contacts.count" }))
            .Expect(201);
        var acme = await crm.Given("accounts", new { name = "Acme" });
        foreach (var name in (string[])["Li", "Abel", "Wirth"])
            await crm.Given("contacts", new { lastName = name, accountId = acme });

        Assert.Equal(("9", "3"), (await Shown(crm.Contacts, acme, "letters"), await Shown(crm.Contacts, acme, "perHead")));
        Assert.Single((await crm.Contacts.Get("/contacts?filter=account.custom.perHead = 3 and custom.letters = 2")).Expect(200)["items"].EnumerateArray());
    }

    [Fact]
    public async Task Records_that_the_caller_may_not_read_do_not_count_and_what_is_hidden_of_them_hides_the_roll_up()
    {
        var crm = await TestCrm.Tenant();
        await RollUp(crm, new { name = "people", list = "contacts", function = "count" });
        await RollUp(crm, new { name = "adults", list = "contacts", function = "count", filter = "birthday < 2000-01-01" });
        await crm.Role(
            "own",
            [
                People.Grant("account", "all", "all", "all", "all", "all"),
                People.Grant("contact", "own", "own", "own", "own", "own", ("birthday", "hidden")),
            ],
            privileges: ["export"]);
        await crm.Role("none", [People.Grant("account", "all", "all", "all", "all", "all")]);
        var (ada, nobody) = (crm.Person("own"), crm.Person("none"));
        var acme = await crm.Given("accounts", new { name = "Acme" });
        await crm.Given("contacts", new { lastName = "Mine", accountId = acme, ownerId = ada.Id });
        await crm.Given("contacts", new { lastName = "Others", accountId = acme });

        Assert.Equal("2", await Shown(crm.Contacts, acme, "people"));
        Assert.Equal("1", await Shown(ada.Contacts, acme, "people"));
        Assert.Equal("{\"people\":1}", (await ada.Contacts.Get($"/accounts/{acme}")).Expect(200)["custom"].ToString());
        Assert.Single((await ada.Contacts.Get("/accounts?filter=custom.people = 1&sort=-custom.people")).Expect(200)["items"].EnumerateArray());
        Assert.Equal("custom.people\r\n1\r\n", (await ada.Contacts.Get("/accounts/export?fields=custom.people")).Text);
        (await ada.Contacts.Get("/accounts?filter=custom.adults > 0")).Expect(422);
        (await ada.Contacts.Get("/accounts/export?fields=custom.adults")).Expect(422);
        // Whoever may read none of them knows of no field that is made of them.
        Assert.Equal("{}", (await nobody.Contacts.Get($"/accounts/{acme}")).Expect(200)["custom"].ToString());
        (await nobody.Contacts.Get("/accounts?sort=custom.people")).Expect(422);
    }

    private static async Task RollUp(TestCrm crm, object field)
    {
        var sent = JsonSerializer.SerializeToNode(field)!.AsObject();
        (sent["label"], sent["kind"]) = (sent["name"]!.DeepClone(), "rollUp");
        (await crm.Contacts.Post("/accounts/fields", sent.ToJsonString())).Expect(201);
    }

    private static async Task<string?> Shown(Door door, Guid account, string name) =>
        (await door.Get($"/accounts/{account}")).Expect(200)["custom"].TryGetProperty(name, out var value) ? value.ToString() : null;
}
