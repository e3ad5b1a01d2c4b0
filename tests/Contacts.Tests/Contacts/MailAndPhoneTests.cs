using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Contacts;

/// <summary>Several e-mail addresses and phones, of which one is the main one.</summary>
public sealed class MailAndPhoneTests
{
    [Theory]
    [InlineData("""{"email": " Ada@Example.COM "}""", "Ada@example.com*")]
    [InlineData("""{"emails": [{"address": "a@x.example"}, {"address": "b@x.example"}]}""", "a@x.example*,b@x.example")]
    [InlineData("""{"emails": [{"address": "a@x.example"}, {"address": "b@x.example", "primary": true}]}""", "a@x.example,b@x.example*")]
    [InlineData("""{"emails": [{"address": "a@x.example", "primary": true}, {"address": "b@x.example", "primary": true}]}""", "a@x.example*,b@x.example")]
    [InlineData("""{"emails": [{"address": "a@x.example"}, {"address": "A@X.example", "optOut": true}]}""", "a@x.example*!")]
    [InlineData("""{"email": "b@x.example", "emails": [{"address": "a@x.example"}, {"address": "b@x.example"}]}""", "b@x.example*,a@x.example")]
    public async Task A_list_of_addresses_has_each_once_and_exactly_one_main_one(string fields, string list)
    {
        var crm = await TestCrm.Tenant();

        var contact = (await crm.Contacts.Post("/contacts", $$"""{"lastName": "Lovelace", {{fields[1..]}}""")).Expect(201);

        Assert.Equal(list.Split(',').Order(), Mails(contact).Order());
        Assert.Equal(list.Split(',').Single(a => a.Contains('*')).Split('*')[0], contact["email"].GetString());
    }

    [Fact]
    public async Task Setting_the_main_address_replaces_it_and_keeps_the_others()
    {
        var crm = await TestCrm.Tenant();
        var emails = new object[] { new { address = "old@x.example", type = "work", optOut = true }, new { address = "home@x.example", type = "home" } };
        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", emails })).Expect(201);

        var replaced = (await crm.Contacts.Patch($"/contacts/{ada.Id}", new { email = "new@x.example" })).Expect(200);
        var known = (await crm.Contacts.Patch($"/contacts/{ada.Id}", new { email = "home@x.example" })).Expect(200);
        var emptied = (await crm.Contacts.Patch($"/contacts/{ada.Id}", """{"email": null}""")).Expect(200);

        Assert.Equal(["new@x.example*", "home@x.example"], Mails(replaced));
        Assert.Equal(["home@x.example*", "new@x.example"], Mails(known).OrderDescending().Reverse().Order());
        Assert.Equal(["new@x.example*"], Mails(emptied));
        Assert.Equal(ada.Text, (await AsOf(crm, ada)).Text);
    }

    [Fact]
    public async Task The_main_address_is_found_sorted_and_undone_with_its_list()
    {
        var crm = await TestCrm.Tenant();
        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", email = "ada@x.example", phone = "+44 20 7123-4567" })).Expect(201);
        (await crm.Contacts.Post("/contacts", new { lastName = "Hopper", email = "grace@x.example" })).Expect(201);
        var edited = (await crm.Contacts.Patch($"/contacts/{ada.Id}", new { email = "z@x.example" })).Expect(200);

        Assert.Equal("+442071234567", ada["phone"].GetString());
        Assert.Equal(ada.Id, await Found(crm, "email = 'z@x.example' and phone = '+442071234567'"));
        Assert.Equal(ada.Id, await Found(crm, "emails has 'z@x.example' and none(emails, optOut)"));
        Assert.Equal(ada.Id, (await crm.Contacts.Get("/contacts?sort=-email")).Expect(200)["items"][0].GetProperty("id").GetGuid());
        (await crm.Contacts.Post($"/operations/{edited.Operation}/undo")).Expect(200);
        Assert.Equal("ada@x.example", (await crm.Contacts.Get($"/contacts/{ada.Id}")).Expect(200)["email"].GetString());
        Assert.Equal(ada.Id, await Found(crm, "email = 'ada@x.example'"));
    }

    [Theory]
    [InlineData("030 / 123-456", "DE", "+4930123456")]
    [InlineData("0049 (0)30 123456", null, "+4930123456")]
    [InlineData("+49 (0) 30 123456", null, "+4930123456")]
    [InlineData("(212) 555-0123", "US", "+12125550123")]
    [InlineData("06 1234 5678", "IT", "+390612345678")]
    [InlineData("01 42 68 53 00", "FR", "+33142685300")]
    public async Task A_phone_number_is_kept_in_the_international_form(string written, string? country, string kept)
    {
        var crm = await TestCrm.Tenant();
        var addresses = country is null ? [] : new[] { new { country } };

        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", phone = written, addresses })).Expect(201);

        Assert.Equal(kept, contact["phone"].GetString());
    }

    [Fact]
    public async Task A_number_as_written_at_home_belongs_to_the_tenant_s_country()
    {
        var crm = await TestCrm.Tenant();
        (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", phone = "030 123456" })).Expect(422, "invalid");

        (await crm.Contacts.Post("/contactSettings", new { country = "DE" })).Expect(201);

        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", phone = "030 123456" })).Expect(201);
        Assert.Equal("+4930123456", contact["phone"].GetString());
        (await crm.Contacts.Post("/contactSettings", new { country = "AT" })).Expect(409, "duplicate");
    }

    [Fact]
    public async Task The_whole_name_follows_its_parts_and_is_no_news_of_its_own()
    {
        var crm = await TestCrm.Tenant();
        var ada = (await crm.Contacts.Post("/contacts", new { firstName = " Ada ", middleName = "King", lastName = "Byron" })).Expect(201);
        var edited = (await crm.Contacts.Patch($"/contacts/{ada.Id}", new { lastName = "Lovelace" })).Expect(200);
        (await crm.Contacts.Patch($"/contacts/{ada.Id}", new { firstName = "Augusta" })).Expect(200);

        Assert.Equal("Ada King Lovelace", edited["displayName"].GetString());
        Assert.Equal(ada.Id, await Found(crm, "displayName ~ 'augusta*'"));
        (await crm.Contacts.Post($"/operations/{edited.Operation}/undo")).Expect(200); // the first name has changed since, the last has not
        Assert.Equal(ada.Id, await Found(crm, "displayName = 'Augusta King Byron'"));
        Assert.Equal("Ada King Byron", (await AsOf(crm, ada))["displayName"].GetString());
        (await crm.Contacts.Patch($"/contacts/{ada.Id}", new { displayName = "X" })).Expect(422, "invalid");
    }

    private static IEnumerable<string> Mails(Reply contact) => contact["emails"].EnumerateArray().Select(e =>
        e.GetProperty("address").GetString() + (e.GetProperty("primary").GetBoolean() ? "*" : "") + (e.GetProperty("optOut").GetBoolean() ? "!" : ""));

    private static async Task<Guid> Found(TestCrm crm, string filter) => Assert.Single(
        (await crm.Contacts.Get($"/contacts?filter={Uri.EscapeDataString(filter)}")).Expect(200)["items"].EnumerateArray()).GetProperty("id").GetGuid();

    private static async Task<Reply> AsOf(TestCrm crm, Reply state) =>
        (await crm.Contacts.Get($"/contacts/{state.Id}?asOf={Uri.EscapeDataString(state["updatedAt"].GetString()!)}")).Expect(200);
}
