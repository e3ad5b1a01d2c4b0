using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Contacts;

/// <summary>What other systems call a record is said of one record.</summary>
public sealed class ExternalIdTests
{
    [Fact]
    public async Task Of_two_hundred_who_enter_the_same_external_id_at_once_one_succeeds()
    {
        var crm = await TestCrm.Tenant();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => crm.Contacts.Post("/contacts", Person($"Person {n}", "42"))));

        Assert.Single(answers, a => a.Status == 201);
        Assert.All(answers.Where(a => a.Status != 201), a => Assert.True(a.Expect(409, "duplicate")["errors"].TryGetProperty("externalIds", out _)));
        Assert.Equal(1, (await crm.Contacts.Get("/contacts?include=total")).Expect(200)["total"].GetInt32());
    }

    // Each has what the other waits for. The database ends one of them, which then is done once more.
    [Fact]
    public async Task Two_who_enter_the_same_ids_in_another_order_at_once_are_both_answered()
    {
        var crm = await TestCrm.Tenant();
        object Batch(IEnumerable<int> ids) => new { operations = ids.Select(id => new { @do = "create", fields = Person($"Person {id}", $"{id}") }) };

        for (var round = 0; round < 5; round++)
        {
            var ids = Enumerable.Range(round * 10, 10).ToList();
            var answers = await Task.WhenAll(
                crm.Contacts.Post("/contacts/batch", Batch(ids)), crm.Contacts.Post("/contacts/batch", Batch(Enumerable.Reverse(ids))));

            var statuses = answers.SelectMany(a => a.Expect(200)["items"].EnumerateArray().Select(item => item.GetProperty("status").GetInt32())).ToList();
            Assert.Equal((10, 10), (statuses.Count(s => s == 201), statuses.Count(s => s == 409)));
        }
    }

    [Fact]
    public async Task An_external_id_is_one_s_of_its_system_its_type_and_its_tenant()
    {
        var crm = await TestCrm.Tenant();
        (await crm.Contacts.Post("/contacts", Person("Ada", "42"))).Expect(201);

        (await crm.Contacts.Post("/contacts", Person("Grace", "42", system: "shop"))).Expect(201);
        (await crm.Contacts.Post("/accounts", new { name = "Engines", externalIds = new[] { new { system = "erp", id = "42" } } })).Expect(201);
        (await crm.Another().Contacts.Post("/contacts", Person("Blaise", "42"))).Expect(201);
        (await crm.Contacts.Post("/contacts", new { lastName = "Nobody" })).Expect(201);
        (await crm.Contacts.Post("/contacts", new { lastName = "Nobody else" })).Expect(201);
        var other = (await crm.Contacts.Post("/contacts", Person("Alan", "43"))).Expect(201);
        (await crm.Contacts.Patch($"/contacts/{other.Id}", Person("Alan", "42"))).Expect(409, "duplicate");
    }

    [Fact]
    public async Task In_the_trash_it_is_free_and_comes_back_only_while_nobody_else_has_it()
    {
        var crm = await TestCrm.Tenant();
        var ada = (await crm.Contacts.Post("/contacts", Person("Ada", "42"))).Expect(201);
        (await crm.Contacts.Delete($"/contacts/{ada.Id}")).Expect(204);

        var grace = (await crm.Contacts.Post("/contacts", Person("Grace", "42"))).Expect(201);
        (await crm.Contacts.Post($"/contacts/{ada.Id}/restore")).Expect(409, "duplicate");
        (await crm.Contacts.Patch($"/contacts/{grace.Id}", new { externalIds = Array.Empty<object>() })).Expect(200);

        (await crm.Contacts.Post($"/contacts/{ada.Id}/restore")).Expect(200);
    }

    private static object Person(string lastName, string id, string system = "erp") => new { lastName, externalIds = new[] { new { system, id } } };
}
