using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Integrations.Tests.Webhooks;

/// <summary>
/// What happens is told to addresses outside, once each, signed, as far as their owner sees it. (IssueWebhookSecret, ReadWebhookSecrets, PauseWebhook,
/// ResumeWebhook)
/// </summary>
public sealed class WebhookTests
{
    [Fact]
    public async Task What_happens_is_told_signed_with_what_changed_and_what_the_record_is_then()
    {
        var crm = await TestCrm.Tenant();
        await using var partner = await Receiver.Start();
        var hook = await crm.Hook(partner.Url, new { headers = new[] { new { name = "X-Key", value = "open sesame" } } });

        var ada = await crm.Contact(new { lastName = "Lovelace", firstName = "Ada" });
        (await crm.Contacts.Patch($"/contacts/{ada.Id}", new { lastName = "King" })).Expect(200);

        var told = await partner.Gets(2);
        var (created, updated) = (told.Single(t => t.Type == "contacts.contact.created"), told.Single(t => t.Type == "contacts.contact.updated"));
        Assert.All(told, t => Assert.True(hook.Signed(t)));
        Assert.Equal("open sesame", created.Headers["x-key"]);
        Assert.Equal("application/json", created.Headers["content-type"]);
        Assert.Equal((ada.Id, 1, "contact", ada.Operation), (
            created.Record, created.Version, created.Data.GetProperty("record").GetString(), created.Data.GetProperty("operation").GetGuid()));
        Assert.Equal(created.Id, created.Data.GetProperty("event").GetString());
        var change = updated.Data.GetProperty("changes").GetProperty("lastName");
        Assert.Equal(("Lovelace", "King"), (change.GetProperty("old").GetString(), change.GetProperty("new").GetString()));
        Assert.Equal("Lovelace", created.Data.GetProperty("fields").GetProperty("lastName").GetString());
        Assert.Equal("King", updated.Data.GetProperty("fields").GetProperty("lastName").GetString());
        Assert.Equal("Ada", updated.Data.GetProperty("fields").GetProperty("firstName").GetString());
        await hook.Has(2, "delivered");
    }

    [Fact]
    public async Task Only_events_that_match_of_records_like_the_filter_with_the_fields_asked_for_are_told()
    {
        var crm = await TestCrm.Tenant();
        await using var partner = await Receiver.Start();
        (await crm.Contacts.Post("/contacts/fields", new { name = "size", label = "Size", kind = "number" })).Expect(201);
        await TestCrm.Eventually(async () => Assert.NotEmpty(await crm.Sql("integrations", As.Service).For(crm.Id).Column<string>(
            "select fields::text from copy where record = 'contacts.customField'")));
        await crm.Hook(partner.Url, new
        {
            events = new[] { "contacts.contact.created", "contacts.contact.updated" },
            filter = "jobTitle ~ '*boss*' and custom.size > 3 and any(emails, address ~ '*@x.example')",
            fields = new[] { "lastName", "jobTitle", "custom.size" },
            changedFields = new[] { "lastName" },
        });
        async Task Enter(string last, string title, int size, string mail) => await crm.Contact(
            new { lastName = last, jobTitle = title, email = $"{last}@{mail}", custom = new { size } });

        await Enter("one", "Boss", 2, "x.example");
        await Enter("two", "Clerk", 5, "x.example");
        await Enter("three", "Boss", 5, "y.example");
        await Enter("four", "Big Boss", 5, "x.example");
        var four = (await partner.Gets(1))[0];
        (await crm.Contacts.Patch($"/contacts/{four.Record}", new { department = "D" })).Expect(200);
        (await crm.Contacts.Delete($"/contacts/{four.Record}")).Expect(204);
        (await crm.Contacts.Post($"/contacts/{four.Record}/restore")).Expect(200);
        (await crm.Contacts.Patch($"/contacts/{four.Record}", new { lastName = "fourth" })).Expect(200);

        var told = await partner.Gets(2);
        Assert.Equal(["four", "fourth"], told.Select(t => t.Data.GetProperty("fields").GetProperty("lastName").GetString()));
        Assert.Equal(["custom.size", "jobTitle", "lastName"], told[0].Data.GetProperty("fields").EnumerateObject().Select(f => f.Name).Order());
        Assert.Equal(["lastName"], told[1].Data.GetProperty("changes").EnumerateObject().Select(f => f.Name));
        Assert.Equal(2, partner.All.Count);
    }

    [Fact]
    public async Task A_thin_event_says_that_it_happened_and_so_does_one_that_would_be_too_large()
    {
        var crm = await TestCrm.Tenant();
        await using var thin = await Receiver.Start();
        await using var full = await Receiver.Start();
        await crm.Hook(thin.Url, new { payload = "thin" });
        await crm.Hook(full.Url);
        var lives = Enumerable.Range(0, 25).ToDictionary(n => $"life{n}", _ => (object)new string('x', 9_000));
        foreach (var life in lives.Keys)
            (await crm.Contacts.Post("/contacts/fields", new { name = life, label = life, kind = "longText" })).Expect(201);

        await crm.Contact(new { lastName = "Lovelace", custom = lives });

        foreach (var told in new[] { (await thin.Gets(1))[0], (await full.Gets(1))[0] })
        {
            Assert.True(told.Data.GetProperty("thin").GetBoolean());
            Assert.False(told.Data.TryGetProperty("changes", out _) || told.Data.TryGetProperty("fields", out _));
            Assert.DoesNotContain("Lovelace", told.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_is_told_learns_what_its_owner_sees_and_nothing_else()
    {
        var crm = await TestCrm.Tenant();
        await using var partner = await Receiver.Start();
        await crm.Role("clerk",
            new { record = "contact", create = "own", read = "own", update = "own", fields = new[] { new { field = "emails", right = "hidden" } } },
            new { record = "webhook", create = "own", read = "own", update = "own", delete = "own" });
        var ada = await crm.User("clerk");
        var hook = await crm.Hook(partner.Url, null, crm.Hooks(ada, "clerk"));

        await crm.Contact(new { lastName = "Others", ownerId = Guid.CreateVersion7() });
        (await crm.Contacts.Post("/accounts", new { name = "Engines", ownerId = ada })).Expect(201);
        var mine = await crm.Contact(new { lastName = "Mine", email = "secret@x.example", ownerId = ada });
        (await crm.Contacts.Patch($"/contacts/{mine.Id}", new { email = "other@x.example" })).Expect(200);
        (await crm.Contacts.Patch($"/contacts/{mine.Id}", new { firstName = "Ada" })).Expect(200);

        var told = await partner.Gets(2);
        await hook.Has(2, "delivered");
        Assert.All(told, t => Assert.Equal(mine.Id, t.Record));
        Assert.Equal([1, 3], told.Select(t => t.Version).Order());
        Assert.All(told, t => Assert.DoesNotContain("x.example", t.Text, StringComparison.Ordinal));
        (await hook.Door.Patch($"/webhooks/{hook.Id}", new { filter = "emails has 'secret@x.example'" })).Expect(422, "invalid");
    }

    [Fact]
    public async Task Nobody_is_told_more_by_a_webhook_of_somebody_else()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("greedy", new { record = "*", create = "all", read = "all", update = "all", delete = "all" });
        var (ada, boss) = (await crm.User("greedy"), await crm.User("administrator"));
        var hook = await crm.Hook("https://hooks.example/", new { ownerId = boss });
        var greedy = crm.Hooks(ada, "greedy");

        (await greedy.Patch($"/webhooks/{hook.Id}", new { url = "https://mine.example/" })).Expect(403);
        (await greedy.Patch($"/webhooks/{hook.Id}", new { ownerId = ada })).Expect(403);
        (await greedy.Post($"/webhooks/{hook.Id}/issue", new { })).Expect(403);
        (await greedy.Get($"/webhooks/{hook.Id}/deliveries/{Guid.CreateVersion7()}")).Expect(403);
        (await greedy.Post("/webhooks", new { name = "x", url = "https://mine.example/", events = new[] { "#" }, ownerId = boss })).Expect(403);
        var own = (await greedy.Post("/webhooks", new { name = "x", url = "https://mine.example/", events = new[] { "#" } })).Expect(201);
        Assert.Equal(ada, own["ownerId"].GetGuid());
        (await greedy.Patch($"/webhooks/{own.Id}", new { ownerId = boss })).Expect(403);
    }

    [Theory]
    [InlineData("https://10.0.0.1/", "no public address")]
    [InlineData("https://[::1]/", "no public address")]
    [InlineData("https://167772161/", "no public address")] // 10.0.0.1
    [InlineData("https://012.0.0.1/", "no public address")]
    [InlineData("https://0xa9fea9fe/latest/meta-data/", "no public address")]
    [InlineData("https://169.254.169.254./", "no public address")]
    [InlineData("https://[::ffff:169.254.169.254]/", "no public address")]
    [InlineData("https://１０.０.０.１/", "no public address")]
    [InlineData("https://[fd00:ec2::254]/", "no public address")]
    [InlineData("https://8.8.8.8:22/", "Port 22")]
    [InlineData("http://8.8.8.8:443/", "over TLS")]
    public async Task An_address_that_nothing_could_be_sent_to_is_not_even_kept(string url, string why)
    {
        var crm = await TestCrm.Tenant();
        var refused = (await crm.Hooks().Post("/webhooks", new { name = "x", url, events = new[] { "#" } })).Expect(422, "invalid");
        Assert.Contains(why, refused["errors"].GetProperty("url").ToString(), StringComparison.Ordinal);
        var kept = (await crm.Hooks().Post("/webhooks", new { name = "x", url = "https://x.example/", events = new[] { "#" } })).Expect(201);
        (await crm.Hooks().Patch($"/webhooks/{kept.Id}", new { url })).Expect(422, "invalid");
    }

    [Theory]
    [InlineData("url", "ftp://x.example/")]
    [InlineData("url", "https://user:password@x.example/")]
    [InlineData("url", "https://x.example/#here")]
    [InlineData("url", "https:\\\\x.example/")]
    [InlineData("url", "x.example/hook")]
    public async Task What_is_no_address_is_refused(string field, string value)
    {
        var crm = await TestCrm.Tenant();
        var refused = (await crm.Hooks().Post("/webhooks", new { name = "x", url = value, events = new[] { "#" } })).Expect(422, "invalid");
        Assert.True(refused["errors"].TryGetProperty(field, out _), refused.Text);
    }

    [Fact]
    public async Task What_cannot_be_meant_is_refused_at_its_field()
    {
        var crm = await TestCrm.Tenant();
        async Task Refused(string field, object more)
        {
            var fields = System.Text.Json.Nodes.JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(more))!.AsObject();
            foreach (var (name, value) in new[] { ("name", (object)"x"), ("url", "https://x.example/") })
                fields.TryAdd(name, System.Text.Json.JsonSerializer.SerializeToNode(value));
            if (!fields.ContainsKey("events"))
                fields["events"] = new System.Text.Json.Nodes.JsonArray("#");
            var refused = (await crm.Hooks().Post("/webhooks", fields)).Expect(422, "invalid");
            Assert.True(refused["errors"].EnumerateObject().Any(e => e.Name.StartsWith(field, StringComparison.Ordinal)), refused.Text);
        }

        await Refused("events", new { events = new[] { "contacts.contact.painted" } });
        await Refused("events", new { events = Array.Empty<string>() });
        await Refused("filter", new { events = new[] { "contacts.contact.*" }, filter = "shoes > 3" });
        await Refused("headers", new { headers = new[] { new { name = "webhook-signature", value = "v1,x" } } });
        await Refused("headers", new { headers = new[] { new { name = "X-A", value = "a\r\nb" } } });
    }
}
