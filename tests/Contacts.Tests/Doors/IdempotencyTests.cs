using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Doors;

public sealed class IdempotencyTests
{
    [Fact]
    public async Task The_same_key_gets_the_same_answer_and_changes_nothing_again()
    {
        var crm = await TestCrm.Tenant();
        var door = crm.Contacts.Idempotent("order-1");

        var first = (await door.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);
        (await crm.Contacts.Patch($"/contacts/{first.Id}", new { lastName = "King" })).Expect(200);
        var again = (await door.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);

        Assert.Equal(first.Text, again.Text); // the first answer, though the record has moved on
        Assert.Equal(
            (first.Headers["Location"], first.Headers["ETag"], first.Headers["Crm-Operation"]),
            (again.Headers["Location"], again.Headers["ETag"], again.Headers["Crm-Operation"]));
        Assert.Equal("true", again.Headers["Idempotency-Replayed"]);
        Assert.Equal(1, (await crm.Contacts.Get("/contacts")).Expect(200)["items"].GetArrayLength());
    }

    [Fact]
    public async Task Requests_with_one_key_at_once_make_one_record()
    {
        var crm = await TestCrm.Tenant();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            crm.Contacts.Idempotent("at once").Post("/contacts", new { lastName = "Lovelace" })));

        Assert.Single(answers.Select(a => a.Expect(201).Text).Distinct());
        Assert.Equal(1, (await crm.Contacts.Get("/contacts")).Expect(200)["items"].GetArrayLength());
    }

    [Fact]
    public async Task Deletions_with_one_key_at_once_all_get_the_answer_of_the_one_that_deleted()
    {
        var crm = await TestCrm.Tenant();
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            _ => crm.Contacts.Idempotent("gone").Delete($"/contacts/{contact.Id}")));

        Assert.All(answers, a => a.Expect(204));
    }

    [Fact]
    public async Task A_key_used_for_another_request_is_refused()
    {
        var crm = await TestCrm.Tenant();
        var door = crm.Contacts.Idempotent("order-1");
        var first = (await door.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);

        (await door.Post("/contacts", new { lastName = "King" })).Expect(422, "idempotency_key_reused");
        (await door.Post("/accounts", new { name = "Lovelace" })).Expect(422, "idempotency_key_reused");
        (await door.Delete($"/contacts/{first.Id}")).Expect(422, "idempotency_key_reused");
    }

    [Fact]
    public async Task A_key_means_something_to_one_tenant_alone()
    {
        var crm = await TestCrm.Tenant();
        var other = crm.Another();

        var ours = (await crm.Contacts.Idempotent("order-1").Post("/contacts", new { lastName = "Lovelace" })).Expect(201);
        var theirs = (await other.Contacts.Idempotent("order-1").Post("/contacts", new { lastName = "Lovelace" })).Expect(201);

        Assert.NotEqual(ours.Id, theirs.Id);
    }

    [Fact]
    public async Task A_refused_request_does_not_use_up_its_key()
    {
        var crm = await TestCrm.Tenant();
        var door = crm.Contacts.Idempotent("order-1");

        (await door.Post("/contacts", new { firstName = "Ada" })).Expect(422, "invalid");

        (await door.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);
        (await crm.Contacts.Idempotent(new string('k', 256)).Post(
            "/contacts", new { lastName = "Lovelace" })).Expect(400, "idempotency_key_invalid");
    }
}
