using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Contacts;

/// <summary>A person in several companies, now and before.</summary>
public sealed class ChangeJobTests
{
    [Fact]
    public async Task A_person_who_goes_elsewhere_stays_known_where_they_were()
    {
        var crm = await TestCrm.Tenant();
        var (old, next) = (await Enter(crm, "Old"), await Enter(crm, "Next"));
        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", accountId = old, jobTitle = "Clerk" })).Expect(201).Id;

        var moved = (await crm.Contacts.Post($"/contacts/{ada}/change-job", new { accountId = next, jobTitle = "Chief", on = "2026-03-01" })).Expect(200);
        var left = (await crm.Contacts.Post($"/contacts/{ada}/change-job", new { on = "2026-09-30" })).Expect(200);

        Assert.Equal((next, "Chief"), (moved["accountId"].GetGuid(), moved["jobTitle"].GetString()));
        Assert.Equal(["Old: Clerk  to 2026-03-01", "Next: Chief 2026-03-01 to 2026-09-30"], await Parts(crm, ada));
        Assert.Equal(1, (await crm.Contacts.Get("/contacts?filter=any(accountContacts, account.name = 'Old' and to < 2026-04-01)")).Expect(200)["items"]
            .GetArrayLength());
        (await crm.Contacts.Post($"/operations/{left.Operation}/undo")).Expect(200);
        (await crm.Contacts.Post($"/operations/{moved.Operation}/undo")).Expect(200);
        Assert.Empty(await Parts(crm, ada));
        Assert.Equal(old, (await crm.Contacts.Get($"/contacts/{ada}")).Expect(200)["accountId"].GetGuid());
        (await crm.Contacts.Post($"/contacts/{ada}/change-job", new { accountId = old })).Expect(422, "invalid");
        (await crm.Contacts.Post($"/contacts/{ada}/change-job", new { accountId = Guid.CreateVersion7() })).Expect(422, "invalid_reference");
    }

    [Fact]
    public async Task A_person_has_one_part_in_a_company_at_a_time_and_may_have_had_several()
    {
        var crm = await TestCrm.Tenant();
        var accountId = await Enter(crm, "Engines");
        var contactId = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201).Id;
        (await crm.Contacts.Post("/accountContacts", new { contactId, accountId, role = "adviser", from = "2020-01-01", to = "2021-01-01" })).Expect(201);
        (await crm.Contacts.Post("/accountContacts", new { contactId, accountId, role = "board member" })).Expect(201);

        var twice = (await crm.Contacts.Post("/accountContacts", new { contactId, accountId, role = "owner" })).Expect(409, "duplicate");
        var odd = (await crm.Contacts.Post("/accountContacts", new { contactId, accountId, from = "2021-01-01", to = "2020-01-01" })).Expect(422, "invalid");

        Assert.True(twice["errors"].TryGetProperty("accountId", out _));
        Assert.True(odd["errors"].TryGetProperty("to", out _));
    }

    private static async Task<Guid> Enter(TestCrm crm, string name) => (await crm.Contacts.Post("/accounts", new { name })).Expect(201).Id;

    private static async Task<List<string>> Parts(TestCrm crm, Guid contact)
    {
        var parts = new List<string>();
        foreach (var part in (await crm.Contacts.Get($"/accountContacts?sort=to&filter=contactId = '{contact}'")).Expect(200)["items"].EnumerateArray())
        {
            var account = (await crm.Contacts.Get($"/accounts/{part.GetProperty("accountId").GetGuid()}")).Expect(200);
            parts.Add($"{account["name"]}: {part.GetProperty("jobTitle")} {part.GetProperty("from")} to {part.GetProperty("to")}");
        }
        return parts;
    }
}
