using CrmPlatform.Hosting.Calls;
using CrmPlatform.Identity.Calls;
using CrmPlatform.Testing;
using RabbitMQ.Client;
using Xunit;

namespace CrmPlatform.Identity.Tests.Calls;

/// <summary>What the edge tells is kept once, whatever lies in the queue, and not for ever.</summary>
public sealed class CallKeepingTests
{
    [Fact]
    public async Task What_is_told_twice_counts_once_and_what_cannot_be_read_holds_nothing_up()
    {
        var crm = await TestCrm.Tenant();
        var told = new CallsTold(Guid.CreateVersion7(), [Call(crm, 0)], [Usage(crm, 7)]);

        await Tell(crm, told.Write(), "no JSON"u8.ToArray(), told.Write(), (told with { Batch = Guid.CreateVersion7() }).Write());

        await TestCrm.Eventually(async () =>
        {
            Assert.Equal(14, await crm.Sql("identity", As.Admin).Value<long>("select calls from call_usage where tenant = $1", crm.Id));
            Assert.Equal(1, await crm.Sql("identity", As.Admin).Value<long>("select count(*) from call where tenant = $1", crm.Id));
        });
    }

    [Fact]
    public async Task The_newest_of_a_tenant_stay_and_those_of_some_days()
    {
        var crm = await TestCrm.Tenant();
        await Tell(crm, new CallsTold(
            Guid.CreateVersion7(), [.. Enumerable.Range(0, 30).Select(n => Call(crm, n)), Call(crm, 40 * 24 * 60)], [Usage(crm, 31)]).Write());
        var sql = crm.Sql("identity", As.Admin);
        await TestCrm.Eventually(async () => Assert.InRange(await sql.Value<long>("select count(*) from call where tenant = $1", crm.Id), 30, 31));

        await Sweep(crm, []);
        Assert.Equal(30, await sql.Value<long>("select count(*) from call where tenant = $1", crm.Id));
        await Sweep(crm, new() { ["CRM_KEEP_CALLS"] = "10" });

        Assert.Equal(10, await sql.Value<long>("select count(*) from call where tenant = $1", crm.Id));
        Assert.Equal(10, await sql.Value<long>("select count(*) from call where tenant = $1 and at > now() - interval '10 minutes'", crm.Id));
    }

    private static async Task Sweep(TestCrm crm, Dictionary<string, string> variables)
    {
        foreach (var step in CallSweeper.Steps(new(variables)))
            await crm.Sql("identity", As.Admin).Execute(step);
    }

    private static async Task Tell(TestCrm crm, params byte[][] messages)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(crm.Home.Settings.RabbitMq.ToString()) }
            .CreateConnectionAsync(TestContext.Current.CancellationToken);
        await TestCrm.Eventually(async () =>
        {
            await using var looking = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
            await looking.QueueDeclarePassiveAsync(CallsTold.Queue, TestContext.Current.CancellationToken);
        });
        await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        foreach (var message in messages)
            await channel.BasicPublishAsync("", CallsTold.Queue, message, TestContext.Current.CancellationToken);
    }

    private static Call Call(TestCrm crm, int minutesAgo) => new(
        Guid.CreateVersion7(TimeProvider.System.GetUtcNow().AddMinutes(-minutesAgo)), crm.Id, "shop", "shop", "GET", "/api/v1/contacts", null, 200, null, 1,
        "trace", 0, 100, false);

    private static CallUsage Usage(TestCrm crm, int calls) =>
        new(crm.Id, "shop", DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), "standard", 100, new CallCounts { Calls = calls });
}
