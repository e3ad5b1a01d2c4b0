using System.Collections.Concurrent;
using System.Diagnostics;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Integrations.Tests.Faults;

/// <summary>The promise of webhooks, while partners fail in every way they can and all that delivers is killed.</summary>
public sealed class NothingIsDroppedTests(ITestOutputHelper output)
{
    private const int Tenants = 8, People = 5;

    private static readonly (Mood Mood, int Count)[] Plan =
    [
        (Mood.Takes, 8), (Mood.Fails, 4), (Mood.Refuses, 3), (Mood.Hangs, 2), (Mood.Resets, 2), (Mood.Redirects, 2), (Mood.Gone, 1), (Mood.Away, 3),
    ];

    private readonly ConcurrentBag<(Guid Tenant, Guid Record, int Version)> acknowledged = [];

    [Fact]
    public async Task S10_two_hundred_subscriptions_are_told_everything_in_order_whoever_fails_and_whatever_is_killed()
    {
        var (watch, took) = (Stopwatch.StartNew(), new List<string>());
        void Took(string what) => took.Add($"{what} {watch.Elapsed.TotalSeconds:0} s");
        await using var host = await RealHost.Begin();
        Took("begun");
        await using var partners = await Partners.Begin();
        var tenants = Enumerable.Range(0, Tenants).Select(_ => Guid.CreateVersion7()).ToList();
        var hooks = (await Task.WhenAll(tenants.Select(tenant => Subscribe(host, partners, tenant)))).SelectMany(h => h).ToList();
        Assert.Equal(200, hooks.Count);

        Took("subscribed");
        using var stop = new CancellationTokenSource();
        var work = Task.WhenAll(tenants.Select(tenant => Task.Run(() => Write(host.Contacts(tenant), tenant, stop.Token))));
        await Trouble(host, Took);
        await stop.CancelAsync();
        await work;
        Took("troubled");
        await partners.Mend();
        await Resumed(host, hooks.Where(h => h.Mood == Mood.Gone));
        await Quiet(host);
        Took("quiet");

        var findings = new List<string>();
        foreach (var tenant in tenants)
            findings.AddRange(await Findings(host, partners, tenant, [.. hooks.Where(h => h.Tenant == tenant)]));
        var log = (await host.Rows("integrations", "select count(*), sum(attempts), count(distinct webhook) from delivery",
            row => (row.GetInt64(0), row.GetDecimal(1), row.GetInt64(2))))[0];
        Took("read");
        output.WriteLine($"{acknowledged.Count} changes acknowledged; {log.Item1} deliveries to {log.Item3} webhooks in {log.Item2} tries");
        output.WriteLine(string.Join(", ", took));
        Assert.Empty(findings.Take(20));
        Assert.Equal(0, partners.Elsewhere);
        Assert.True(acknowledged.Count > Tenants * People * 2 && log.Item2 > log.Item1, "Too little was done to have shown anything.");
    }

    // Hours pass between one trouble and the next, but not so many that anybody is given up on.
    private static async Task Trouble(RealHost host, Action<string> took)
    {
        foreach (var (what, end, begin) in new (string, Func<Task>, Func<Task>)[]
        {
            ("deliverer", host.Kill, host.Start), ("broker", host.RabbitMq.Stop, host.RabbitMq.Start), ("database", host.Postgres.Kill, host.Postgres.Start),
            ("deliverer", host.Kill, host.Start),
        })
        {
            await Task.Delay(1500);
            await end();
            host.Clock.Pass(TimeSpan.FromMinutes(70));
            await Task.Delay(500);
            await begin();
            took($"{what} away and back");
        }
        await host.Ready();
        await Task.Delay(1000);
    }

    private static async Task<List<Subscription>> Subscribe(RealHost host, Partners partners, Guid tenant)
    {
        var (all, door) = (new List<Subscription>(), host.Hooks(tenant));
        foreach (var (mood, count) in Plan)
            for (var n = 0; n < count; n++)
            {
                var (partner, isOrdered) = ($"{tenant:N}-{mood}-{n}", n % 2 == 0);
                var id = (await door.Post("/webhooks", new
                {
                    name = partner,
                    url = partners.Add(partner, mood),
                    events = new[] { "contacts.contact.*" },
                    order = isOrdered ? "record" : "none",
                })).Expect(201).Id;
                (await door.Post($"/webhooks/{id}/issue", new { })).Expect(200);
                all.Add(new(tenant, id, partner, mood, isOrdered));
            }
        return all;
    }

    private async Task Write(Door door, Guid tenant, CancellationToken stop)
    {
        var people = new List<Guid>();
        for (var n = 0; !stop.IsCancellationRequested || n < People; n++)
        {
            var (number, person) = ($"{n}", n < People ? Guid.Empty : people[n % People]);
            var written = await Insist(door, d => person == Guid.Empty
                ? d.Post("/contacts", new { lastName = number }) : d.Patch($"/contacts/{person}", new { firstName = number }));
            if (person == Guid.Empty)
                people.Add(written.Id);
            acknowledged.Add((tenant, written.Id, written.Version));
            await Task.Delay(500, CancellationToken.None);
        }
    }

    // Whoever does not hear the outcome sends the same again.
    private static async Task<Reply> Insist(Door door, Func<Door, Task<Reply>> send)
    {
        var once = door.Idempotent($"{Guid.CreateVersion7()}");
        while (true)
        {
            try
            {
                var reply = await send(once);
                if ((int)reply.Status is 200 or 201)
                    return reply;
                Assert.True((int)reply.Status is 503 or 409, $"{reply.Status}: {reply.Text}");
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // It is not there just now.
            }
            await Task.Delay(200);
        }
    }

    private static async Task Resumed(RealHost host, IEnumerable<Subscription> gone)
    {
        foreach (var hook in gone)
        {
            await TestCrm.Eventually(async () => Assert.Equal(
                "disabled", (await host.Hooks(hook.Tenant).Get($"/webhooks/{hook.Id}")).Expect(200)["state"].GetString()), TimeSpan.FromSeconds(30));
            (await host.Hooks(hook.Tenant).Post($"/webhooks/{hook.Id}/resume")).Expect(200);
        }
    }

    // Until all has been heard and nothing is left to be delivered; what waits for its next try waits by a clock that runs.
    private Task Quiet(RealHost host) => TestCrm.Eventually(async () =>
    {
        host.Clock.Pass(TimeSpan.FromHours(3));
        await Task.Delay(500);
        var heard = (await host.Rows("integrations", "select count(*) from event where record = 'contacts.contact'", row => row.GetInt64(0)))[0];
        var due = (await host.Rows("integrations", "select count(*) from due", row => row.GetInt64(0)))[0];
        Assert.True(heard >= acknowledged.Count && due == 0, $"{heard} of {acknowledged.Count} heard, {due} due");
    }, TimeSpan.FromSeconds(60));

    private async Task<IReadOnlyList<string>> Findings(RealHost host, Partners partners, Guid tenant, IReadOnlyList<Subscription> hooks)
    {
        var happened = await host.Rows("contacts", "select id, record_id, version from journal where tenant = $1 and record = 'contact'",
            row => (Event: row.GetGuid(0), Record: row.GetGuid(1), Version: row.GetInt32(2)), tenant);
        var log = (await host.Rows("integrations",
            """
            select d.webhook, d.event, d.state, d.attempts, count(a.number)::int, coalesce(max(a.number), 0), count(a.status)::int,
                count(*) filter (where a.status between 200 and 299)::int
            from delivery d left join attempt a using (tenant, webhook, event) where d.tenant = $1 group by 1, 2, 3, 4
            """,
            row => (Hook: row.GetGuid(0), Event: row.GetGuid(1), State: row.GetString(2), Attempts: row.GetInt32(3), Tries: row.GetInt32(4),
                Last: row.GetInt32(5), Answered: row.GetInt32(6), Taken: row.GetInt32(7)), tenant)).ToDictionary(l => (l.Hook, l.Event));
        var kept = happened.Select(h => (h.Record, h.Version)).ToHashSet();
        var findings = acknowledged.Where(w => w.Tenant == tenant && !kept.Contains((w.Record, w.Version)))
            .Select(w => $"{w} was acknowledged and is not there.").ToList();
        foreach (var hook in hooks)
        {
            var taken = partners.Taken(hook.Partner).Select(t => t.Event).ToHashSet();
            foreach (var what in happened)
            {
                if (!taken.Contains(what.Event))
                    findings.Add($"{hook.Partner} never took {what}.");
                if (!log.TryGetValue((hook.Id, what.Event), out var said))
                    findings.Add($"The log says nothing of {what} to {hook.Partner}.");
                else if (said.State != "delivered" || said.Taken < 1 || said.Tries != said.Attempts || said.Last != said.Tries)
                    findings.Add($"The log is at odds with itself: {said} to {hook.Partner}.");
                else if (said.Answered > partners.Sent(hook.Partner, what.Event))
                    findings.Add($"The log says that {hook.Partner} answered more often than it was asked: {said}.");
            }
            if (hook.IsOrdered)
                findings.AddRange(partners.Taken(hook.Partner).GroupBy(t => t.Record, t => t.Version)
                    .Where(versions => !versions.SequenceEqual(versions.Order()))
                    .Select(versions => $"{hook.Partner} took {string.Join(", ", versions)} of one record."));
        }
        foreach (var state in new[] { "open", "waiting" })
            if ((await host.Hooks(tenant).Get($"/deliveries?state={state}")).Expect(200)["items"].GetArrayLength() > 0)
                findings.Add($"Something is {state} still.");
        return findings;
    }

    private sealed record Subscription(Guid Tenant, Guid Id, string Partner, Mood Mood, bool IsOrdered);
}
