using System.Text.Json;
using CrmPlatform.Graph.Tests.Plan;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Subscriptions;

/// <summary>Who listens is told what they may see, at the moment it is told, and for as long as their token counts.</summary>
public sealed class RightsTests
{
    private const string All = "subscription { contactChanged { kind id fields actor { name } record { lastName } } }";

    [Theory]
    [InlineData("socket")]
    [InlineData("stream")]
    public async Task A_record_is_told_to_whoever_sees_it_and_that_it_is_gone_to_whoever_saw_it_before(string how)
    {
        var crm = await TestCrm.Tenant();
        var (ada, bob) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await crm.Role("own", new { record = "contact", read = "own", create = "own", update = "own" });
        await using var first = await Client.Live(how, Door(crm), crm.TokenOf(ada, ["own"]), All);
        await using var second = await Client.Live(how, Door(crm), crm.TokenOf(bob, ["own"]), All);

        var one = await crm.Given("contacts", new { lastName = "One", ownerId = ada });
        await crm.Given("contacts", new { lastName = "Nobody's" });
        await first.Changes(2);
        (await crm.Contacts.Patch($"/contacts/{one}", new { ownerId = bob })).Expect(200);
        await second.Changes(2);
        (await crm.Contacts.Patch($"/contacts/{one}", new { lastName = "Two" })).Expect(200);
        await second.Changes(3);
        (await crm.Contacts.Delete($"/contacts/{one}")).Expect(204);
        await crm.Given("contacts", new { lastName = "Last", ownerId = ada });

        var (told, theirs) = (await first.Changes(4), await second.Changes(4));
        Assert.Equal(["live", "created", "gone", "created"], told.Select(c => c.GetProperty("kind").GetString()!));
        Assert.Equal(["live", "updated", "updated", "deleted"], theirs.Select(c => c.GetProperty("kind").GetString()!));
        Assert.Equal($$"""{"kind":"gone","id":"{{one}}","fields":null,"actor":null,"record":null}""", told[2].GetRawText());
        Assert.DoesNotContain("Nobody", string.Concat([.. first.Heard, .. second.Heard]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hidden_field_is_not_named_among_those_that_changed_and_cannot_be_asked_for()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("blind", new { record = "contact", read = "all", fields = new[] { new { field = "jobTitle", right = "hidden" } } });
        var token = crm.TokenOf(Guid.CreateVersion7(), ["blind"]);
        await using var client = await Client.Live("socket", Door(crm), token, All);
        var one = await crm.Given("contacts", new { lastName = "One", jobTitle = "Spy" });

        (await crm.Contacts.Patch($"/contacts/{one}", new { jobTitle = "Agent", lastName = "Two" })).Expect(200);

        Assert.Equal("""["lastName"]""", (await client.Changes(3))[2].GetProperty("fields").GetRawText());
        await using var curious = await Client.Start("socket", Door(crm), token, "subscription { contactChanged { record { jobTitle } } }");
        Assert.Equal("validation", (await curious.Until("error")).At("0.extensions.code").GetString());
        await using var sly = await Client.Start("stream", Door(crm), token, "subscription { contactChanged(filter: \"jobTitle = 'Spy'\") { kind } }");
        Assert.Equal("invalid", (await sly.Until("next")).At("errors.0.extensions.code").GetString());
    }

    [Fact]
    public async Task A_role_that_changes_counts_for_who_is_listening()
    {
        var crm = await TestCrm.Tenant();
        var role = Guid.CreateVersion7();
        Task Said(int version, string read, string field) => crm.Tell(
            version == 1 ? "identity.role.created" : "identity.role.updated", role, version, JsonSerializer.Serialize(new
            {
                changes = new
                {
                    name = new { @new = "changing" },
                    records = new { @new = new[] { new { record = "contact", read, fields = new[] { new { field, right = "hidden" } } } } },
                },
            }));
        await Said(1, "all", "birthday");
        var token = crm.TokenOf(Guid.CreateVersion7(), ["changing"]);
        await TestCrm.Eventually(async () => (await crm.Contacts.WithToken(token).Get("/contacts")).Expect(200));
        await using var fine = await Client.Live("socket", Door(crm), token, All);
        await using var titles = await Client.Live("stream", Door(crm), token, "subscription { contactChanged { kind record { jobTitle } } }");

        await Said(2, "own", "jobTitle");
        await TestCrm.Eventually(async () => (await crm.Contacts.WithToken(token).Get("/contacts?filter=jobTitle = 'x'")).Expect(422, "invalid"));
        await fine.Changes(2);
        await crm.Given("contacts", new { lastName = "Unseen" });
        await Said(3, "all", "jobTitle");
        await fine.Changes(3);
        await crm.Given("contacts", new { lastName = "Seen" });
        await TestCrm.Eventually(() => Assert.Contains("Seen", string.Concat(fine.Heard), StringComparison.Ordinal));

        Assert.DoesNotContain("Unseen", string.Concat(fine.Heard), StringComparison.Ordinal);
        Assert.Contains("validation", string.Concat(titles.Heard), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("socket")]
    [InlineData("stream")]
    public async Task Who_logs_out_hears_no_more(string how)
    {
        var crm = await TestCrm.Tenant();
        var signIn = Guid.CreateVersion7();
        var token = crm.Home.Token(crm.Caller(Guid.CreateVersion7()) with { Source = signIn });
        await using var client = await Client.Live(how, Door(crm), token, All);
        await using var another = await Client.Live(how, Door(crm), crm.Token("crm.read"), All);

        await crm.Tell("identity.signIn.revoked", signIn, 2, """{"because": "loggedOut"}""");

        if (how == "socket")
            Assert.Equal(4401, (await client.Until("closed")).GetProperty("code").GetInt32());
        else
            await TestCrm.Eventually(() => Assert.Contains("token_revoked", string.Concat(client.Heard), StringComparison.Ordinal));
        await crm.Given("contacts", new { lastName = "After" });
        await another.Changes(2);
        Assert.DoesNotContain("After", string.Concat(client.Heard), StringComparison.Ordinal);
        await TestCrm.Eventually(async () =>
        {
            await using var again = await Socket.Open(crm.Graph().Address);
            await again.Say($$$"""{"type": "connection_init", "payload": {"Authorization": "Bearer {{{token}}}"}}""");
            await again.Hangs(4401);
        });
    }

    [Theory]
    [InlineData("socket")]
    [InlineData("stream")]
    public async Task A_token_that_ends_ends_what_came_of_it(string how)
    {
        var crm = await TestCrm.Tenant();
        var caller = crm.Caller(Guid.CreateVersion7()) with { Expires = TimeProvider.System.GetUtcNow().AddSeconds(4) };
        await using var client = await Client.Live(how, Door(crm), crm.Home.Token(caller), All);

        if (how == "socket")
            Assert.Equal("""{"code":4403,"reason":"token_expired"}""", (await client.Until("closed")).GetRawText());
        else
            await TestCrm.Eventually(() => Assert.Contains("token_expired", string.Concat(client.Heard), StringComparison.Ordinal));
    }

    private static Uri Door(TestCrm crm) => new(crm.Graph().Address, "/api/v1/graphql");
}
