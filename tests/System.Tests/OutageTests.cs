using CrmPlatform.SystemTests.Load;
using CrmPlatform.SystemTests.Platform;
using CrmPlatform.SystemTests.Proof;
using CrmPlatform.Testing;

namespace CrmPlatform.SystemTests;

/// <summary>What people see while the broker or the database is away, and that nobody has to restart anything afterwards.</summary>
public sealed class OutageTests(RealPlatform platform)
{
    // CRM_TEST_AWAY_SECONDS makes it a minute or an hour.
    private static readonly TimeSpan Away =
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("CRM_TEST_AWAY_SECONDS") ?? "15"));

    private readonly Guid tenant = Guid.CreateVersion7();

    private Door Contacts => platform.Service("contacts", tenant);

    [Fact]
    public async Task Writes_go_on_while_the_broker_is_away()
    {
        var audit = await Audit.Begin(platform, tenant);
        await platform.RabbitMq.Stop();
        var writers = new Writers(Contacts);
        using var stop = new CancellationTokenSource();
        var work = writers.Work(people: 2, stop.Token);
        try
        {
            stop.CancelAfter(Away);
            await TestCrm.Eventually(async () => Assert.Equal("degraded", (await platform.Host.Health("contacts"))["status"].GetString()));
            await work;

            var health = (await platform.Host.Health("contacts")).Expect(200);
            Assert.Equal("degraded", health["status"].GetString());
            Assert.NotEmpty(health["reasons"].GetProperty("broker").GetString()!);
            Assert.True(await platform.Count("contacts", "select count(*) from outbox") >= writers.Writes.Count, "Nothing can have been told.");
            Assert.True(writers.Repeated == 0, writers.Figures);
        }
        finally
        {
            await platform.RabbitMq.Start();
            await platform.Host.Ready();
        }
        Assert.Empty((await audit.Findings(writers.Writes)).Concat(writers.Surprises).Take(20));
    }

    [Fact]
    public async Task PostgreSQL_away_is_a_clean_503()
    {
        var audit = await Audit.Begin(platform, tenant);
        var before = (await Contacts.Post("/contacts", new { lastName = "Before" })).Expect(201);
        await platform.Postgres.Stop();
        try
        {
            foreach (var send in (Func<Task<Reply>>[])
                     [
                         () => Contacts.Post("/contacts", new { lastName = "During" }),
                         () => Contacts.Patch($"/contacts/{before.Id}", new { lastName = "During" }),
                         () => Contacts.Get($"/contacts/{before.Id}"),
                     ])
            {
                var reply = (await send()).Expect(503, "database_unavailable");
                Assert.Equal("application/problem+json", reply.Headers["Content-Type"]);
                Assert.True(int.Parse(reply.Headers["Retry-After"]) > 0, "Retry-After says when to come back.");
                Assert.DoesNotContain("127.0.0.1", reply.Text);
            }
            foreach (var service in (string[])["contacts", "activities", "analytics", "identity"])
            {
                var health = (await platform.Host.Health(service)).Expect(503);
                Assert.Equal("unavailable", health["status"].GetString());
                Assert.NotEmpty(health["reasons"].GetProperty("database").GetString()!);
                (await platform.Host.Service(service).Look("/health/live")).Expect(200);
            }
        }
        finally
        {
            await platform.Postgres.Start();
            await platform.Host.Ready();
        }
        var after = (await Contacts.Patch($"/contacts/{before.Id}", new { lastName = "After" })).Expect(200);
        Assert.Empty(await audit.Findings(
            [new("contact.created", before.Id, 1, "Before"), new("contact.updated", before.Id, after.Version, "After")]));
    }
}
