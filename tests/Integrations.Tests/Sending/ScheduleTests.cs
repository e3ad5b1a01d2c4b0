using CrmPlatform.Integrations.Sending;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CrmPlatform.Integrations.Tests.Sending;

/// <summary>What is not taken is tried again for days, by a clock that a test can put forward.</summary>
public sealed class ScheduleTests
{
    // S10: five tries, then dropped.
    [Fact]
    public async Task S10_What_is_never_taken_is_tried_ten_times_over_days_then_parked_and_told_when_the_address_is_back()
    {
        await using var world = await Apart.Begin();
        await using var partner = await Receiver.Start();
        partner.Answer(500);
        var hook = await world.Crm.Hook(partner.Url, null, world.Hooks);
        var what = await world.Happens(hook, Guid.CreateVersion7(), 1);
        for (var tries = 1; tries <= 10; tries++)
        {
            await TestCrm.Eventually(async () => Assert.Equal(tries, (await Apart.Tries(hook, what)).Tries));
            if (tries == 10)
                break;
            var (wait, next) = (Schedule.Waits[tries - 1], (await Apart.Tries(hook, what)).Next!.Value);
            var left = next - world.Clock.GetUtcNow();
            Assert.InRange(left, wait * 0.9 - TimeSpan.FromSeconds(30), wait * 1.11);
            if (wait > TimeSpan.FromMinutes(2))
            {
                world.Clock.Pass(left - TimeSpan.FromMinutes(1));
                Assert.Equal(tries, (await Apart.Tries(hook, what)).Tries); // not before its time
                left = TimeSpan.FromMinutes(1);
            }
            world.Clock.Pass(left + TimeSpan.FromSeconds(1));
        }

        await TestCrm.Eventually(async () => Assert.Equal("disabled", (await hook.Read())["state"].GetString()));
        Assert.True((await Apart.Tries(hook, what)).Parked);
        Assert.Contains("webhook.disabled", await world.Crm.Sql("integrations", As.Service).For(world.Crm.Id).Column<string>("select type from journal"));
        var meanwhile = await world.Happens(hook, Guid.CreateVersion7(), 1);
        world.Clock.Pass(TimeSpan.FromDays(40));
        partner.Answer(200);
        (await hook.Door.Post($"/webhooks/{hook.Id}/resume")).Expect(200);

        await hook.Has(2, "delivered");
        Assert.Equal([what, meanwhile], (await hook.Deliveries()).Select(d => d.GetProperty("event").GetGuid()).Order());
        Assert.All(partner.All, r => Assert.True(hook.Signed(r)));
        Assert.Single(partner.All.Where(r => r.Id == $"{what}").Select(r => r.Text).Distinct());
        Assert.Equal(11, partner.All.Where(r => r.Id == $"{what}").Select(r => r.Headers["webhook-timestamp"]).Distinct().Count());
    }

    [Fact]
    public async Task One_that_is_at_odds_with_a_single_event_goes_on_being_told_the_others()
    {
        await using var world = await Apart.Begin();
        await using var partner = await Receiver.Start();
        var odd = Guid.CreateVersion7();
        partner.Answers = (http, received) =>
        {
            http.Response.StatusCode = received.Record == odd ? 500 : 200;
            return Task.CompletedTask;
        };
        var hook = await world.Crm.Hook(partner.Url, null, world.Hooks);
        var what = await world.Happens(hook, odd, 1);
        for (var tries = 1; tries <= 10; tries++)
        {
            await TestCrm.Eventually(async () => Assert.Equal(tries, (await Apart.Tries(hook, what)).Tries));
            await world.Happens(hook, Guid.CreateVersion7(), 1);
            await hook.Has(tries, "delivered");
            world.Clock.Pass(TimeSpan.FromHours(27));
        }

        await hook.Has(1, "parked");
        Assert.Equal("active", (await hook.Read())["state"].GetString());
        (await hook.Door.Post($"/webhooks/{hook.Id}/redeliver", new { events = new[] { what } })).Expect(200);
        await TestCrm.Eventually(async () => Assert.Equal(11, (await Apart.Tries(hook, what)).Tries));
    }

    [Fact]
    public async Task Who_says_how_long_to_wait_is_left_alone_for_so_long()
    {
        await using var world = await Apart.Begin();
        await using var partner = await Receiver.Start();
        partner.Answers = (http, _) =>
        {
            (http.Response.StatusCode, http.Response.Headers.RetryAfter) = (503, "3600");
            return Task.CompletedTask;
        };
        var hook = await world.Crm.Hook(partner.Url, null, world.Hooks);
        var what = await world.Happens(hook, Guid.CreateVersion7(), 1);
        await TestCrm.Eventually(async () => Assert.Equal(1, (await Apart.Tries(hook, what)).Tries));
        Assert.InRange((await Apart.Tries(hook, what)).Next!.Value - world.Clock.GetUtcNow(), TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
        partner.Answer(200);
        world.Clock.Pass(TimeSpan.FromMinutes(62));
        await hook.Has(1, "delivered");
    }

    [Fact]
    public async Task While_a_secret_takes_anothers_place_both_sign_and_then_the_new_one_alone()
    {
        await using var world = await Apart.Begin();
        await using var partner = await Receiver.Start();
        var hook = await world.Crm.Hook(partner.Url, null, world.Hooks);
        var second = (await hook.Door.Post($"/webhooks/{hook.Id}/issue", new { overlapMinutes = 60 })).Expect(200)["secret"].GetString()!;

        await world.Happens(hook, Guid.CreateVersion7(), 1);
        var both = (await partner.Gets(1))[0];
        world.Clock.Pass(TimeSpan.FromMinutes(61));
        await world.Happens(hook, Guid.CreateVersion7(), 1);
        var one = (await partner.Gets(2))[1];

        Assert.True(hook.Signed(both) && hook.Signed(both, second));
        Assert.Equal((false, true), (hook.Signed(one), hook.Signed(one, second)));
        Assert.Equal(2, (await hook.Door.Get($"/webhooks/{hook.Id}/secrets")).Expect(200).Body.GetArrayLength());
    }

    [Fact]
    public void Waits_are_those_of_the_standard_each_a_little_longer_by_chance()
    {
        for (var tries = 1; tries <= Schedule.Waits.Count; tries++)
        {
            var all = Enumerable.Range(0, 200).Select(_ => Schedule.After(tries, null)!.Value).ToList();
            Assert.All(all, wait => Assert.InRange(wait, Schedule.Waits[tries - 1], Schedule.Waits[tries - 1] * 1.1));
            Assert.True(all.Distinct().Count() > 100);
        }
        Assert.Null(Schedule.After(10, null));
        Assert.True(Schedule.Waits.Aggregate((a, b) => a + b) > TimeSpan.FromDays(3));
    }
}
