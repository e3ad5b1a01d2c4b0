using CrmPlatform.Edge;
using CrmPlatform.Graph.Subscriptions;
using CrmPlatform.Graph.Tests.Plan;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Subscriptions;

/// <summary>Lines that break, servers that stop, clients that are slow: nobody is left believing that they have heard all.</summary>
public sealed class LinesTests
{
    private const string All = "subscription { contactChanged { kind record { lastName } } }";

    [Theory]
    [InlineData("socket")]
    [InlineData("stream")]
    public async Task Through_the_edge_it_is_told_as_well(string how)
    {
        var crm = await TestCrm.Tenant();
        var edge = crm.Service("edge");
        await TestCrm.Eventually(async () => (await edge.Get("/graphql?query={__typename}")).Expect(200));
        await using var client = await Client.Live(how, new(edge.Address, "/graphql"), crm.Token("crm.read"), All);

        await crm.Given("contacts", new { lastName = "Ada" });

        Assert.Equal("Ada", (await client.Changes(2))[1].At("record.lastName").GetString());
        await using var nobody = await Socket.Open(edge.Address, "/graphql");
        await nobody.Say("""{"type": "connection_init"}""");
        await nobody.Hangs(4401);
    }

    [Fact]
    public async Task After_a_line_to_the_broker_was_cut_all_are_told_to_read_again()
    {
        var crm = await TestCrm.Tenant();
        await using var proxy = Proxy.To(crm.Home.Servers.RabbitMq);
        await using var apart = await Counting.Of(crm, ("CRM_RABBITMQ", proxy.Address));
        await using var client = await Client.Live("socket", new(apart.Graph.Address, "/api/v1/graphql"), crm.Token("crm.read"), All);
        await crm.Given("contacts", new { lastName = "Before" });
        await client.Changes(2);

        proxy.Cut();
        await TestCrm.Eventually(async () => Assert.Contains("broker", (await apart.Graph.Look("/health/ready")).Expect(200).Text, StringComparison.Ordinal));
        await crm.Given("contacts", new { lastName = "Meanwhile" });
        proxy.Mend();
        await client.Changes(3);
        await crm.Given("contacts", new { lastName = "After" });

        var told = await client.Changes(4);
        Assert.Equal(["live", "created", "live", "created"], told.Select(c => c.GetProperty("kind").GetString()!));
        Assert.Equal("After", told[3].At("record.lastName").GetString());
    }

    [Theory]
    [InlineData("socket")]
    [InlineData("stream")]
    public async Task A_graph_that_stops_lets_go_of_who_listens_at_once_and_they_come_back(string how)
    {
        var crm = await TestCrm.Tenant();
        var apart = await Counting.Of(crm);
        await using var client = await Client.Live(how, new(apart.Graph.Address, "/api/v1/graphql"), crm.Token("crm.read"), All, retry: 1);
        var began = TimeProvider.System.GetTimestamp();

        await apart.DisposeAsync();

        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0, 10);
        if (how == "socket")
            Assert.Equal(1001, (await client.Until("closed")).GetProperty("code").GetInt32());
        await client.Until("error"); // nobody is there when they come back
        Assert.DoesNotContain(client.Heard, h => h.TryGetProperty("complete", out _));
    }

    [Theory]
    [InlineData("socket")]
    [InlineData("stream")]
    public async Task An_edge_that_stops_does_not_wait_for_who_listens(string how)
    {
        var crm = await TestCrm.Tenant();
        var edge = await Installation.Apart(
            new Dictionary<string, string>
            {
                ["CRM_UPSTREAMS"] = $"graph={crm.Graph().Address}",
                ["CRM_KEYS"] = crm.Home.Settings.Keys,
                ["CRM_ISSUER"] = crm.Home.Settings.Issuer,
            },
            new EdgeApp());
        var door = edge.Tenant().Service("edge").WithToken(crm.Token("crm.read"));
        await TestCrm.Eventually(async () => (await door.Get("/graphql?query={__typename}")).Expect(200));
        await using var client = await Client.Live(how, new(door.Address, "/graphql"), crm.Token("crm.read"), All);
        var began = TimeProvider.System.GetTimestamp();

        await edge.DisposeAsync();

        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0, 10);
        await client.Until("error");
    }

    [Fact]
    public async Task Who_does_not_keep_up_is_told_the_latest_of_each_record_or_that_they_have_missed_something()
    {
        var dropped = new List<(int, string)>();
        var backlog = new Backlog((count, how) => dropped.Add((count, how)));
        var (record, missed) = (Guid.CreateVersion7(), new News("missed"u8.ToArray(), null, null));
        News Of(string text, Guid id) => new(System.Text.Encoding.UTF8.GetBytes(text), id, null);
        backlog.Add(Of("first", record), missed);
        for (var i = 1; i < 256; i++)
            backlog.Add(Of($"{i}", Guid.CreateVersion7()), missed);

        backlog.Add(Of("latest", record), missed);
        Assert.Equal("1", await Next(backlog));
        for (var i = 2; i < 256; i++)
            await Next(backlog);
        Assert.Equal("latest", await Next(backlog));

        for (var i = 0; i < 257; i++)
            backlog.Add(Of($"{i}", Guid.CreateVersion7()), missed);
        Assert.Equal("missed", await Next(backlog));
        Assert.Equal([(1, "coalesced"), (257, "missed")], dropped);
        backlog.End();
        Assert.Null(await backlog.Next(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Of_a_flood_of_changes_either_all_are_told_or_that_some_were_missed()
    {
        var crm = await TestCrm.Tenant();
        await using var client = await Client.Live("socket", new(crm.Graph().Address, "/api/v1/graphql"), crm.Token("crm.read"), All);
        var operations = Enumerable.Range(0, 200).Select(i => new { @do = "create", fields = new { lastName = $"N{i}" } });

        for (var i = 0; i < 3; i++)
            (await crm.Contacts.Post("/contacts/batch", new { atomic = true, operations })).Expect(200);
        await crm.Given("contacts", new { lastName = "Last" });

        await TestCrm.Eventually(() => Assert.Contains("Last", string.Concat(client.Heard), StringComparison.Ordinal));
        var told = client.Changes();
        Assert.True(told.Count(c => c.At("kind").GetString() == "created") == 601 || told.Count(c => c.At("kind").GetString() == "live") > 1);
    }

    private static async Task<string> Next(Backlog backlog) =>
        System.Text.Encoding.UTF8.GetString((await backlog.Next(TestContext.Current.CancellationToken))!.Text.Span);
}
