using CrmPlatform.Contacts;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Shared.Tests.Journal;

public sealed class RelayTests
{
    [Fact]
    public async Task Every_entry_is_told_once_and_each_records_entries_in_order()
    {
        var crm = await TestCrm.Tenant();
        await using var bus = await crm.Listen("contacts.#");
        var contacts = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Enter(crm, $"{n}")));

        await Task.WhenAll(
            from n in Enumerable.Range(0, 10)
            from contact in contacts
            select crm.Contacts.Patch($"/contacts/{contact}", new { jobTitle = $"Job {n}" }));

        var heard = await bus.Until(110);
        Assert.Equal(110, heard.Select(e => e.Headers["id"]).Distinct().Count());
        Assert.All(heard.GroupBy(e => e.Record), record => Assert.Equal(Enumerable.Range(1, 11), record.Select(e => e.Version)));
    }

    [Fact]
    public async Task An_event_carries_everything_a_stranger_needs_to_know_about_it()
    {
        var crm = await TestCrm.Tenant();
        await using var bus = await crm.Listen();
        var trace = "0af7651916cd43dd8448eb211c80319c";

        var contact = (await crm.Contacts.With("traceparent", $"00-{trace}-b7ad6b7169203331-01").Post(
            "/contacts", new { lastName = "Lovelace" })).Expect(201);

        var told = Assert.Single(await bus.Until(1));
        Assert.Equal(
            ("1.0", "/contacts", "contacts.contact.created", $"contact/{contact.Id}", $"{contact.Operation}", "1"),
            (told.Headers["specversion"], told.Headers["source"], told.Headers["type"], told.Headers["subject"], told.Headers["operation"],
                told.Headers["recordversion"]));
        Assert.Equal(contact["createdAt"].GetDateTimeOffset(), DateTimeOffset.Parse(told.Headers["time"]));
        Assert.Contains("\"ada\"", told.Headers["actor"], StringComparison.Ordinal);
        Assert.Contains(trace, told.Headers["traceparent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_broker_is_away_writes_go_on_health_says_why_and_afterwards_everything_is_told()
    {
        await using var line = await LineToBroker();
        await using var home = await BehindA(line);
        var crm = home.Tenant();
        await using var bus = await crm.Listen();
        await TestCrm.Eventually(async () =>
            Assert.Equal("ready", (await crm.Contacts.Look("/health/ready")).Expect(200)["status"].GetString()));

        line.Cut();
        var entered = await Task.WhenAll(Enumerable.Range(0, 30).Select(n => Enter(crm, $"{n}")));
        await TestCrm.Eventually(async () =>
        {
            var health = (await crm.Contacts.Look("/health/ready")).Expect(200);
            Assert.Equal("degraded", health["status"].GetString());
            Assert.True(health["reasons"].TryGetProperty("broker", out _));
        });
        line.Mend();

        await TestCrm.Eventually(() =>
            Assert.Equal(entered.Order(), bus.Events.Select(e => e.Record).Distinct().Order()), TimeSpan.FromSeconds(30));
        await TestCrm.Eventually(async () =>
            Assert.Equal("ready", (await crm.Contacts.Look("/health/ready")).Expect(200)["status"].GetString()));
    }

    [Fact]
    public async Task A_service_starts_without_its_broker_and_tells_when_it_comes()
    {
        await using var line = await LineToBroker();
        line.Cut();
        await using var home = await BehindA(line);
        var crm = home.Tenant();
        await using var bus = await crm.Listen();

        var contact = await Enter(crm, "Early");
        line.Mend();

        await bus.Until(1, contact);
    }

    [Fact]
    public async Task A_second_replica_stands_by_and_takes_over_when_the_first_stops()
    {
        await using var home = await Installation.Apart(null, new ContactsService());
        var crm = home.Tenant();
        await using var bus = await crm.Listen();
        await using var second = await home.Replica();
        foreach (var n in Enumerable.Range(0, 20))
            await Enter(crm, $"{n}");
        await bus.Until(20);
        Assert.Equal(1, await Relays(home));

        var contact = await Enter(crm, "Last words");
        await home.Stop();
        await bus.Until(1, contact);
        await crm.Sql("contacts", As.Admin).Execute( // as any service would, which nobody wakes the relay for
            """
            with j as (
                insert into journal (id, at, tenant, actor, operation, record, record_id, version, type, data)
                select gen_random_uuid(), now(), tenant, actor, operation, record, record_id, 2, 'contact.updated', '{}'
                from journal where record_id = $1
                returning entry)
            insert into outbox select entry from j
            """,
            contact);

        Assert.Equal([1, 2], (await bus.Until(2, contact)).Select(e => e.Version));
        Assert.Equal(22, bus.Events.Count); // none twice
        Assert.Equal(1, await Relays(home));
    }

    private static async Task<Proxy> LineToBroker() => Proxy.To((await (await TestHost.Current()).Servers).RabbitMq);

    private static Task<Installation> BehindA(Proxy line) =>
        Installation.Apart(new Dictionary<string, string> { ["CRM_RABBITMQ"] = line.Address }, new ContactsService());

    private static Task<long> Relays(Installation home) => home.Sql("contacts", As.Admin).Value<long>(
        """
        select count(*) from pg_locks
        where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())
        """);

    private static async Task<Guid> Enter(TestCrm crm, string lastName) =>
        (await crm.Contacts.Post("/contacts", new { lastName })).Expect(201).Id;
}
