using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Records;

/// <summary>What programs are let in by and told is set up through the graph, with the secrets and deliveries that belong to it.</summary>
public sealed class ProgramTests
{
    // Nobody listens there: each try is noted with why it failed.
    private const string Url = "http://127.0.0.1:1/hook";

    private const string Log =
        """
        query ($webhook: ID!, $state: String, $limit: Int, $cursor: String) {
          deliveries(webhook: $webhook, state: $state, limit: $limit, cursor: $cursor) { items { webhook event type recordId state error } nextCursor }
        }
        """;

    private const string One =
        """
        query ($webhook: ID!, $event: ID!) {
          webhook(id: $webhook) { name delivery(happening: $event) { parked attempts { number url error requestBody } } }
        }
        """;

    [Fact]
    public async Task A_key_s_secret_is_shown_once_and_known_by_its_beginning_from_then_on()
    {
        var crm = await TestCrm.Tenant();
        var key = (await crm.Graph().Data(
            "mutation { createApiKey(input: {name: \"Import\", scopes: [\"crm.read\"]}) { apiKey { id } errors { message } } }")).At("createApiKey.apiKey.id");
        const string secrets = "query ($id: ID!) { apiKey(id: $id) { secrets { prefix madeAt endsAt usedAt usedFrom } } }";

        var shown = (await crm.Graph().Data(
            "mutation ($id: ID!) { issueApiKey(id: $id, input: {overlapMinutes: 60}) { result { secret prefix } errors { message } } }",
            new { id = key })).At("issueApiKey");
        var told = (await crm.Graph().Data(secrets, new { id = key })).At("apiKey.secrets");

        Assert.StartsWith(told.At("0.prefix").GetString()!, shown.At("result.secret").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(shown.At("result.secret").GetString()!, told.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, (await crm.Another().Graph().Data(secrets, new { id = key })).At("apiKey").ValueKind);
        var clerk = crm.Graph().WithToken(crm.TokenOf(Guid.CreateVersion7(), ["sales"]));
        var asked = await clerk.Ask(secrets, new { id = key });
        Assert.DoesNotContain(told.At("0.prefix").GetString()!, asked.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliveries_of_a_webhook_are_listed_page_by_page_and_each_is_looked_into()
    {
        var crm = await TestCrm.Tenant();
        var webhook = await Webhook(crm);
        foreach (var name in (string[])["Ada", "Byron", "Cayley"])
            await crm.Given("contacts", new { lastName = name });

        await TestCrm.Eventually(async () =>
            Assert.Equal(3, (await crm.Graph().Data(Log, new { webhook, state = "failing" })).At("deliveries.items").GetArrayLength()));
        var first = (await crm.Graph().Data(Log, new { webhook, state = "failing", limit = 2 })).At("deliveries");
        var rest = (await crm.Graph().Data(
            Log, new { webhook, state = "failing", limit = 2, cursor = first.At("nextCursor").GetString() })).At("deliveries");
        var one = first.At("items.0.event").GetString();
        var seen = (await crm.Graph().Data(One, new { webhook, @event = one })).At("webhook");

        Assert.Equal(2, first.At("items").GetArrayLength());
        Assert.Equal(1, rest.At("items").GetArrayLength());
        Assert.Equal(Url, seen.At("delivery.attempts.0.url").GetString());
        var sent = JsonSerializer.Deserialize<JsonElement>(seen.At("delivery.attempts.0.requestBody").GetString()!);
        Assert.Equal("contacts.contact.created", sent.At("type").GetString());
        Assert.Equal(["not_found"], (await crm.Graph().Ask(One, new { webhook, @event = Guid.CreateVersion7() })).Codes());
    }

    [Fact]
    public async Task What_was_sent_is_told_to_those_who_decide_on_programs_and_to_no_other_tenant()
    {
        var crm = await TestCrm.Tenant();
        var webhook = await Webhook(crm);
        await crm.Given("contacts", new { lastName = "Ada" });
        JsonElement one = default;
        await TestCrm.Eventually(async () => one = (await crm.Graph().Data(Log, new { webhook, state = "failing" })).At("deliveries.items.0.event"));
        await crm.Told(
            "integrations", "identity.role", Guid.CreateVersion7(), 1,
            """{"name": "viewer", "records": [{"record": "*", "read": "all"}], "slices": ["*"], "privileges": []}""");
        var viewer = crm.Graph().WithToken(crm.TokenOf(Guid.CreateVersion7(), ["viewer"]));
        var clerk = crm.Graph().WithToken(crm.TokenOf(Guid.CreateVersion7(), ["readOnly"]));
        var other = crm.Another().Graph();

        var refused = await viewer.Ask(One, new { webhook, @event = one });
        var elsewhere = await other.Ask(One, new { webhook, @event = one });

        Assert.Equal(["not_allowed"], refused.Codes());
        Assert.Equal(JsonValueKind.Null, refused.At("data.webhook.delivery").ValueKind);
        Assert.All((await clerk.Ask(Log, new { webhook })).Codes(), code => Assert.Equal("validation", code));
        Assert.Equal(JsonValueKind.Null, elsewhere.At("data.webhook").ValueKind);
        Assert.Equal(["not_found"], (await other.Ask(Log, new { webhook })).Codes());
    }

    private static async Task<Guid> Webhook(TestCrm crm)
    {
        const string make =
            """
            mutation ($url: String) {
              createWebhook(input: {name: "Partner", url: $url, events: ["contacts.*.*"]}) { webhook { id } errors { field message } }
            }
            """;
        var made = (await crm.Graph().Data(make, new { url = Url })).At("createWebhook");
        Assert.Equal("[]", made.At("errors").GetRawText());
        var id = made.At("webhook.id").GetGuid();
        await crm.Graph().Data("mutation ($id: ID!) { issueWebhookSecret(id: $id, input: {}) { errors { message } } }", new { id });
        return id;
    }
}
