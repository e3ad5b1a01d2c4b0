using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Subscriptions;

/// <summary>The protocol graphql-transport-ws, word for word: what is answered, and with what is hung up on.</summary>
public sealed class ProtocolTests
{
    private const string Init = """{"type": "connection_init"}""";

    [Fact]
    public async Task Questions_and_changes_are_answered_over_a_socket_too()
    {
        var crm = await TestCrm.Tenant();
        await using var socket = await Socket.Open(crm.Graph().Address);
        await socket.Initialise(crm.Token("crm.read", "crm.write"));

        await socket.Subscribe("a", "mutation { createContact(input: {lastName: \"Ada\"}) { contact { lastName } errors { code } } }");
        await socket.Until(1, "\"complete\"");
        await socket.Subscribe("b", "{ contacts { nodes { lastName } } }");
        await socket.Subscribe("c", "{ lost }");
        await socket.Say("""{"type": "ping"}""");

        await socket.Until(1, """{"id":"a","type":"next","payload":{"data":{"createContact":{"contact":{"lastName":"Ada"},"errors":[]}}}}""");
        await socket.Until(1, """{"id":"b","type":"next","payload":{"data":{"contacts":{"nodes":[{"lastName":"Ada"}]}}}}""");
        Assert.Contains("\"validation\"", (await socket.Until(1, """{"id":"c","type":"error","payload":[{""")).Single(), StringComparison.Ordinal);
        await socket.Until(1, """{"type":"pong"}""");
        await socket.Until(1, """{"id":"b","type":"complete"}""");
    }

    [Theory]
    [InlineData(4400, "no json")]
    [InlineData(4400, """{"type": "lost"}""")]
    [InlineData(4400, """{"type": "subscribe", "payload": {"query": "{ __typename }"}}""")]
    [InlineData(4401, """{"id": "a", "type": "subscribe", "payload": {"query": "{ __typename }"}}""")]
    [InlineData(4401, Init)]
    [InlineData(4401, """{"type": "connection_init", "payload": {"Authorization": "Bearer no.token.atall"}}""")]
    public async Task Who_does_not_keep_to_the_protocol_is_hung_up_on(int code, string said)
    {
        var crm = await TestCrm.Tenant();
        await using var socket = await Socket.Open(crm.Graph().Address);

        await socket.Say(said);

        await socket.Hangs(code);
    }

    [Fact]
    public async Task An_id_is_used_for_one_thing_at_a_time_and_free_again_after_it()
    {
        var crm = await TestCrm.Tenant();
        await using var socket = await Socket.Open(crm.Graph().Address);
        await socket.Initialise(crm.Token("crm.read"));
        const string query = "subscription { contactChanged { kind } }";
        await socket.Subscribe("a", query);
        await socket.Until(1, "live");
        await socket.Say("""{"id": "a", "type": "complete"}""");
        await socket.Subscribe("a", query);
        await socket.Until(2, "live");

        await socket.Subscribe("a", query);

        await socket.Hangs(4409);
    }

    [Fact]
    public async Task Who_introduces_themselves_twice_is_hung_up_on()
    {
        var crm = await TestCrm.Tenant();
        await using var socket = await Socket.Open(crm.Graph().Address);
        await socket.Initialise(crm.Token("crm.read"));

        await socket.Say(Init);

        await socket.Hangs(4429);
    }

    [Fact]
    public async Task Who_never_introduces_themselves_is_hung_up_on()
    {
        var crm = await TestCrm.Tenant();
        await using var socket = await Socket.Open(crm.Graph().Address);

        await socket.Hangs(4408);
    }

    [Fact]
    public async Task A_connection_has_so_many_subscriptions_and_no_more()
    {
        var crm = await TestCrm.Tenant();
        await using var socket = await Socket.Open(crm.Graph().Address);
        await socket.Initialise(crm.Token("crm.read"));

        for (var i = 0; i < 101; i++)
            await socket.Subscribe($"{i}", "subscription { contactChanged { kind } }");

        await socket.Until(100, "live");
        Assert.Contains("too_much", (await socket.Until(1, "\"error\"")).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_over_plain_HTTP_is_told_where_it_belongs()
    {
        var crm = await TestCrm.Tenant();

        var answer = await crm.Graph().Ask("subscription { contactChanged { kind } }");

        Assert.Equal(["not_acceptable"], answer.Codes());
        var stream = crm.Graph().With("Accept", "text/event-stream");
        var told = (await stream.Post("/graphql", JsonSerializer.Serialize(new { query = "{ contacts { totalCount } }" }))).Expect(200).Text;
        Assert.Contains("event: next\ndata: {\"data\":{\"contacts\":{\"totalCount\":0}}}\n\nevent: complete\n", told, StringComparison.Ordinal);
        Assert.Equal(401, (await stream.WithoutToken().With("Accept", "text/event-stream").Post("/graphql", new { query = "{ __typename }" })).Status);
    }
}
