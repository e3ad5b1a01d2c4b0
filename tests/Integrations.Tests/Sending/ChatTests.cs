using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Integrations.Tests.Sending;

/// <summary>People in a chat are told in their own words, in the form Slack and Teams take, by the same deliverer with the same log.</summary>
public sealed class ChatTests
{
    [Fact]
    public async Task Slack_is_told_a_message_with_what_the_record_says_and_nothing_in_it_is_markup()
    {
        var crm = await TestCrm.Tenant();
        await using var slack = await Receiver.Start();
        slack.Answers = (http, _) => Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, "ok");
        var hook = await Chat(crm, slack.Url, "slack", "{actor} entered *{firstName} {lastName}* ({jobTitle}), {{not a name}} {emails}{was.lastName}");

        await crm.Contact(new { firstName = "Ada", lastName = "<!channel> & <https://bad.example|click>", jobTitle = "Countess", email = "ada@mail.example" });
        var told = Assert.Single(await slack.Gets(1));
        Assert.Equal(
            "{\"text\":\"ada entered *Ada &lt;!channel&gt; &amp; &lt;https://bad.example|click&gt;* (Countess), {not a name} ada@mail.example\"}", told.Text);
        Assert.Equal("application/json", told.Headers["content-type"]);
        Assert.DoesNotContain(told.Headers.Keys, name => name.StartsWith("webhook-", StringComparison.Ordinal));
        await hook.Has(1, "delivered");
        var tried = (await hook.Door.Get($"/webhooks/{hook.Id}/deliveries/{(await hook.Deliveries())[0].GetProperty("event").GetGuid()}")).Expect(200);
        Assert.Contains("&lt;!channel&gt;", tried["attempts"][0].GetProperty("requestBody").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Teams_is_told_by_a_card()
    {
        var crm = await TestCrm.Tenant();
        await using var teams = await Receiver.Start();
        teams.Answer(202);
        var hook = await Chat(crm, teams.Url, "teams", null);

        await crm.Contact(new { lastName = "[free](https://bad.example) **Ünïcode**" });
        var told = Assert.Single(await teams.Gets(1)).Body;
        Assert.Equal("message", told.GetProperty("type").GetString());
        var attachment = Assert.Single(told.GetProperty("attachments").EnumerateArray());
        Assert.Equal("application/vnd.microsoft.card.adaptive", attachment.GetProperty("contentType").GetString());
        var card = attachment.GetProperty("content");
        Assert.Equal(("AdaptiveCard", "1.4"), (card.GetProperty("type").GetString(), card.GetProperty("version").GetString()));
        var block = Assert.Single(card.GetProperty("body").EnumerateArray());
        Assert.Equal(
            ("TextBlock", @"ada: contact created \[free\]\(https://bad.example\) \*\*Ünïcode\*\*"),
            (block.GetProperty("type").GetString(), block.GetProperty("text").GetString()));
        await hook.Has(1, "delivered");
    }

    [Fact]
    public async Task A_message_tells_nothing_that_its_owner_does_not_see_and_asks_for_nothing_that_is_not_there()
    {
        var crm = await TestCrm.Tenant();
        await using var slack = await Receiver.Start();
        await crm.Role("Clerk", new { record = "*", create = "all", read = "all", update = "all", delete = "all", fields = Array.Empty<object>() },
            new { record = "contact", read = "all", fields = new[] { new { field = "jobTitle", right = "hidden" } } });
        await crm.Role("Later", new { record = "contact", read = "all", fields = new[] { new { field = "jobTitle", right = "hidden" } } });
        var (clerk, later) = (await crm.User("Clerk"), await crm.User("Later"));
        await TestCrm.Eventually(async () => (await crm.Hooks(later, "Later").Get("/hooks/sample?event=contacts.contact.created")).Expect(200));
        var door = crm.Hooks(clerk, "Clerk");
        object Webhook(string message, string format = "slack") =>
            new { name = "Chat", url = slack.Url, events = new[] { "contacts.contact.*" }, format, message };

        foreach (var unknown in (string[])["{jobTitle}", "{was.jobTitle}", "{shoeSize}", "{custom.size}"])
            Assert.Contains(unknown, (await door.Post("/webhooks", Webhook(unknown))).Refused(422, "message"), StringComparison.Ordinal);
        (await door.Post("/webhooks", Webhook("Hello", "standard"))).Refused(422, "message");

        // It was allowed when it was said, and is hidden when it is told.
        var made = await Chat(crm, slack.Url, "slack", "{lastName} is {jobTitle}.");
        (await made.Door.Patch($"/webhooks/{made.Id}", new { ownerId = later })).Expect(200);
        await crm.Contact(new { lastName = "Lovelace", jobTitle = "Countess" });
        Assert.Equal("{\"text\":\"Lovelace is .\"}", Assert.Single(await slack.Gets(1)).Text);
    }

    [Fact]
    public async Task A_test_says_so_and_what_a_chat_does_not_take_is_tried_again()
    {
        var crm = await TestCrm.Tenant();
        await using var slack = await Receiver.Start();
        var hook = await Chat(crm, slack.Url, "slack", "{what}: {lastName}");
        Assert.True((await hook.Door.Post($"/webhooks/{hook.Id}/test", new { })).Expect(200)["taken"].GetBoolean());
        Assert.Equal("{\"text\":\"This is a test of Chat.\"}", Assert.Single(await slack.Gets(1)).Text);

        slack.Answer(429);
        await crm.Contact(new { lastName = new string('x', 90) });
        await hook.Has(1, "failing");
        slack.Answers = (_, _) => Task.CompletedTask;
        await hook.Has(1, "delivered");
        Assert.StartsWith("{\"text\":\"contact created: xxx", slack.All.Last().Text, StringComparison.Ordinal);
    }

    private static async Task<Hook> Chat(TestCrm crm, string url, string format, string? message)
    {
        var made = (await crm.Hooks().Post("/webhooks", new { name = "Chat", url, events = new[] { "contacts.contact.*" }, format, message })).Expect(201);
        return new Hook(made.Id, "", crm.Hooks());
    }
}
