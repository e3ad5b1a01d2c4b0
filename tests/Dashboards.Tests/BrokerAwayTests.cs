using CrmPlatform.Contacts;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Dashboards.Tests;

public sealed class BrokerAwayTests
{
    [Fact]
    public async Task While_the_broker_is_away_the_figures_say_so_and_what_waits_keeps_ageing()
    {
        var nobodyListens = new Dictionary<string, string> { ["CRM_RABBITMQ"] = "amqp://guest:guest@127.0.0.1:9/" };
        await using var apart = await Installation.Apart(nobodyListens, new ContactsService());
        var crm = apart.Tenant();
        (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);

        await TestCrm.Eventually(async () =>
        {
            Assert.Equal(0, await Value("crm_broker_up"));
            Assert.Equal(1, await Value("crm_database_up"));
            Assert.Equal(0, await Value("crm_relay_active"));
            Assert.Equal(1, await Value("crm_outbox_depth"));
        });
        var age = await Value("crm_outbox_age_seconds");
        await TestCrm.Eventually(async () => Assert.True(await Value("crm_outbox_age_seconds") > age));

        async Task<double> Value(string metric)
        {
            var page = await crm.Contacts.Look("/metrics");
            var line = page.Text.Split('\n').Single(line => line.StartsWith(metric + "{", StringComparison.Ordinal));
            return double.Parse(line[(line.LastIndexOf(' ') + 1)..]);
        }
    }
}
