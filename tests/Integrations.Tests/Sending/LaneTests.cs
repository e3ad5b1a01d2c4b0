using System.Collections.Concurrent;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CrmPlatform.Integrations.Tests.Sending;

/// <summary>One who takes nothing, or takes long, costs the others nothing.</summary>
public sealed class LaneTests
{
    [Fact]
    public async Task Others_are_told_everything_while_one_hangs_and_one_refuses()
    {
        var crm = await TestCrm.Tenant();
        var open = new TaskCompletionSource();
        await using var hangs = await Receiver.Start();
        await using var refuses = await Receiver.Start();
        await using var takes = await Receiver.Start();
        hangs.Answers = (http, _) => open.Task.WaitAsync(http.RequestAborted);
        refuses.Answer(500);
        foreach (var partner in new[] { hangs, refuses, takes })
            await crm.Hook(partner.Url);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(n => crm.Contact(new { lastName = $"Number {n}" })));

        var told = await takes.Gets(60);
        Assert.False(open.Task.IsCompleted);
        Assert.InRange(hangs.All.Count, 1, 32); // what is open at once is bounded
        Assert.Equal(60, told.Select(t => t.Id).Distinct().Count());
        open.SetResult();
        await hangs.Gets(60);
    }

    [Fact]
    public async Task In_order_one_record_that_is_not_taken_holds_up_itself_alone()
    {
        var crm = await TestCrm.Tenant();
        await using var partner = await Receiver.Start();
        var refused = new ConcurrentQueue<int>();
        var isMended = false;
        partner.Answers = (http, received) =>
        {
            if (received.Data.GetProperty("fields").GetProperty("lastName").GetString() == "Stuck" && !Volatile.Read(ref isMended))
            {
                refused.Enqueue(received.Version);
                http.Response.StatusCode = 500;
            }
            return Task.CompletedTask;
        };
        var hook = await crm.Hook(partner.Url, new { order = "record", events = new[] { "contacts.contact.*" } });
        var stuck = (await crm.Contact(new { lastName = "Stuck" })).Id;
        var free = await crm.Contact(new { lastName = "Free" });
        for (var n = 2; n <= 6; n++)
        {
            (await crm.Contacts.Patch($"/contacts/{stuck}", new { firstName = $"{n}" })).Expect(200);
            (await crm.Contacts.Patch($"/contacts/{free.Id}", new { firstName = $"{n}" })).Expect(200);
        }

        await TestCrm.Eventually(() => Assert.Equal([1, 2, 3, 4, 5, 6], partner.All.Where(r => r.Record == free.Id).Select(r => r.Version)));
        Assert.Equal([1], refused.Distinct());
        Volatile.Write(ref isMended, true);
        (await hook.Door.Post($"/webhooks/{hook.Id}/redeliver", new { })).Expect(200);
        await hook.Has(12, "delivered");
        Assert.Equal([1, 2, 3, 4, 5, 6], partner.All.Where(r => r.Record == stuck).Select(r => r.Version).SkipWhile((v, i) => i < refused.Count).ToArray());
    }

    [Theory]
    [InlineData(301, "sends on")]
    [InlineData(302, "sends on")]
    [InlineData(400, "answered 400")]
    [InlineData(404, "answered 404")]
    [InlineData(429, "answered 429")]
    [InlineData(500, "answered 500")]
    [InlineData(0, "connection")] // ends it
    [InlineData(-1, "in time")] // never answers
    public async Task What_is_not_taken_is_failing_and_is_tried_again(int status, string why)
    {
        var crm = await TestCrm.Tenant();
        await using var partner = await Receiver.Start();
        await using var elsewhere = await Receiver.Start();
        partner.Answers = async (http, _) =>
        {
            http.Response.Headers.Location = elsewhere.Url;
            if (status == 0)
                http.Abort();
            else if (status < 0)
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            else
                http.Response.StatusCode = status;
        };
        var hook = await crm.Hook(partner.Url);
        await crm.Contact(new { lastName = "Lovelace" });

        await hook.Has(1, "failing");
        var failing = Assert.Single(await hook.Deliveries("failing"));
        Assert.Contains(why, failing.GetProperty("error").GetString(), StringComparison.OrdinalIgnoreCase);
        partner.Answer(204);
        await hook.Has(1, "delivered");
        var tries = (await hook.Door.Get($"/webhooks/{hook.Id}/deliveries/{failing.GetProperty("event").GetString()}")).Expect(200)["attempts"];
        Assert.Equal(2, tries.GetArrayLength());
        Assert.Single(partner.All.Select(r => r.Id).Distinct());
        Assert.All(partner.All, r => Assert.True(hook.Signed(r)));
        Assert.Empty(elsewhere.All);
    }

    [Fact]
    public async Task Who_answers_gone_is_asked_no_more_until_resumed_and_then_hears_all_of_it()
    {
        var crm = await TestCrm.Tenant();
        await using var bus = await crm.Listen("integrations.webhook.disabled");
        await using var partner = await Receiver.Start();
        partner.Answer(410);
        var hook = await crm.Hook(partner.Url, new { events = new[] { "contacts.contact.*" } });
        await crm.Contact(new { lastName = "One" });
        await TestCrm.Eventually(async () => Assert.Equal("disabled", (await hook.Read())["state"].GetString()));
        var told = (await bus.Until(1))[0];
        Assert.Equal("gone", told.Body.GetProperty("because").GetString());

        await crm.Contact(new { lastName = "Two" });
        await hook.Has(1, "waiting");
        Assert.Single(partner.All);
        partner.Answer(200);
        (await hook.Door.Post($"/webhooks/{hook.Id}/resume")).Expect(200);

        await hook.Has(2, "delivered");
        Assert.Equal("active", (await hook.Read())["state"].GetString());
    }

    [Fact]
    public async Task What_happens_while_one_is_paused_waits_for_them()
    {
        var crm = await TestCrm.Tenant();
        await using var partner = await Receiver.Start();
        var hook = await crm.Hook(partner.Url);
        (await hook.Door.Post($"/webhooks/{hook.Id}/pause")).Expect(200);
        await crm.Contact(new { lastName = "One" });
        await hook.Has(1, "waiting");
        Assert.Empty(partner.All);
        (await hook.Door.Post($"/webhooks/{hook.Id}/resume")).Expect(200);
        await partner.Gets(1);
    }
}
