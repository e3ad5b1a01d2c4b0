using System.Globalization;
using System.Text.RegularExpressions;
using CrmPlatform.SystemTests.Load;
using CrmPlatform.SystemTests.Platform;
using CrmPlatform.SystemTests.Proof;
using CrmPlatform.Testing;

namespace CrmPlatform.SystemTests;

/// <summary>What services keep of each other's records: how old it is while nothing comes, that it is the same again, and that it can be made anew.</summary>
public sealed partial class ReplicaTests(RealPlatform platform)
{
    private readonly Guid tenant = Guid.CreateVersion7();

    private Door Contacts => platform.Service("contacts", tenant);

    private Door Pipeline => platform.Service("pipeline", tenant);

    [Fact]
    public async Task While_the_bus_is_held_back_reads_say_how_old_they_are_and_afterwards_every_copy_is_what_it_is_of()
    {
        var replicas = new Replicas(platform, tenant);
        var account = (await Contacts.Post("/accounts", new { name = "Before", industry = "Food" })).Expect(201).Id;
        (await Pipeline.Post("/deals", new { name = "Engines", accountId = account })).Expect(201);
        await replicas.Know(Now);

        await platform.RabbitMq.Stop();
        var held = Now;
        var writers = new Writers(Contacts);
        using var stop = new CancellationTokenSource();
        try
        {
            (await Contacts.Patch($"/accounts/{account}", new { name = "Behind" })).Expect(200);
            var changed = Now;
            var work = writers.Work(people: 2, stop.Token);
            await TestCrm.Eventually(() => Assert.True(writers.Writes.Count > 300), HostProcess.Patience);
            await stop.CancelAsync();
            await work;

            var read = (await Pipeline.Get("/deals?filter=account.name = \"Before\"")).Expect(200);
            Assert.Single(read["items"].EnumerateArray()); // what it was, and so it says
            Assert.True(Said(read) <= held, $"{Said(read)} is after {held}: nothing has come since.");
            Assert.True(Said(read) > held - TimeSpan.FromSeconds(30), $"{Said(read)} is long before {held}: much has come since.");
            await TestCrm.Eventually(async () => Assert.True((await Behind()).Seconds > 5));
            Assert.Equal(Said(read), (await Behind()).AsOf);
            Assert.True(changed > Said(read));
        }
        finally
        {
            await platform.RabbitMq.Start();
            await platform.Host.Ready();
        }

        // Not in the end: at the moment at which they say that they know it.
        await replicas.Know(Now);
        Assert.Empty((await replicas.Differences()).Concat(writers.Surprises).Take(20));
        Assert.Single((await Pipeline.Get("/deals?filter=account.name = \"Behind\"")).Expect(200)["items"].EnumerateArray());
    }

    [Fact]
    public async Task A_replica_is_made_anew_from_the_journal_while_it_is_read_and_written_and_never_shows_less()
    {
        const int Companies = 300, Damaged = 40;
        var replicas = new Replicas(platform, tenant);
        var accounts = new List<Guid>();
        for (var i = 0; i < Companies; i++)
        {
            accounts.Add((await Contacts.Post("/accounts", new { name = $"Company {i}", industry = "Food" })).Expect(201).Id);
            (await Pipeline.Post("/deals", new { name = $"Deal {i}", accountId = accounts[i] })).Expect(201);
        }
        await replicas.Know(Now);
        Assert.Equal(Companies, await Found());
        await Damage(accounts.Take(Damaged), accounts[Damaged]);
        Assert.Equal(Companies - Damaged, await Found());
        Assert.Equal(Damaged + 2, (await replicas.Differences()).Count);

        var writers = new Writers(Contacts);
        using var stop = new CancellationTokenSource();
        var (work, reading) = (writers.Work(people: 2, stop.Token), Read(stop.Token));
        try
        {
            Assert.Contains("made its copies of records of contacts anew", await platform.Verb("rebuild", "pipeline", "contacts"), StringComparison.Ordinal);
            Assert.Equal(Companies, await Found());
            await platform.Verb("rebuild", "pipeline", "contacts"); // of what is whole, under way
            await platform.Verb("rebuild", "leads", "contacts");
        }
        finally
        {
            await stop.CancelAsync();
        }
        await work;
        var counts = await reading;

        await replicas.Know(Now);
        Assert.Empty((await replicas.Differences()).Concat(writers.Surprises).Take(20));
        Assert.True(counts.Count > 50, $"It was only read {counts.Count} times.");
        Assert.Equal(counts.Order(), counts); // never less than before
        Assert.Equal((Companies - Damaged, Companies), (counts[0], counts[^1]));
        Assert.Equal(0, await platform.Count("pipeline", "select count(*) from copy_anew"));
    }

    [Fact]
    public async Task Only_copies_that_are_kept_are_made_anew()
    {
        var (code, output) = await platform.Try("rebuild", "contacts", "pipeline");
        Assert.Equal(1, code);
        Assert.Contains("keeps no copies of records of pipeline", output, StringComparison.Ordinal);
        (code, output) = await platform.Try("rebuild", "pipeline", "billing");
        Assert.Equal(1, code);
        Assert.Contains("There is no service 'billing'", output, StringComparison.Ordinal);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    // Copies that are gone, one that says something else, and one of nothing.
    private async Task Damage(IEnumerable<Guid> gone, Guid wrong)
    {
        await platform.Rows("pipeline", "delete from copy where id = any($1)", _ => 0, gone.ToArray());
        await platform.Rows("pipeline", "update copy set fields = fields || '{\"name\": \"Wrong\"}' where id = $1", _ => 0, wrong);
        await platform.Rows(
            "pipeline", "insert into copy (tenant, record, id, version, fields, versions, deleted) values ($1, 'contacts.account', $2, 9, '{}', '{}', false)",
            _ => 0, tenant, Guid.CreateVersion7());
    }

    private async Task<int> Found() =>
        (await Pipeline.Get("/deals?limit=1&include=total&filter=account.industry = \"Food\"")).Expect(200)["total"].GetInt32();

    private async Task<List<int>> Read(CancellationToken stop)
    {
        var counts = new List<int>();
        while (!stop.IsCancellationRequested)
            counts.Add(await Found());
        return counts;
    }

    private async Task<(DateTimeOffset AsOf, double Seconds)> Behind()
    {
        var said = (await Pipeline.Get("/pipeline/replicas")).Expect(200).Body.EnumerateArray().Single(r => r.GetProperty("source").GetString() == "contacts");
        var asOf = said.GetProperty("asOf").GetDateTimeOffset();
        return (new DateTimeOffset(asOf.Ticks - (asOf.Ticks % TimeSpan.TicksPerMillisecond), asOf.Offset), said.GetProperty("behindSeconds").GetDouble());
    }

    // What stands in the header of an answer, as everybody reads it.
    private static DateTimeOffset Said(Reply read) =>
        DateTimeOffset.Parse(OfContacts.Match(read.Headers["Crm-Replicas"]).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("(?:^|, )contacts=\"([^\"]+)\"")]
    private static partial Regex OfContacts { get; }
}
