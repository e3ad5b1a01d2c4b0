using System.Text.Json;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CrmPlatform.Integrations.Tests.Deliveries;

/// <summary>What was told is on record, and is told again on demand. (ListDeliveries, ReadDelivery, Redeliver, ReplayEvents, TestWebhook)</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task The_log_says_what_was_sent_and_what_was_answered()
    {
        var crm = await TestCrm.Tenant();
        await using var partner = await Receiver.Start();
        partner.Answers = (http, _) => http.Response.WriteAsync("thank you");
        var hook = await crm.Hook(partner.Url, new { headers = new[] { new { name = "X-Key", value = "open sesame" } } });
        var ada = await crm.Contact(new { lastName = "Lovelace" });
        await hook.Has(1, "delivered");

        var delivery = Assert.Single(await hook.Deliveries());
        Assert.Equal(("contacts.contact.created", ada.Id, 200), (
            delivery.GetProperty("type").GetString(), delivery.GetProperty("recordId").GetGuid(), delivery.GetProperty("status").GetInt32()));
        var read = (await hook.Door.Get($"/webhooks/{hook.Id}/deliveries/{delivery.GetProperty("event").GetString()}")).Expect(200);
        var attempt = Assert.Single(read["attempts"].EnumerateArray());
        Assert.Equal("thank you", attempt.GetProperty("responseBody").GetString());
        Assert.Equal(partner.All.Single().Text, attempt.GetProperty("requestBody").GetString());
        Assert.Equal(partner.All.Single().Headers["webhook-signature"], attempt.GetProperty("requestHeaders").GetProperty("webhook-signature").GetString());
        Assert.DoesNotContain("open sesame", read.Text, StringComparison.Ordinal);
        (await crm.Another().Hooks().Get($"/webhooks/{hook.Id}/deliveries/{delivery.GetProperty("event").GetString()}")).Expect(404);
    }

    [Fact]
    public async Task The_log_is_read_page_by_page_by_state_and_time()
    {
        var crm = await TestCrm.Tenant();
        await using var partner = await Receiver.Start();
        var hook = await crm.Hook(partner.Url);
        await Task.WhenAll(Enumerable.Range(0, 23).Select(n => crm.Contact(new { lastName = $"Number {n}" })));
        await hook.Has(23, "delivered");

        var (all, cursor) = (new List<JsonElement>(), (string?)null);
        do
        {
            var page = (await hook.Door.Get($"/deliveries?limit=5{(cursor is null ? "" : $"&cursor={cursor}")}")).Expect(200);
            all.AddRange(page["items"].EnumerateArray());
            cursor = page["nextCursor"].GetString();
        }
        while (cursor is not null);

        Assert.Equal(23, all.Select(d => d.GetProperty("event").GetGuid()).Distinct().Count());
        var times = all.ConvertAll(d => d.GetProperty("triedAt").GetDateTimeOffset());
        Assert.Equal(times.OrderDescending(), times);
        var middle = Uri.EscapeDataString($"{times[10]:O}");
        Assert.Equal(times.Count(t => t >= times[10]), (await hook.Door.Get($"/deliveries?limit=200&from={middle}")).Expect(200)["items"].GetArrayLength());
        Assert.Equal(0, (await hook.Door.Get("/deliveries?state=open")).Expect(200)["items"].GetArrayLength());
        (await hook.Door.Get("/deliveries?state=lost")).Expect(422, "invalid");
        (await hook.Door.Get("/deliveries?cursor=x")).Expect(422, "invalid");
    }

    [Fact]
    public async Task One_or_all_of_a_time_are_told_again_under_the_same_id()
    {
        var crm = await TestCrm.Tenant();
        await using var partner = await Receiver.Start();
        var hook = await crm.Hook(partner.Url);
        for (var n = 0; n < 3; n++)
            await crm.Contact(new { lastName = $"Number {n}" });
        await hook.Has(3, "delivered");
        var first = partner.All.First();

        var again = (await hook.Door.Post($"/webhooks/{hook.Id}/redeliver", new { events = new[] { first.Id } })).Expect(200);
        Assert.Equal(1, again["count"].GetInt32());
        Assert.Equal(first.Id, (await partner.Gets(4))[3].Id);
        Assert.Equal(0, (await hook.Door.Post($"/webhooks/{hook.Id}/redeliver", new { })).Expect(200)["count"].GetInt32());
        Assert.Equal(3, (await hook.Door.Post(
            $"/webhooks/{hook.Id}/redeliver", new { state = "delivered", from = "2020-01-01T00:00:00Z" })).Expect(200)["count"].GetInt32());
        Assert.Equal(3, (await partner.Gets(7)).Select(r => r.Id).Distinct().Count());
    }

    [Fact]
    public async Task What_happened_before_a_webhook_was_there_is_told_from_any_place_on()
    {
        var crm = await TestCrm.Tenant();
        await using var partner = await Receiver.Start();
        var ada = await crm.Contact(new { lastName = "Lovelace" });
        (await crm.Contacts.Patch($"/contacts/{ada.Id}", new { lastName = "King" })).Expect(200);
        (await crm.Contacts.Patch($"/contacts/{ada.Id}", new { lastName = "Byron" })).Expect(200);
        await TestCrm.Eventually(async () => Assert.Equal(3, (await crm.Hooks().Get("/events")).Expect(200)["items"].GetArrayLength()));
        var hook = await crm.Hook(partner.Url, new { filter = "lastName != 'Byron'", events = new[] { "contacts.contact.*" } });

        var replayed = (await hook.Door.Post($"/webhooks/{hook.Id}/replay", new { from = "2020-01-01T00:00:00Z" })).Expect(200);
        Assert.Equal(2, replayed["count"].GetInt32());
        var told = await partner.Gets(2);
        Assert.Equal(["Lovelace", "King"], told.OrderBy(t => t.Version).Select(t => t.Data.GetProperty("fields").GetProperty("lastName").GetString()));
        Assert.Equal(1, (await hook.Door.Post($"/webhooks/{hook.Id}/replay", new { after = "contacts:1" })).Expect(200)["count"].GetInt32());
        (await hook.Door.Post($"/webhooks/{hook.Id}/replay", new { })).Expect(422, "invalid");
    }

    [Fact]
    public async Task A_test_says_what_was_answered_and_an_address_that_answers_the_challenge_is_verified()
    {
        var crm = await TestCrm.Tenant();
        await using var partner = await Receiver.Start();
        var hook = await crm.Hook(partner.Url);
        partner.Answer(500);
        var failed = (await hook.Door.Post($"/webhooks/{hook.Id}/test")).Expect(200);
        Assert.Equal((false, 500), (failed["taken"].GetBoolean(), failed["status"].GetInt32()));
        partner.Answers = (http, received) => http.Response.WriteAsJsonAsync(new { challenge = received.Data.GetProperty("challenge").GetString() });

        var said = (await hook.Door.Post($"/webhooks/{hook.Id}/test")).Expect(200);
        Assert.True(said["taken"].GetBoolean() && said["verified"].GetBoolean());
        Assert.All(partner.All, r => Assert.True(hook.Signed(r)));
        Assert.NotEqual(JsonValueKind.Null, (await hook.Read())["verifiedAt"].ValueKind);
        (await hook.Door.Patch($"/webhooks/{hook.Id}", new { url = "https://else.example/" })).Expect(200);
        Assert.Equal(JsonValueKind.Null, (await hook.Read())["verifiedAt"].ValueKind);
        var bare = (await hook.Door.Post("/webhooks", new { name = "x", url = partner.Url, events = new[] { "#" } })).Expect(201).Id;
        (await hook.Door.Post($"/webhooks/{bare}/test")).Expect(409, "no_secret");
        (await hook.Door.Post($"/webhooks/{bare}/issue", new { })).Expect(200);
        var repeated = await hook.Door.Idempotent("k").Post($"/webhooks/{bare}/issue", new { });
        repeated.Expect(422, "not_repeatable");
    }
}
