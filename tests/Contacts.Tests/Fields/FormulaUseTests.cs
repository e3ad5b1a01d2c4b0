using System.Text.Json;
using CrmPlatform.Contacts.Tests.Roles;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Fields;

/// <summary>Fields that a formula computes: how they use each other and other fields, and what becomes of them where those are hidden or gone.</summary>
public sealed class FormulaUseTests
{
    [Fact]
    public async Task Formulas_use_each_other_but_never_in_a_circle()
    {
        var crm = await TestCrm.Tenant();
        var a = await crm.Formula("accounts", "a", "employees * 2");
        await crm.Formula("accounts", "b", "custom.a + 1");
        var c = await crm.Formula("contacts", "c", "account.custom.b * 10");
        var acme = await crm.Given("accounts", new { name = "Acme", employees = 3 });
        var ada = await crm.Given("contacts", new { lastName = "Lovelace", accountId = acme });

        Assert.Equal("70", await crm.Shown($"/contacts/{ada}", "c"));
        var circle = (await crm.Contacts.Patch($"/accounts/fields/{a.Id}", new { formula = "custom.b" })).Expect(422, "invalid");
        Assert.Contains("circle", circle["errors"].GetProperty("formula")[0].GetString(), StringComparison.Ordinal);
        // Through people and back.
        (await crm.Contacts.Patch($"/accounts/fields/{a.Id}", new { formula = "sum(contacts.custom.c)" })).Expect(422, "invalid");
        (await crm.Contacts.Patch($"/contacts/fields/{c.Id}", new { formula = "'text'" })).Expect(422, "invalid"); // what it gives never changes
        (await crm.Contacts.Patch($"/accounts/fields/{a.Id}", new { formula = "employees * 3" })).Expect(200);
        Assert.Equal("100", await crm.Shown($"/contacts/{ada}", "c"));
        for (var n = 0; n < 6; n++)
            await crm.Formula("accounts", $"d{n}", n == 0 ? "custom.b + 1" : $"custom.d{n - 1} + 1");
        var deep = (await crm.Contacts.Post("/accounts/fields", new { name = "d6", label = "D", kind = "formula", formula = "custom.d5 + 1" })).Expect(422);
        Assert.Contains("use each other", deep["errors"].GetProperty("formula")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_that_are_saved_at_once_do_not_go_round_in_a_circle()
    {
        var crm = await TestCrm.Tenant();
        var fields = await Task.WhenAll(crm.Formula("contacts", "a", "1"), crm.Formula("contacts", "b", "1"));

        var answers = await Task.WhenAll(
            crm.Contacts.Patch($"/contacts/fields/{fields[0].Id}", new { formula = "custom.b + 1" }),
            crm.Contacts.Patch($"/contacts/fields/{fields[1].Id}", new { formula = "custom.a + 1" }));

        Assert.Equal([200, 422], answers.Select(a => a.Status).Order());
    }

    [Fact]
    public async Task What_is_made_of_a_hidden_field_is_hidden_with_it()
    {
        var crm = await TestCrm.Tenant();
        var secret = (await crm.Contacts.Post("/accounts/fields", new { name = "secret", label = "Secret", kind = "number" })).Expect(201).Id;
        await crm.Formula("accounts", "doubled", "custom.secret * 2");
        await crm.Formula("contacts", "viaAccount", "account.custom.doubled + 1");
        await crm.Formula("contacts", "bornIn", "year(birthday)");
        await crm.Formula("contacts", "open", "upper(lastName)");
        var acme = await crm.Given("accounts", new { name = "Acme", custom = new { secret = 21 } });
        var grace = await crm.Given("contacts", new { lastName = "Hopper", accountId = acme, birthday = "1906-12-09" });
        string[] rights = ["hidden", "masked"];
        foreach (var right in rights)
            await crm.Role(right, [
                People.Grant("account", "all", "all", "all", "all", "all", ("custom.secret", right)),
                People.Grant("contact", "all", "all", "all", "all", "all", ("birthday", right))], privileges: ["export", "dataModel", "bulkEdit"]);
        foreach (var right in rights)
        {
            var door = crm.Person(right).Contacts;

            Assert.Equal("""{"open":"HOPPER"}""", (await door.Get($"/contacts/{grace}")).Expect(200)["custom"].ToString());
            foreach (var hidden in (string[])["viaAccount", "bornIn"])
            {
                foreach (var ask in (string[])["filter=custom.~ > 0", "sort=custom.~"])
                {
                    var refused = (await door.Get($"/contacts?{ask.Replace("~", hidden, StringComparison.Ordinal)}")).Expect(422);
                    var unknown = (await door.Get($"/contacts?{ask.Replace("~", "nothing", StringComparison.Ordinal)}")).Expect(422);
                    Assert.Equal(Told(unknown).Replace("nothing", hidden, StringComparison.Ordinal), Told(refused));
                }
                Assert.Equal(
                    Told((await door.Patch($"/contacts/{grace}", """{"custom":{"nothing":1}}""")).Expect(422))
                        .Replace("nothing", hidden, StringComparison.Ordinal),
                    Told((await door.Patch($"/contacts/{grace}", $$$"""{"custom":{"{{{hidden}}}":1}}""")).Expect(422)));
                (await door.Get($"/contacts/export?fields=custom.{hidden}")).Expect(422);
                (await door.Post("/contacts/fields", new { name = "mine", label = "M", kind = "formula", formula = $"custom.{hidden} + 1" })).Expect(422);
                foreach (var path in (string[])["/contacts/model", "/contacts/fields", "/contacts/export", "/contacts/export?format=jsonl", "/contacts"])
                    Assert.DoesNotContain(hidden, (await door.Get(path)).Expect(200).Text, StringComparison.Ordinal);
            }
            Assert.Contains("custom.open", (await door.Get("/contacts/model")).Expect(200).ToString());
            (await door.Delete($"/accounts/fields/{secret}")).Expect(right == "hidden" ? 404 : 409);
        }
    }

    [Fact]
    public async Task A_field_that_a_formula_uses_is_deleted_only_by_who_confirms_it_and_the_formula_then_says_so()
    {
        var crm = await TestCrm.Tenant();
        var size = (await crm.Contacts.Post("/accounts/fields", new { name = "size", label = "Size", kind = "number" })).Expect(201).Id;
        var doubled = await crm.Formula("accounts", "doubled", "custom.size * 2");
        await crm.Formula("contacts", "ofAccount", "account.custom.doubled");
        var acme = await crm.Given("accounts", new { name = "Acme" });
        var view = (await crm.Contacts.Post("/accounts/views", new { name = "V", filter = "custom.doubled > 1", columns = new[] { "custom.doubled" } }))
            .Expect(201).Id;

        var refused = (await crm.Contacts.Delete($"/accounts/fields/{size}")).Expect(409, "in_use");
        Assert.Contains("account doubled", refused["detail"].GetString(), StringComparison.Ordinal);
        Assert.Contains("contact ofAccount", refused["detail"].GetString(), StringComparison.Ordinal);
        (await crm.Contacts.Patch($"/accounts/fields/{size}", new { retired = true })).Expect(200);
        Assert.Contains("custom.size is retired.", (await crm.Contacts.Get($"/accounts/fields/{doubled.Id}")).Expect(200)["problems"].ToString());
        (await crm.Contacts.Delete($"/accounts/fields/{size}?confirm=true")).Expect(204);

        Assert.Contains("size", (await crm.Contacts.Get($"/accounts/fields/{doubled.Id}")).Expect(200)["problems"].ToString(), StringComparison.Ordinal);
        Assert.Equal("{}", (await crm.Contacts.Get($"/accounts/{acme}")).Expect(200)["custom"].ToString());
        (await crm.Contacts.Get("/accounts?filter=custom.doubled > 1")).Expect(422);
        Assert.Equal(2, (await crm.Contacts.Get($"/accounts/views/{view}")).Expect(200)["problems"].GetArrayLength());
        (await crm.Contacts.Post($"/accounts/fields/{size}/restore")).Expect(200);
        (await crm.Contacts.Get("/accounts?filter=custom.doubled > 1")).Expect(200);
        (await crm.Contacts.Delete($"/accounts/fields/{doubled.Id}")).Expect(409, "in_use");
    }

    [Fact]
    public async Task Formulas_of_another_tenant_compute_nothing_here()
    {
        var theirs = await TestCrm.Tenant();
        var field = await theirs.Formula("contacts", "theirs", "lastName");
        var crm = theirs.Another();
        var ada = await crm.Given("contacts", new { lastName = "Lovelace" });

        Assert.Equal("{}", (await crm.Contacts.Get($"/contacts/{ada}")).Expect(200)["custom"].ToString());
        (await crm.Contacts.Get("/contacts?filter=custom.theirs is null")).Expect(422);
        (await crm.Contacts.Patch($"/contacts/fields/{field.Id}", new { formula = "firstName" })).Expect(404);
    }

    private static string Told(Reply refused) => refused["errors"].ToString();
}
