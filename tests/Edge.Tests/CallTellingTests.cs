using CrmPlatform.Access;
using CrmPlatform.Hosting.Calls;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.Http;
using RabbitMQ.Client;
using Xunit;

namespace CrmPlatform.Edge.Tests;

/// <summary>What programs asked is told also when the broker was away meanwhile, and nobody waits for it.</summary>
public sealed class CallTellingTests
{
    [Fact]
    public async Task While_the_broker_is_away_requests_are_answered_and_told_when_it_is_back()
    {
        var home = (await TestCrm.Tenant()).Home;
        await using var line = Proxy.To(home.Settings.RabbitMq.ToString());
        await using var things = await Behind.Start(http => http.Response.WriteAsync("here"));
        await using var edge = await Behind.Edge($"things={things.Address}", ("CRM_RABBITMQ", line.Address));
        await Behind.Known(edge);
        var tenant = edge.Tenant();
        var program = tenant.Service("edge").WithToken(edge.Token(new Caller(
            new Actor(ActorKind.System, "shop", "Shop"), tenant.Id, new HashSet<string> { Scopes.Read }, "standard",
            TimeProvider.System.GetUtcNow().AddHours(1))));
        (await program.Get("/things")).Expect(200);
        await using var connection = await new ConnectionFactory { Uri = home.Settings.RabbitMq }.CreateConnectionAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        await CallsTold.Declare(channel, TestContext.Current.CancellationToken); // whoever comes first does
        var (calls, count) = (new HashSet<Guid>(), 0L);
        await TestCrm.Eventually(async () => Assert.Equal(1, await Told()));

        line.Cut();
        for (var n = 0; n < 25; n++)
            (await program.Get("/things")).Expect(200);
        await TestCrm.Eventually(() => Assert.True(line.TurnedAway > 1)); // it tries meanwhile
        Assert.Equal(1, await Told());
        line.Mend();

        await TestCrm.Eventually(async () => Assert.Equal(26, await Told()));
        Assert.Equal(26, calls.Count);

        // What the edge says of this tenant, whoever else's lies in the queue.
        async Task<long> Told()
        {
            while (await channel.BasicGetAsync(CallsTold.Queue, autoAck: true, TestContext.Current.CancellationToken) is { } message)
            {
                var told = CallsTold.Read(message.Body.Span)!;
                calls.UnionWith(told.Calls.Where(c => c.Tenant == tenant.Id).Select(c => c.Id));
                count += told.Usage.Where(u => u.Tenant == tenant.Id).Sum(u => u.Counts.Calls);
            }
            return count;
        }
    }
}
