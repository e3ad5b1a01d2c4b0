using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Shared.Tests.Journal;

public sealed class UndoConflictTests
{
    [Fact]
    public async Task A_field_changed_since_is_reported_with_all_three_values_and_nothing_is_undone()
    {
        var crm = await TestCrm.Tenant();
        var (contact, edited) = await EditedTwice(crm);
        var now = (await crm.Contacts.Get($"/contacts/{contact}")).Expect(200);

        var refused = (await crm.Contacts.Post($"/operations/{edited}/undo")).Expect(409, "changed_since");

        var conflict = Assert.Single(refused["conflicts"].EnumerateArray());
        Assert.Equal(
            ("contact", contact, "lastName", "Byron", "King", "Lovelace"),
            (Text("record"), conflict.GetProperty("id").GetGuid(), Text("field"), Text("before"), Text("wrote"), Text("now")));
        Assert.Equal(now.Text, (await crm.Contacts.Get($"/contacts/{contact}")).Expect(200).Text);

        string? Text(string member) => conflict.GetProperty(member).GetString();
    }

    [Fact]
    public async Task On_demand_what_changed_since_is_kept_and_the_rest_is_undone()
    {
        var crm = await TestCrm.Tenant();
        var (contact, edited) = await EditedTwice(crm);

        var undone = (await crm.Contacts.Post($"/operations/{edited}/undo", new { keepChanged = true })).Expect(200);

        Assert.Equal("lastName", Assert.Single(undone["kept"].EnumerateArray()).GetProperty("field").GetString());
        var after = (await crm.Contacts.Get($"/contacts/{contact}")).Expect(200);
        Assert.Equal(("Lovelace", "Poet"), (after["lastName"].GetString(), after["jobTitle"].GetString()));
    }

    [Fact]
    public async Task A_field_that_is_back_already_is_no_conflict()
    {
        var crm = await TestCrm.Tenant();
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Byron", jobTitle = "Poet" })).Expect(201).Id;
        var edited = (await crm.Contacts.Patch($"/contacts/{contact}", new { lastName = "King", jobTitle = "Countess" })).Expect(200);
        (await crm.Contacts.Patch($"/contacts/{contact}", new { lastName = "Byron" })).Expect(200);

        (await crm.Contacts.Post($"/operations/{edited.Operation}/undo")).Expect(200);

        var after = (await crm.Contacts.Get($"/contacts/{contact}")).Expect(200);
        Assert.Equal(("Byron", "Poet"), (after["lastName"].GetString(), after["jobTitle"].GetString()));
    }

    [Fact]
    public async Task A_created_record_that_others_worked_on_is_not_taken_away()
    {
        var crm = await TestCrm.Tenant();
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Byron" })).Expect(201);
        (await crm.Contacts.Patch($"/contacts/{contact.Id}", new { jobTitle = "Poet" })).Expect(200); // it was empty when created

        var refused = (await crm.Contacts.Post($"/operations/{contact.Operation}/undo")).Expect(409, "changed_since");
        var kept = (await crm.Contacts.Post($"/operations/{contact.Operation}/undo", new { keepChanged = true })).Expect(200);

        Assert.Equal("jobTitle", Assert.Single(refused["conflicts"].EnumerateArray()).GetProperty("field").GetString());
        Assert.Equal(0, kept["records"].GetInt32());
        (await crm.Contacts.Get($"/contacts/{contact.Id}")).Expect(200);
    }

    [Fact]
    public async Task A_contact_moved_after_a_merge_keeps_its_new_company_while_the_others_go_back()
    {
        var crm = await TestCrm.Tenant();
        var ids = new List<Guid>();
        foreach (var name in (string[])["Winner", "Loser", "Third"])
            ids.Add((await crm.Contacts.Post("/accounts", new { name })).Expect(201).Id);
        var stays = (await crm.Contacts.Post("/contacts", new { lastName = "Stays", accountId = ids[1] })).Expect(201).Id;
        var moves = (await crm.Contacts.Post("/contacts", new { lastName = "Moves", accountId = ids[1] })).Expect(201).Id;
        var merged = (await crm.Contacts.Post($"/accounts/{ids[0]}/merge", new { loser = ids[1] })).Expect(200);
        (await crm.Contacts.Patch($"/contacts/{moves}", new { accountId = ids[2] })).Expect(200);

        (await crm.Contacts.Post($"/operations/{merged.Operation}/undo")).Expect(409, "changed_since");
        (await crm.Contacts.Get($"/accounts/{ids[1]}")).Expect(404);
        (await crm.Contacts.Post($"/operations/{merged.Operation}/undo", new { keepChanged = true })).Expect(200);

        Assert.Equal(ids[1], (await crm.Contacts.Get($"/contacts/{stays}")).Expect(200)["accountId"].GetGuid());
        Assert.Equal(ids[2], (await crm.Contacts.Get($"/contacts/{moves}")).Expect(200)["accountId"].GetGuid());
        (await crm.Contacts.Get($"/accounts/{ids[1]}")).Expect(200);
    }

    private static async Task<(Guid Contact, Guid Edited)> EditedTwice(TestCrm crm)
    {
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Byron", jobTitle = "Poet" })).Expect(201).Id;
        var edited = (await crm.Contacts.Patch(
            $"/contacts/{contact}", new { lastName = "King", jobTitle = "Countess" })).Expect(200).Operation;
        (await crm.Contacts.Patch($"/contacts/{contact}", new { lastName = "Lovelace" })).Expect(200);
        return (contact, edited);
    }
}
