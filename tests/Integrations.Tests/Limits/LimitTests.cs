using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Integrations.Tests.Limits;

/// <summary>What limits others, and does not limit whoever is told of events here. (S10: also ScheduleTests, NothingIsDroppedTests)</summary>
public sealed class LimitTests
{
    // S9: requests are limited by the hour. Whoever keeps up by the feed or a webhook needs hardly any.
    [Fact]
    public async Task S9_a_page_of_events_counts_as_one_request_and_being_told_counts_as_none()
    {
        const int people = 60;
        var crm = await TestCrm.Tenant();
        await using var partner = await Receiver.Start();
        var hook = await crm.Hook(partner.Url);
        var edge = crm.Service("edge");
        await TestCrm.Eventually(async () => (await edge.Get("/events")).Expect(200)); // it has learnt the routes
        var before = Remaining(await edge.Get("/events?limit=1"));

        await Task.WhenAll(Enumerable.Range(0, people).Select(n => crm.Contact(new { lastName = $"Number {n}" })));
        await hook.Has(people, "delivered");
        var page = (await edge.Get("/events?types=contacts.*.*&limit=1000")).Expect(200);

        Assert.Equal(people, page["items"].GetArrayLength());
        Assert.True(Remaining(page) >= before - 1, $"{before} requests were left, and {Remaining(page)} are.");
        static int Remaining(Reply reply) => int.Parse(reply.Expect(200).Headers["RateLimit-Remaining"]);
    }

    // S10: what was dropped after some tries is gone. Here all is sent again: one, a range of time, a record, what was not taken.
    [Fact]
    public async Task S10_what_a_partner_lost_is_sent_again_by_time_by_record_or_all_that_was_not_taken()
    {
        var crm = await TestCrm.Tenant();
        await using var partner = await Receiver.Start();
        var hook = await crm.Hook(partner.Url, new { events = new[] { "contacts.contact.*" } });
        var ada = await crm.Contact(new { lastName = "Lovelace" });
        await crm.Contact(new { lastName = "Hopper" });
        await hook.Has(2, "delivered");
        var middle = TimeProvider.System.GetUtcNow();
        partner.Answer(500);
        (await crm.Contacts.Patch($"/contacts/{ada.Id}", new { lastName = "King" })).Expect(200);
        await hook.Has(1, "failing");
        partner.Answer(200);
        async Task<int> Again(object which)
        {
            var before = partner.All.Count;
            var count = (await hook.Door.Post($"/webhooks/{hook.Id}/redeliver", which)).Expect(200)["count"].GetInt32();
            await partner.Gets(before + count);
            await hook.Has(3, "delivered");
            Assert.Equal(before + count, partner.All.Count);
            return count;
        }

        Assert.Equal(1, await Again(new { }));
        Assert.Equal(2, await Again(new { state = "delivered", to = middle }));
        Assert.Equal(1, await Again(new { state = "any", from = middle }));
        Assert.Equal(2, await Again(new { state = "any", recordId = ada.Id }));
        Assert.Equal(3, partner.All.Select(r => r.Id).Distinct().Count());
    }

    // S53: two systems that do not know that they differ.
    [Fact]
    public async Task S53_who_has_lost_events_finds_by_the_counts_that_they_have_and_reads_just_these()
    {
        var crm = await TestCrm.Tenant();
        await using var partner = await Receiver.Start();
        var hook = await crm.Hook(partner.Url);
        for (var n = 0; n < 6; n++)
            await crm.Contact(new { lastName = $"Number {n}" });
        (await crm.Contacts.Post("/accounts", new { name = "Engines" })).Expect(201);
        await hook.Has(7, "delivered");
        var lost = partner.All.Single(r => r.Data.GetProperty("position").GetInt32() == 4);
        var has = partner.All.Where(r => r.Id != lost.Id).ToList();

        var counts = (await crm.Hooks().Get($"/events/counts?day={TimeProvider.System.GetUtcNow():yyyy-MM-dd}")).Expect(200).Body.EnumerateArray()
            .Where(c => c.GetProperty("service").GetString() == "contacts")
            .ToDictionary(c => c.GetProperty("type").GetString()!, c => c.GetProperty("number").GetInt32());
        var told = await crm.Sql("contacts", As.Service).For(crm.Id).Column<string>("select 'contacts.' || type from journal");
        Assert.Equal(told.GroupBy(t => t).ToDictionary(t => t.Key, t => t.Count()), counts);
        var short1 = Assert.Single(counts, c => has.Count(r => r.Type == c.Key) < c.Value);
        Assert.Equal((lost.Type, 6), (short1.Key, short1.Value));

        var positions = has.Select(r => r.Data.GetProperty("position").GetInt32()).ToHashSet();
        var missing = Assert.Single(Enumerable.Range(1, 7), p => !positions.Contains(p));
        var page = (await crm.Hooks().Get($"/events?after=contacts:{missing - 1}&types={short1.Key}&limit=1")).Expect(200);
        var read = Assert.Single(page["items"].EnumerateArray());
        Assert.Equal(lost.Id, read.GetProperty("data").GetProperty("event").GetString());
        Assert.Equal(lost.Data.GetProperty("changes").GetRawText(), read.GetProperty("data").GetProperty("changes").GetRawText());
    }

    // S54: a request that is sent again does its deed again.
    [Fact]
    public async Task S54_every_request_that_is_sent_twice_with_one_key_is_done_once_and_partners_are_told_once()
    {
        var crm = await TestCrm.Tenant();
        await using var partner = await Receiver.Start();
        var hook = await crm.Hook(partner.Url, new { events = new[] { "contacts.contact.*" } });
        await crm.Contact(new { lastName = "Lovelace" });
        await hook.Has(1, "delivered");
        async Task Twice(HttpMethod method, string path, object? body, int sent)
        {
            var (before, door) = (partner.All.Count, hook.Door.Idempotent($"{method} {path}"));
            var first = await door.Send(method, path, body);
            await partner.Gets(before + sent);
            var again = await door.Send(method, path, body);
            Assert.True(first.Status < 300, first.Text);
            Assert.Equal((first.Status, first.Text), (again.Status, again.Text));
            Assert.True(again.Headers.ContainsKey("Idempotency-Replayed"), path);
            await TestCrm.Eventually(async () => Assert.Equal(
                0, await crm.Sql("integrations", As.Service).For(crm.Id).Value<long>("select count(*) from due")));
            Assert.Equal(before + sent, partner.All.Count);
        }

        var of = $"/webhooks/{hook.Id}";
        await Twice(HttpMethod.Post, "/webhooks", new { name = "Another", url = partner.Url, events = new[] { "contacts.contact.*" } }, 0);
        await Twice(HttpMethod.Post, $"{of}/test", null, 1);
        await Twice(HttpMethod.Post, $"{of}/redeliver", new { state = "any" }, 1);
        await Twice(HttpMethod.Post, $"{of}/replay", new { from = "2020-01-01T00:00:00Z" }, 1);
        await Twice(HttpMethod.Patch, of, new { name = "Partner again" }, 0);
        await Twice(HttpMethod.Post, $"{of}/pause", null, 0);
        await Twice(HttpMethod.Post, $"{of}/resume", null, 0);
        await Twice(HttpMethod.Delete, of, null, 0);
        await Twice(HttpMethod.Post, $"{of}/restore", null, 0);

        Assert.Equal(2, (await crm.Hooks().Get("/webhooks")).Expect(200)["items"].GetArrayLength());
        var once = crm.Contacts.Idempotent("enter");
        var ada = (await once.Post("/contacts", new { lastName = "King" })).Expect(201);
        Assert.Equal(ada.Id, (await once.Post("/contacts", new { lastName = "King" })).Expect(201).Id);
        await hook.Has(2, "delivered");
        Assert.Single(partner.All, r => r.Type == "contacts.contact.created" && r.Record == ada.Id);
    }
}
