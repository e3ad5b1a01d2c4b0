using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Doors;

public sealed class TenantTests
{
    [Fact]
    public async Task What_belongs_to_another_tenant_does_not_exist_and_does_not_change()
    {
        var theirs = await TestCrm.Tenant();
        var account = (await theirs.Contacts.Post("/accounts", new { name = "Secret Engines" })).Expect(201);
        var contact = (await theirs.Contacts.Post("/contacts", new { lastName = "Secret", accountId = account.Id })).Expect(201);
        var trashed = (await theirs.Contacts.Post("/contacts", new { lastName = "Secretly gone" })).Expect(201);
        (await theirs.Contacts.Delete($"/contacts/{trashed.Id}")).Expect(204);
        var crm = theirs.Another();
        var mine = (await crm.Contacts.Post("/accounts", new { name = "Mine" })).Expect(201);

        Reply[] answers =
        [
            await crm.Contacts.Get($"/contacts/{contact.Id}"),
            await crm.Contacts.Get($"/contacts/{contact.Id}?asOf=2100-01-01T00:00:00Z"),
            await crm.Contacts.Get($"/contacts/{contact.Id}/history"),
            await crm.Contacts.Patch($"/contacts/{contact.Id}", new { lastName = "Mine" }),
            await crm.Contacts.Delete($"/contacts/{contact.Id}"),
            await crm.Contacts.Post($"/contacts/{trashed.Id}/restore"),
            await crm.Contacts.Get($"/accounts/{account.Id}"),
            await crm.Contacts.Get($"/accounts/{account.Id}?asOf=2100-01-01T00:00:00Z"),
            await crm.Contacts.Get($"/accounts/{account.Id}/history"),
            await crm.Contacts.Patch($"/accounts/{account.Id}", new { name = "Mine" }),
            await crm.Contacts.Delete($"/accounts/{account.Id}"),
            await crm.Contacts.Post($"/accounts/{account.Id}/merge", new { loser = mine.Id }),
            await crm.Contacts.Post($"/accounts/{mine.Id}/merge", new { loser = account.Id }),
            await crm.Contacts.Get($"/operations/{contact.Operation}"),
            await crm.Contacts.Post($"/operations/{contact.Operation}/undo"),
        ];

        Assert.All(answers, a => a.Expect(404, "not_found"));
        Assert.All(answers, a => Assert.DoesNotContain("Secret", a.Text, StringComparison.Ordinal));
        Assert.Equal(0, (await crm.Contacts.Get($"/contacts?filter=accountId = '{account.Id}'")).Expect(200)["items"].GetArrayLength());
        Assert.Single((await crm.Contacts.Get("/accounts")).Expect(200)["items"].EnumerateArray());
        Assert.Equal(contact.Text, (await theirs.Contacts.Get($"/contacts/{contact.Id}")).Expect(200).Text);
        Assert.Equal(account.Text, (await theirs.Contacts.Get($"/accounts/{account.Id}")).Expect(200).Text);
    }

    [Fact]
    public async Task A_missing_record_and_another_tenants_get_the_same_answer_but_for_the_id()
    {
        var crm = await TestCrm.Tenant();
        var theirs = (await crm.Another().Contacts.Post("/contacts", new { lastName = "Secret" })).Expect(201).Id;
        var nobodys = Guid.CreateVersion7();

        var (foreign, missing) = (await crm.Contacts.Get($"/contacts/{theirs}"), await crm.Contacts.Get($"/contacts/{nobodys}"));

        Assert.Equal(
            foreign["detail"].GetString()!.Replace($"{theirs}", "", StringComparison.Ordinal),
            missing["detail"].GetString()!.Replace($"{nobodys}", "", StringComparison.Ordinal));
    }
}
