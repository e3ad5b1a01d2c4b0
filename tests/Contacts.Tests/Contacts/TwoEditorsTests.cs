using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Contacts;

/// <summary>Two people who edit one contact.</summary>
public sealed class TwoEditorsTests
{
    [Fact]
    public async Task Edits_of_different_fields_are_both_kept()
    {
        var crm = await TestCrm.Tenant();
        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "Byron", jobTitle = "Lady" })).Expect(201);

        (await crm.Contacts.Patch($"/contacts/{ada.Id}", Edit("lastName", "Byron", "Lovelace"))).Expect(200);
        var both = (await crm.Contacts.Patch($"/contacts/{ada.Id}", Edit("jobTitle", "Lady", "Countess"))).Expect(200);

        Assert.Equal(("Lovelace", "Countess", 3), (both["lastName"].GetString(), both["jobTitle"].GetString(), both.Version));
    }

    [Fact]
    public async Task Of_two_edits_of_one_field_the_second_learns_of_the_first_and_changes_nothing()
    {
        var crm = await TestCrm.Tenant();
        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "Byron" })).Expect(201);
        (await crm.Contacts.Patch($"/contacts/{ada.Id}", Edit("lastName", "Byron", "King"))).Expect(200);

        var refused = (await crm.Contacts.Patch($"/contacts/{ada.Id}", Edit("lastName", "Byron", "Lovelace"))).Expect(409, "conflict");

        var conflict = Assert.Single(refused["conflicts"].EnumerateArray());
        Assert.Equal(
            ("lastName", "Byron", "Lovelace", "King"),
            (conflict.GetProperty("field").GetString(), conflict.GetProperty("base").GetString(), conflict.GetProperty("yours").GetString(),
                conflict.GetProperty("now").GetString()));
        Assert.Equal(2, (await crm.Contacts.Get($"/contacts/{ada.Id}")).Expect(200).Version);
    }

    [Fact]
    public async Task Two_who_want_the_same_are_of_one_mind()
    {
        var crm = await TestCrm.Tenant();
        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "Byron" })).Expect(201);
        (await crm.Contacts.Patch($"/contacts/{ada.Id}", Edit("lastName", "Byron", "Lovelace"))).Expect(200);

        Assert.Equal(2, (await crm.Contacts.Patch($"/contacts/{ada.Id}", Edit("lastName", "Byron", "Lovelace"))).Expect(200).Version);
    }

    [Fact]
    public async Task Fifty_editors_at_once_lose_no_update_and_leave_no_gap()
    {
        var crm = await TestCrm.Tenant();
        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);

        var versions = await Task.WhenAll(Enumerable.Range(0, 50).Select(async n =>
            (await crm.Contacts.Patch($"/contacts/{ada.Id}", new { jobTitle = $"Title {n}" })).Expect(200).Version));

        Assert.Equal(Enumerable.Range(2, 50), versions.Order());
    }

    private static Dictionary<string, object> Edit(string field, string seen, string wanted) =>
        new() { [field] = wanted, ["$base"] = new Dictionary<string, string> { [field] = seen } };
}
