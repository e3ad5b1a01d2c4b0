using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Integrations.Tests.Hooks;

/// <summary>Tools that put programs together subscribe, unsubscribe, and ask for a sample. (SubscribeHook, UnsubscribeHook, SampleHook)</summary>
public sealed class HookTests
{
    [Fact]
    public async Task A_tool_subscribes_hears_what_it_asked_for_signed_and_unsubscribes()
    {
        var crm = await TestCrm.Tenant();
        await using var tool = await Receiver.Start();
        var door = crm.Hooks();
        var asked = new { targetUrl = tool.Url, @event = "contacts.contact.created", filter = "lastName ~ \"L*\"" };
        var subscribed = (await door.Post("/hooks", asked)).Expect(201);
        Assert.Equal(("contacts.contact.created", tool.Url), (subscribed["event"].GetString(), subscribed["targetUrl"].GetString()));

        await crm.Contact(new { lastName = "Babbage" });
        var ada = await crm.Contact(new { lastName = "Lovelace" });
        var told = Assert.Single(await tool.Gets(1));
        Assert.Equal((ada.Id, "contacts.contact.created"), (told.Record, told.Type));
        Assert.True(new Hook(subscribed.Id, subscribed["secret"].GetString()!, door).Signed(told));
        var history = (await door.Get($"/webhooks/{subscribed.Id}/history")).Expect(200)["items"];
        Assert.Contains(history.EnumerateArray(), entry => entry.GetProperty("type").GetString() == "webhook.created");

        (await door.Delete($"/hooks/{subscribed.Id}")).Expect(204);
        (await door.Get($"/webhooks/{subscribed.Id}")).Expect(404);
        (await door.Delete($"/hooks/{subscribed.Id}")).Expect(404);
        var after = await crm.Hook(tool.Url + "/after");
        await crm.Contact(new { lastName = "Later" });
        Assert.Equal("/hook/after", (await tool.Gets(2))[1].Path);
        Assert.Equal(2, tool.All.Count);
        await after.Has(1, "delivered");
    }

    [Fact]
    public async Task An_address_that_is_gone_ends_it_and_what_makes_no_sense_is_refused_at_its_field()
    {
        var crm = await TestCrm.Tenant();
        await using var tool = await Receiver.Start();
        tool.Answer(410);
        var door = crm.Hooks();
        var hook = (await door.Post("/hooks", new { targetUrl = tool.Url, @event = "contacts.contact.created" })).Expect(201);
        await crm.Contact(new { lastName = "Lovelace" });
        await TestCrm.Eventually(async () => Assert.Equal("disabled", (await door.Get($"/webhooks/{hook.Id}")).Expect(200)["state"].GetString()));

        (await door.Post("/hooks", new { targetUrl = "ftp://x.example/", @event = "contacts.contact.created" })).Refused(422, "targetUrl");
        (await door.Post("/hooks", new { targetUrl = "nonsense", @event = "contacts.contact.created" })).Refused(422, "targetUrl");
        (await door.Post("/hooks", new { targetUrl = tool.Url, @event = "contacts.contact.greeted" })).Refused(422, "events");
        (await door.Post("/hooks", new { targetUrl = tool.Url })).Refused(422, "event");
        (await door.Post("/hooks", new { targetUrl = tool.Url, @event = new string('x', 101) })).Refused(422, "event");
        (await door.With("Idempotency-Key", "once").Post("/hooks", new { targetUrl = tool.Url, @event = "contacts.contact.created" })).Expect(422);
        (await door.Get("/hooks/sample?event=contacts.contact.greeted")).Refused(422, "event");
        (await door.Get("/hooks/sample")).Expect(400);
    }

    [Fact]
    public async Task A_sample_is_one_of_the_last_or_made_up_in_the_form_that_is_sent()
    {
        var crm = await TestCrm.Tenant();
        await using var tool = await Receiver.Start();
        var door = crm.Hooks();
        var madeUp = Assert.Single((await door.Get("/hooks/sample?event=contacts.contact.created")).Expect(200).Body.EnumerateArray());
        Assert.Equal("contacts.contact.created", madeUp.GetProperty("type").GetString());
        Assert.Equal("text", madeUp.GetProperty("data").GetProperty("fields").GetProperty("lastName").GetString());
        var won = Assert.Single((await door.Get("/hooks/sample?event=pipeline.deal.won")).Expect(200).Body.EnumerateArray());
        Assert.Equal(12.5m, won.GetProperty("data").GetProperty("daysInStage").GetDecimal());

        await door.Post("/hooks", new { targetUrl = tool.Url, @event = "contacts.contact.created" });
        foreach (var name in (string[])["One", "Two", "Three", "Four"])
            await crm.Contact(new { lastName = name });
        var sent = (await tool.Gets(4)).OrderBy(told => told.Data.GetProperty("position").GetInt64()).Last();
        await TestCrm.Eventually(async () =>
        {
            var samples = (await door.Get("/hooks/sample?event=contacts.contact.created")).Expect(200).Body.EnumerateArray().ToList();
            Assert.Equal(["Four", "Three", "Two"], samples.Select(s => s.GetProperty("data").GetProperty("fields").GetProperty("lastName").GetString()));
            Assert.True(JsonElement.DeepEquals(sent.Body, samples[0]), "A sample is not what is sent.");
        });
    }

    [Fact]
    public async Task A_sample_shows_what_the_caller_sees_and_a_hook_tells_no_more()
    {
        var crm = await TestCrm.Tenant();
        await using var tool = await Receiver.Start();
        await crm.Role("Clerk", new { record = "*", create = "all", read = "all", update = "all", delete = "all", fields = Array.Empty<object>() },
            new { record = "contact", read = "own", fields = new[] { new { field = "jobTitle", right = "hidden" } } });
        await crm.Role("Blind", new { record = "contact", read = "none", fields = Array.Empty<object>() });
        var clerk = await crm.User("Clerk");
        var door = crm.Hooks(clerk, "Clerk");
        var madeUp = Assert.Single((await door.Get("/hooks/sample?event=contacts.contact.created")).Expect(200).Body.EnumerateArray());
        Assert.False(madeUp.GetProperty("data").GetProperty("fields").TryGetProperty("jobTitle", out _));
        (await door.Post("/hooks", new { targetUrl = tool.Url, @event = "contacts.contact.created" })).Expect(201);

        await crm.Contact(new { lastName = "Nobody's", jobTitle = "Secret" });
        await crm.Contact(new { lastName = "Theirs", jobTitle = "Secret", ownerId = clerk });
        var told = Assert.Single(await tool.Gets(1));
        Assert.Equal("Theirs", told.Data.GetProperty("fields").GetProperty("lastName").GetString());
        Assert.DoesNotContain("Secret", told.Text, StringComparison.Ordinal);
        var sample = Assert.Single((await door.Get("/hooks/sample?event=contacts.contact.created")).Expect(200).Body.EnumerateArray());
        Assert.True(JsonElement.DeepEquals(told.Body, sample));
        (await crm.Hooks(await crm.User("Blind"), "Blind").Get("/hooks/sample?event=contacts.contact.created")).Expect(403);
        (await crm.Hooks(await crm.User("Blind"), "Blind").Post("/hooks", new { targetUrl = tool.Url, @event = "contacts.contact.created" })).Expect(403);
    }
}
