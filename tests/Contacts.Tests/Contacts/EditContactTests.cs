using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Contacts;

public sealed class EditContactTests
{
    [Fact]
    public async Task Only_the_fields_sent_change_and_null_empties()
    {
        var crm = await TestCrm.Tenant();
        var before = (await crm.Contacts.Post(
            "/contacts", new { lastName = "Byron", firstName = "Ada", email = "ada@example.com" })).Expect(201);

        var after = (await crm.Contacts.Patch($"/contacts/{before.Id}", """{"lastName": "Lovelace", "email": null}""")).Expect(200);

        Assert.Equal(
            ("Lovelace", "Ada", null), (after["lastName"].GetString(), after["firstName"].GetString(), after["email"].GetString()));
        Assert.Equal((2, "\"2\""), (after.Version, after.Headers["ETag"]));
        Assert.Equal(after.Text, (await crm.Contacts.Get($"/contacts/{before.Id}")).Text);
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_writes_nothing()
    {
        var crm = await TestCrm.Tenant();
        var before = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", tags = new[] { "vip" } })).Expect(201);

        var after = (await crm.Contacts.Patch($"/contacts/{before.Id}", new { lastName = "Lovelace", tags = new[] { "vip" } })).Expect(200);

        Assert.Equal(before.Text, after.Text);
        Assert.False(after.Headers.ContainsKey("Crm-Operation"));
    }

    [Theory]
    [InlineData("""{"shoeSize": 39}""", "shoeSize", "no field shoeSize")]
    [InlineData("""{"version": 9}""", "version", "no field version")]
    [InlineData("""{"lastName": 5}""", "lastName", "is not a text")]
    [InlineData("""{"lastName": null}""", "lastName", "is not a text")]
    [InlineData("""{"lastName": ""}""", "lastName", "required")]
    [InlineData("""{"tags": null}""", "tags", "is not a list of texts")]
    [InlineData("""{"tags": [1]}""", "tags", "is not a list of texts")]
    [InlineData("""{"accountId": "acme"}""", "accountId", "is not an id")]
    [InlineData("""{"email": "nobody"}""", "email", "not a valid e-mail")]
    [InlineData("""{"phone": "030 12"}""", "phone", "+4930123456")]
    [InlineData("""{"lastName": "a\u0000b"}""", "lastName", "character")]
    [InlineData("""{"tags": ["a\u0000b"]}""", "tags", "character")]
    [InlineData("""{"lastName": "\ud800"}""", "lastName", "is not a text")]
    public async Task A_value_a_field_cannot_hold_is_refused_at_that_field(string patch, string field, string sentence)
    {
        var crm = await TestCrm.Tenant();
        var before = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);

        var refused = (await crm.Contacts.Patch($"/contacts/{before.Id}", patch)).Expect(422, "invalid");

        var error = Assert.Single(refused["errors"].EnumerateObject());
        Assert.Equal(field, error.Name);
        Assert.Contains(sentence, error.Value[0].GetString()!, StringComparison.Ordinal);
        Assert.Equal(before.Text, (await crm.Contacts.Get($"/contacts/{before.Id}")).Text);
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once()
    {
        var crm = await TestCrm.Tenant();
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);

        var refused = (await crm.Contacts.Patch(
            $"/contacts/{contact.Id}", new { email = "x", phone = "y", jobTitle = new string('z', 201) })).Expect(422);

        Assert.Equal(["email", "jobTitle", "phone"], refused["errors"].EnumerateObject().Select(e => e.Name).Order());
    }

    [Fact]
    public async Task An_edit_of_a_version_that_has_passed_is_refused_when_the_client_says_which_it_saw()
    {
        var crm = await TestCrm.Tenant();
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Byron" })).Expect(201);
        var edited = (await crm.Contacts.IfMatch(1).Patch($"/contacts/{contact.Id}", new { lastName = "Lovelace" })).Expect(200);

        (await crm.Contacts.IfMatch(1).Patch($"/contacts/{contact.Id}", new { lastName = "King" })).Expect(412, "stale");

        Assert.Equal(edited.Text, (await crm.Contacts.Get($"/contacts/{contact.Id}")).Text);
    }

    [Fact]
    public async Task Fifty_clients_editing_one_contact_lose_no_edit_and_leave_no_gap()
    {
        var crm = await TestCrm.Tenant();
        await using var bus = await crm.Listen("contacts.contact.*");
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "0" })).Expect(201);

        var edits = await Task.WhenAll(Enumerable.Range(1, 50).Select(n =>
            crm.Contacts.Patch($"/contacts/{contact.Id}", new { lastName = $"{n}" })));

        Assert.Equal(Enumerable.Range(2, 50), edits.Select(e => e.Expect(200).Version).Order());
        var history = (await crm.Contacts.Get($"/contacts/{contact.Id}/history")).Expect(200)["items"].EnumerateArray().Reverse().ToList();
        Assert.Equal(Enumerable.Range(1, 51), history.Select(e => e.GetProperty("version").GetInt32()));
        Assert.Equal(Names(history, "old").Skip(1), Names(history, "new").SkipLast(1)); // each edit found what the one before it wrote
        Assert.Equal(Enumerable.Range(0, 51).Select(n => $"{n}").Order(), Names(history, "new").Order());
        Assert.Equal(Enumerable.Range(1, 51), (await bus.Until(51, contact.Id)).Select(e => e.Version)); // and so others heard it
    }

    [Fact]
    public async Task Edits_of_different_fields_at_once_both_stay()
    {
        var crm = await TestCrm.Tenant();
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);

        await Task.WhenAll(
            crm.Contacts.Patch($"/contacts/{contact.Id}", new { firstName = "Ada" }),
            crm.Contacts.Patch($"/contacts/{contact.Id}", new { jobTitle = "Mathematician" }));

        var after = (await crm.Contacts.Get($"/contacts/{contact.Id}")).Expect(200);
        Assert.Equal(("Ada", "Mathematician", 3), (after["firstName"].GetString(), after["jobTitle"].GetString(), after.Version));
    }

    private static IEnumerable<string?> Names(IEnumerable<JsonElement> history, string which) =>
        history.Select(e => e.GetProperty("data").GetProperty("changes").GetProperty("lastName").GetProperty(which).GetString());
}
