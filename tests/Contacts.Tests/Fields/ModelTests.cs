using System.Text.Json;
using CrmPlatform.Contacts.Tests.Roles;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Fields;

/// <summary>The published model: enough to draw lists, forms and filters.</summary>
public sealed class ModelTests
{
    [Fact]
    public async Task Answers_name_the_version_of_the_model_they_are_by_and_another_field_makes_it_another()
    {
        var crm = await TestCrm.Tenant();
        async Task<string?> Named() =>
            (await crm.Contacts.Post("/contacts/read", new { parts = new[] { new { limit = 0 } } })).Expect(200)["model"].GetString();
        var model = (await crm.Contacts.Get("/model")).Expect(200);

        Assert.Equal(model["version"].GetString(), await Named());
        Assert.Equal(await Named(), await Named());
        Assert.Contains("mergeContacts", model["slices"].EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        (await crm.Contacts.Post("/contacts/fields", new { name = "tier", label = "Tier", kind = "text" })).Expect(201);
        Assert.NotEqual(model["version"].GetString(), await Named());
        Assert.Equal((await crm.Contacts.Get("/model")).Expect(200)["version"].GetString(), await Named());
    }

    [Fact]
    public async Task Who_decides_on_roles_sees_the_model_as_one_of_them_has_it()
    {
        var crm = await TestCrm.Tenant();

        var seen = (await crm.Contacts.Get("/model?role=readOnly")).Expect(200);

        var deeds = seen["records"].EnumerateArray().Single(r => r.GetProperty("record").GetString() == "contact").GetProperty("deeds");
        Assert.Equal(("all", "none"), (deeds.GetProperty("read").GetString(), deeds.GetProperty("update").GetString()));
        Assert.DoesNotContain("mergeContacts", seen["slices"].EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        Assert.Equal(0, seen["privileges"].GetArrayLength());
        (await crm.Person("manager").Contacts.Get("/model?role=readOnly")).Expect(403, "not_allowed");
    }

    [Fact]
    public async Task A_type_says_what_its_fields_are_and_what_can_be_asked_of_them()
    {
        var crm = await TestCrm.Tenant();
        (await crm.Contacts.Post("/contacts/fields", new
        {
            name = "tier",
            label = "Tier",
            kind = "choice",
            required = true,
            choices = new[] { new { value = "gold", label = "Golden", color = "#ffcc00" } },
        })).Expect(201);

        var model = (await crm.Contacts.Get("/contacts/model")).Expect(200);

        Assert.Equal(("contacts", "contact", "Contact"), (model["service"].GetString(), model["record"].GetString(), model["label"].GetString()));
        var last = Field(model, "lastName");
        Assert.Equal(("text", "declared"), (last.GetProperty("kind").GetString(), last.GetProperty("origin").GetString()));
        Assert.True(last.GetProperty("required").GetBoolean());
        Assert.Contains("~", last.GetProperty("operators").EnumerateArray().Select(o => o.GetString()));
        Assert.Equal("account", Field(model, "accountId").GetProperty("refers").GetString());
        Assert.Equal("platform", Field(model, "createdAt").GetProperty("origin").GetString());
        Assert.False(Field(model, "tags").GetProperty("sortable").GetBoolean());
        var tier = Field(model, "custom.tier");
        Assert.Equal(("choice", "custom", "Golden"), (tier.GetProperty("kind").GetString(), tier.GetProperty("origin").GetString(),
            tier.GetProperty("choices")[0].GetProperty("label").GetString()));
        Assert.Contains(
            model["doors"].EnumerateArray(),
            d => d.GetProperty("route").GetString() == "/api/v1/contacts/{id}/restore" && d.GetProperty("method").GetString() == "POST");
    }

    [Fact]
    public async Task Every_operator_named_is_understood_and_every_sortable_field_sorts()
    {
        var crm = await TestCrm.Tenant();
        foreach (var record in (await crm.Contacts.Get("/model")).Expect(200)["records"].EnumerateArray())
            foreach (var field in record.GetProperty("fields").EnumerateArray())
            {
                var (plural, name) = (record.GetProperty("plural").GetString(), field.GetProperty("name").GetString());
                var operators = field.GetProperty("operators").EnumerateArray().Select(o => o.GetString()).ToList();
                if (operators.Contains("is null"))
                    (await crm.Contacts.Get($"/{plural}?limit=1&filter={name} is null or {name} is not null")).Expect(200);
                if (field.GetProperty("sortable").GetBoolean())
                    (await crm.Contacts.Get($"/{plural}?limit=1&sort=-{name}")).Expect(200);
            }
    }

    [Fact]
    public async Task The_service_s_model_has_all_its_types_and_what_refers_to_them_and_nothing_of_other_tenants()
    {
        var theirs = await TestCrm.Tenant();
        (await theirs.Contacts.Post("/contacts/fields", new { name = "secret", label = "Secret", kind = "text" })).Expect(201);

        var model = (await theirs.Another().Contacts.Get("/model")).Expect(200);

        var types = model["records"].EnumerateArray().ToDictionary(r => r.GetProperty("record").GetString()!);
        Assert.Contains(
            types["account"].GetProperty("related").EnumerateArray(),
            r => r.GetProperty("name").GetString() == "contacts" && r.GetProperty("record").GetString() == "contact");
        Assert.Contains(types["account"].GetProperty("doors").EnumerateArray(), d => d.GetProperty("name").GetString() == "MergeAccounts");
        Assert.DoesNotContain("secret", model.Text, StringComparison.OrdinalIgnoreCase);
    }

    private static JsonElement Field(Reply model, string name) =>
        model["fields"].EnumerateArray().Single(f => f.GetProperty("name").GetString() == name);
}
