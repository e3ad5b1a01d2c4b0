using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Contacts;

/// <summary>What a person lets us do, and what people are to each other.</summary>
public sealed class ConsentTests
{
    [Fact]
    public async Task Each_purpose_and_channel_has_one_answer_dated_when_it_is_given_and_taken_back()
    {
        var crm = await TestCrm.Tenant();
        var contactId = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201).Id;
        var asked = (await crm.Contacts.Post("/consents", Answer("email", "pending"))).Expect(201);

        var given = (await crm.Contacts.Patch($"/consents/{asked.Id}", new { state = "granted", textVersion = "2026-1" })).Expect(200);
        Assert.Equal(given["updatedAt"].GetDateTimeOffset(), given["givenAt"].GetDateTimeOffset());
        Assert.Equal(1, await Reachable());
        var taken = (await crm.Contacts.Patch($"/consents/{asked.Id}", new { state = "withdrawn" })).Expect(200);
        Assert.Equal(taken["updatedAt"].GetDateTimeOffset(), taken["withdrawnAt"].GetDateTimeOffset());
        Assert.Equal(0, await Reachable());

        (await crm.Contacts.Post("/consents", Answer("phone", "granted"))).Expect(201);
        var twice = (await crm.Contacts.Post("/consents", Answer("email", "granted"))).Expect(409, "duplicate");
        Assert.True(twice["errors"].TryGetProperty("purpose", out _));

        object Answer(string channel, string state) => new { contactId, purpose = "newsletter", channel, state };
        async Task<int> Reachable() => (await crm.Contacts.Get(
            "/contacts?filter=any(consents, purpose = 'newsletter' and channel = 'email' and state = 'granted')")).Expect(200)["items"].GetArrayLength();
    }

    [Fact]
    public async Task A_relation_is_written_once_and_read_from_both_sides()
    {
        var crm = await TestCrm.Tenant();
        var chief = (await crm.Contacts.Post("/contacts", new { lastName = "Chief" })).Expect(201).Id;
        var helper = (await crm.Contacts.Post("/contacts", new { lastName = "Helper" })).Expect(201).Id;

        var relation = (await crm.Contacts.Post("/contactRelations", new { contactId = helper, kind = "assistant", relatedId = chief })).Expect(201);

        Assert.Equal("principal", relation["inverse"].GetString());
        Assert.Equal(helper, await Found("any(contactRelations, kind = 'assistant' and related.lastName = 'Chief')"));
        Assert.Equal(chief, await Found("any(contactRelationsByRelated, inverse = 'principal' and contact.lastName = 'Helper')"));
        var mirrored = new { contactId = chief, kind = "principal", relatedId = helper };
        (await crm.Contacts.Post("/contactRelations", mirrored)).Expect(409, "duplicate");
        (await crm.Contacts.Post("/contactRelations", new { contactId = chief, kind = "friend", relatedId = helper })).Expect(201);
        (await crm.Contacts.Post("/contactRelations", new { contactId = chief, kind = "friend", relatedId = chief })).Expect(422, "invalid");

        async Task<Guid> Found(string filter) => Assert.Single(
            (await crm.Contacts.Get($"/contacts?filter={Uri.EscapeDataString(filter)}")).Expect(200)["items"].EnumerateArray()).GetProperty("id").GetGuid();
    }
}
