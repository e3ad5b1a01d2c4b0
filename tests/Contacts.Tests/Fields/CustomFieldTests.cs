using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Fields;

/// <summary>Fields a tenant adds: what can be said of them, what never changes, how they go.</summary>
public sealed class CustomFieldTests
{
    [Fact]
    public async Task A_field_is_added_found_edited_deleted_and_restored_with_its_history()
    {
        var crm = await TestCrm.Tenant();

        var added = (await crm.Contacts.Post("/contacts/fields", new { name = "size", label = "Size", kind = "number", min = 1 })).Expect(201);
        Assert.Equal($"/api/v1/contacts/fields/{added.Id}", added.Headers["Location"]);
        Assert.Equal("contact", added["record"].GetString());
        (await crm.Contacts.Post("/accounts/fields", new { name = "size", label = "Size", kind = "text" })).Expect(201);
        Assert.Equal(added.Id, Assert.Single((await crm.Contacts.Get("/contacts/fields")).Expect(200)["items"].EnumerateArray()).GetProperty("id").GetGuid());

        var renamed = (await crm.Contacts.IfMatch(1).Patch($"/contacts/fields/{added.Id}", new { label = "Shoe size" })).Expect(200);
        Assert.Equal("Shoe size", renamed["label"].GetString());
        (await crm.Contacts.Delete($"/contacts/fields/{added.Id}")).Expect(204);
        (await crm.Contacts.Get($"/contacts/fields/{added.Id}")).Expect(404);
        (await crm.Contacts.Post($"/contacts/fields/{added.Id}/restore")).Expect(200);

        var history = (await crm.Contacts.Get($"/contacts/fields/{added.Id}/history")).Expect(200)["items"].EnumerateArray();
        Assert.Equal(
            ["customField.restored", "customField.deleted", "customField.updated", "customField.created"],
            history.Select(e => e.GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData("""{"label":"X","kind":"text"}""", "name")]
    [InlineData("""{"name":"Size","label":"X","kind":"text"}""", "name")]
    [InlineData("""{"name":"si ze","label":"X","kind":"text"}""", "name")]
    [InlineData("""{"name":"lastName","label":"X","kind":"text"}""", "name")]
    [InlineData("""{"name":"createdAt","label":"X","kind":"text"}""", "name")]
    [InlineData("""{"name":"x","kind":"text"}""", "label")]
    [InlineData("""{"name":"x","label":"X"}""", "kind")]
    [InlineData("""{"name":"x","label":"X","kind":"blob"}""", "kind")]
    [InlineData("""{"name":"x","label":"X","kind":"text","record":"account"}""", "record")]
    [InlineData("""{"name":"x","label":"X","kind":"choice"}""", "choices")]
    [InlineData("""{"name":"x","label":"X","kind":"text","choices":[{"value":"a"}]}""", "choices")]
    [InlineData("""{"name":"x","label":"X","kind":"choice","choices":[{"value":"a"},{"value":"a"}]}""", "choices")]
    [InlineData("""{"name":"x","label":"X","kind":"choice","choices":[null]}""", "choices")]
    [InlineData("""{"name":"x","label":"X","kind":"choice","choices":[{"value":"a"}],"default":"b"}""", "default")]
    [InlineData("""{"name":"x","label":"X","kind":"choice","choices":[{"value":"a","retired":true}],"default":"a"}""", "default")]
    [InlineData("""{"name":"x","label":"X","kind":"number","default":"5"}""", "default")]
    [InlineData("""{"name":"x","label":"X","kind":"number","max":4,"default":5}""", "default")]
    [InlineData("""{"name":"x","label":"X","kind":"number","min":5,"max":4}""", "max")]
    [InlineData("""{"name":"x","label":"X","kind":"date","min":5}""", "min")]
    [InlineData("""{"name":"x","label":"X","kind":"text","min":-1}""", "min")]
    [InlineData("""{"name":"x","label":"X","kind":"text","max":1001}""", "max")]
    [InlineData("""{"name":"x","label":"X","kind":"text","max":501,"indexed":true}""", "max")]
    [InlineData("""{"name":"x","label":"X","kind":"text","pattern":"("}""", "pattern")]
    [InlineData("""{"name":"x","label":"X","kind":"text","pattern":"a)|(b"}""", "pattern")]
    [InlineData("""{"name":"x","label":"X","kind":"text","pattern":"(a)\\1"}""", "pattern")]
    [InlineData("""{"name":"x","label":"X","kind":"text","pattern":"(?=a)"}""", "pattern")]
    [InlineData("""{"name":"x","label":"X","kind":"number","pattern":"1"}""", "pattern")]
    [InlineData("""{"name":"x","label":"X","kind":"text","pattern":"[a-z]+","default":"A1"}""", "default")]
    [InlineData("""{"name":"x","label":"X","kind":"longText","indexed":true}""", "indexed")]
    public async Task What_does_not_fit_together_is_refused_by_field(string field, string wrong)
    {
        var crm = await TestCrm.Tenant();

        var refused = (await crm.Contacts.Post("/contacts/fields", field)).Expect(422, "invalid");

        Assert.Equal(wrong, Assert.Single(refused["errors"].EnumerateObject()).Name);
        Assert.Equal(0, (await crm.Contacts.Get("/contacts/fields?include=total")).Expect(200)["total"].GetInt32());
    }

    [Fact]
    public async Task A_name_is_taken_once_per_record_type_and_comes_back_only_where_it_is_free()
    {
        var crm = await TestCrm.Tenant();
        var first = (await crm.Contacts.Post("/contacts/fields", new { name = "size", label = "Size", kind = "number" })).Expect(201);

        var refused = (await crm.Contacts.Post("/contacts/fields", new { name = "size", label = "Other", kind = "text" })).Expect(409, "duplicate");
        Assert.True(refused["errors"].TryGetProperty("name", out _));

        (await crm.Contacts.Delete($"/contacts/fields/{first.Id}")).Expect(204);
        (await crm.Contacts.Post("/contacts/fields", new { name = "size", label = "Other", kind = "text" })).Expect(201);
        (await crm.Contacts.Post($"/contacts/fields/{first.Id}/restore")).Expect(409, "duplicate");
    }

    [Fact]
    public async Task Two_who_add_the_same_name_at_once_add_one_field()
    {
        var crm = await TestCrm.Tenant();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n =>
            crm.Contacts.Post("/contacts/fields", new { name = "size", label = $"Size {n}", kind = "number" })));

        Assert.Single(answers, a => a.Status == 201);
        Assert.All(answers.Where(a => a.Status != 201), a => a.Expect(409, "duplicate"));
    }

    [Theory]
    [InlineData("""{"name":"other"}""", "name")]
    [InlineData("""{"kind":"text"}""", "kind")]
    [InlineData("""{"record":"account"}""", "record")]
    public async Task Name_kind_and_record_type_never_change(string edit, string field)
    {
        var crm = await TestCrm.Tenant();
        var added = (await crm.Contacts.Post("/contacts/fields", new { name = "size", label = "Size", kind = "number" })).Expect(201);

        var refused = (await crm.Contacts.Patch($"/contacts/fields/{added.Id}", edit)).Expect(422, "invalid");

        Assert.True(refused["errors"].TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_choice_in_use_is_retired_not_removed_and_its_label_is_free()
    {
        var crm = await TestCrm.Tenant();
        object Choices(params (string Value, string Label, bool Retired)[] choices) =>
            new { choices = choices.Select(c => new { value = c.Value, label = c.Label, retired = c.Retired }) };
        foreach (var (name, kind) in new[] { ("tier", "choice"), ("hobbies", "multiChoice") })
        {
            var field = (await crm.Contacts.Post("/contacts/fields", new
            {
                name,
                label = name,
                kind,
                choices = new[] { new { value = "gold" }, new { value = "tin" } },
            })).Expect(201).Id;
            object value = kind == "choice" ? "gold" : new[] { "gold" };
            var ada = (await crm.Contacts.Post(
                "/contacts", new { lastName = "Lovelace", custom = new Dictionary<string, object> { [name] = value } })).Expect(201);

            var refused = (await crm.Contacts.Patch($"/contacts/fields/{field}", Choices(("tin", "Tin", false)))).Expect(409, "in_use");
            Assert.True(refused["errors"].TryGetProperty("choices", out _));
            (await crm.Contacts.Patch($"/contacts/fields/{field}", Choices(("gold", "Golden", true), ("silver", "Silver", false)))).Expect(200);

            // It stays where it is, and cannot be chosen again.
            (await crm.Contacts.Patch($"/contacts/{ada.Id}", new { jobTitle = "Countess" })).Expect(200);
            var again = (await crm.Contacts.Post(
                "/contacts", new { lastName = "Hopper", custom = new Dictionary<string, object> { [name] = value } })).Expect(422);
            Assert.True(again["errors"].TryGetProperty($"custom.{name}", out _));
        }
    }

    [Fact]
    public async Task S2_five_hundred_fields_fit_and_no_more()
    {
        var crm = await TestCrm.Tenant();
        await FiveHundred.Add(crm, 499);
        (await crm.Contacts.Post("/contacts/fields", new { name = "last", label = "Last", kind = "text" })).Expect(201);

        (await crm.Contacts.Post("/contacts/fields", new { name = "tooMany", label = "Too many", kind = "text" })).Expect(409, "too_many");
        (await crm.Contacts.Post("/accounts/fields", new { name = "first", label = "First", kind = "text" })).Expect(201);

        var all = Enumerable.Range(0, 499).ToDictionary(n => $"f{n}", n => (object)n);
        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", custom = all })).Expect(201);
        Assert.Equal(498, ada["custom"].GetProperty("f498").GetInt32());
        var found = (await crm.Contacts.Get("/contacts?filter=custom.f17 = 17 and custom.f498 > 497&sort=-custom.f3")).Expect(200)["items"];
        Assert.Equal(ada.Id, Assert.Single(found.EnumerateArray()).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Fields_of_another_tenant_do_not_exist()
    {
        var theirs = await TestCrm.Tenant();
        var field = (await theirs.Contacts.Post("/contacts/fields", new { name = "secret", label = "Secret", kind = "text" })).Expect(201).Id;
        var crm = theirs.Another();

        (await crm.Contacts.Get($"/contacts/fields/{field}")).Expect(404);
        (await crm.Contacts.Get($"/contacts/fields/{field}/history")).Expect(404);
        (await crm.Contacts.Patch($"/contacts/fields/{field}", new { label = "Mine" })).Expect(404);
        (await crm.Contacts.Delete($"/contacts/fields/{field}?confirm=true")).Expect(404);
        Assert.Empty((await crm.Contacts.Get("/contacts/fields")).Expect(200)["items"].EnumerateArray());
        (await crm.Contacts.Get("/contacts?filter=custom.secret = 'x'")).Expect(422);
        (await crm.Contacts.Post("/contacts", new { lastName = "X", custom = new { secret = "x" } })).Expect(422);
        (await crm.Contacts.Post("/contacts/fields", new { name = "secret", label = "Ours", kind = "number" })).Expect(201);
    }

    [Fact]
    public async Task A_field_belongs_to_the_doors_of_its_record_type()
    {
        var crm = await TestCrm.Tenant();
        var field = (await crm.Contacts.Post("/contacts/fields", new { name = "size", label = "Size", kind = "number" })).Expect(201).Id;

        (await crm.Contacts.Get($"/accounts/fields/{field}")).Expect(404);
        (await crm.Contacts.Patch($"/accounts/fields/{field}", new { label = "X" })).Expect(404);
        (await crm.Contacts.Delete($"/accounts/fields/{field}")).Expect(404);
        Assert.Equal("Size", (await crm.Contacts.Get($"/contacts/fields/{field}")).Expect(200)["label"].GetString());
    }
}
