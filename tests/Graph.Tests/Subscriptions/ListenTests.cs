using CrmPlatform.Graph.Tests.Plan;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Subscriptions;

/// <summary>What is told to whoever listens, by the clients everybody uses.</summary>
public sealed class ListenTests
{
    private const string All = """
        subscription { contactChanged { kind type id version event at actor { name door } operation fields record { lastName account { name } } } }
        """;

    [Theory]
    [InlineData("socket")]
    [InlineData("stream")]
    public async Task Every_change_of_a_record_is_told_as_it_happens(string how)
    {
        var crm = await TestCrm.Tenant();
        var account = await crm.Given("accounts", new { name = "Engines" });
        await using var client = await Client.Live(how, Door(crm), crm.Token("crm.read"), All);

        var ada = await crm.Given("contacts", new { lastName = "Lovelace", accountId = account });
        await client.Changes(2);
        var updated = (await crm.Contacts.Patch($"/contacts/{ada}", new { lastName = "King" })).Expect(200);
        await client.Changes(3);
        (await crm.Contacts.Delete($"/contacts/{ada}")).Expect(204);
        await client.Changes(4);
        (await crm.Contacts.Post($"/contacts/{ada}/restore")).Expect(200);
        var told = await client.Changes(5);

        Assert.Equal(["live", "created", "updated", "deleted", "restored"], told.Select(c => c.GetProperty("kind").GetString()!));
        Assert.All(told.Skip(1), c => Assert.Equal(("Contact", $"{ada}"), (c.At("type").GetString(), c.At("id").GetString())));
        Assert.Equal([1, 2, 3, 4], told.Skip(1).Select(c => c.GetProperty("version").GetInt32()));
        Assert.Equal(("Lovelace", "Engines"), (told[1].At("record.lastName").GetString(), told[1].At("record.account.name").GetString()));
        Assert.Equal(("King", "contacts.contact.updated"), (told[2].At("record.lastName").GetString(), told[2].At("event").GetString()));
        Assert.Equal(["lastName"], told[2].GetProperty("fields").EnumerateArray().Select(f => f.GetString()!));
        Assert.Equal(("ada", updated.Headers["Crm-Operation"]), (told[2].At("actor.name").GetString(), told[2].At("operation").GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, told[3].GetProperty("record").ValueKind);
        Assert.Equal("King", told[4].At("record.lastName").GetString());

        await client.Stop();
        if (how == "socket")
            await client.Until("complete");
    }

    [Fact]
    public async Task Another_tenant_hears_nothing()
    {
        var crm = await TestCrm.Tenant();
        var other = crm.Another();
        await using var client = await Client.Live("socket", Door(crm), other.Token("crm.read"), All);

        await crm.Given("contacts", new { lastName = "Secret" });
        await other.Given("contacts", new { lastName = "Own" });

        Assert.Equal("Own", (await client.Changes(2))[1].At("record.lastName").GetString());
        Assert.DoesNotContain("Secret", string.Concat(client.Heard), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Some_types_and_some_records_are_told_alone()
    {
        var crm = await TestCrm.Tenant();
        var (one, two) = (await crm.Given("accounts", new { name = "One" }), await crm.Given("accounts", new { name = "Two" }));
        const string query = """
            subscription ($ids: [ID!], $types: [WatchedType!]) { recordChanged(ids: $ids, types: $types) {
              kind type record { id ... on Account { name } ... on Contact { lastName } } } }
            """;
        await using var of = await Client.Live("socket", Door(crm), crm.Token("crm.read"), query, new { types = new[] { "Account" } });
        await using var only = await Client.Live("stream", Door(crm), crm.Token("crm.read"), query, new { ids = new[] { two } });

        await crm.Given("contacts", new { lastName = "Nobody" });
        (await crm.Contacts.Patch($"/accounts/{one}", new { name = "First" })).Expect(200);
        (await crm.Contacts.Patch($"/accounts/{two}", new { name = "Second" })).Expect(200);

        Assert.Equal(["First", "Second"], (await of.Changes(3)).Skip(1).Select(c => c.At("record.name").GetString()!));
        Assert.Equal(["Second"], (await only.Changes(2)).Skip(1).Select(c => c.At("record.name").GetString()!));
    }

    [Fact]
    public async Task A_record_that_a_filter_describes_no_longer_is_gone_and_that_is_said_once()
    {
        var crm = await TestCrm.Tenant();
        const string query = "subscription { contactChanged(filter: \"jobTitle = 'Boss'\") { kind id fields record { lastName } } }";
        await using var client = await Client.Live("socket", Door(crm), crm.Token("crm.read"), query);

        var boss = await crm.Given("contacts", new { lastName = "Boss", jobTitle = "Boss" });
        await client.Changes(2);
        (await crm.Contacts.Patch($"/contacts/{boss}", new { jobTitle = "Clerk" })).Expect(200);
        await client.Changes(3);
        (await crm.Contacts.Patch($"/contacts/{boss}", new { jobTitle = "Cook" })).Expect(200);
        await crm.Given("contacts", new { lastName = "Other", jobTitle = "Boss" });
        await client.Changes(4); // a record is read when it is told: by now that of the cook was
        (await crm.Contacts.Patch($"/contacts/{boss}", new { jobTitle = "Boss" })).Expect(200);
        var told = await client.Changes(5);

        Assert.Equal(["live", "created", "gone", "created", "updated"], told.Select(c => c.GetProperty("kind").GetString()!));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, told[2].GetProperty("fields").ValueKind);
        await using var wrong = await Client.Start(
            "socket", Door(crm), crm.Token("crm.read"), "subscription { contactChanged(filter: \"lost = 1\") { kind } }");
        Assert.Equal("invalid", (await wrong.Until("error")).At("0.extensions.code").GetString());
    }

    [Fact]
    public async Task However_many_listen_to_the_same_it_is_read_once()
    {
        var crm = await TestCrm.Tenant();
        await using var counting = await Counting.Of(crm);
        await using var socket = await Socket.Open(counting.Graph.Address);
        await socket.Initialise(crm.Token("crm.read"));
        for (var i = 0; i < 40; i++)
            await socket.Subscribe($"{i}", All);
        await socket.Until(40, "live");
        counting.Asked();

        await crm.Given("contacts", new { lastName = "Once" });
        await socket.Until(40, "Once");

        Assert.Equal(["contacts"], counting.Asked());
    }

    private static Uri Door(TestCrm crm) => new(crm.Graph().Address, "/api/v1/graphql");
}
