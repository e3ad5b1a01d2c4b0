using System.Diagnostics;
using System.Text.RegularExpressions;
using CrmPlatform.SystemTests.Load;
using CrmPlatform.SystemTests.Platform;

namespace CrmPlatform.SystemTests.Proof;

/// <summary>Holds everything a run left behind against everything else: acknowledgements, journal, rows, queue, consumers, copies, chain.</summary>
internal sealed partial class Audit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly RealPlatform platform;
    private readonly Guid tenant;
    private readonly Recorder recorder;

    private Audit(RealPlatform platform, Guid tenant) =>
        (this.platform, this.tenant, recorder) = (platform, tenant, new Recorder(platform.Broker, $"audit.{tenant:N}", tenant));

    /// <summary>Begins to listen, before the tenant's first change.</summary>
    public static async Task<Audit> Begin(RealPlatform platform, Guid tenant)
    {
        var audit = new Audit(platform, tenant);
        await audit.recorder.Begin("crm.events", "contacts.#");
        return audit;
    }

    /// <summary>Waits until everything is told and taken in, then says what is wrong, a sentence each. Everything must be up.</summary>
    public async Task<IReadOnlyList<string>> Findings(IReadOnlyCollection<Write> writes)
    {
        var journal = await platform.Rows(
            "contacts", "select id, type, record_id, version, data::text from journal where tenant = $1",
            row => new Kept(row.GetGuid(0), row.GetString(1), row.GetGuid(2), row.GetInt32(3), row.GetString(4)), tenant);
        var contacts = journal.Where(k => k.Type.StartsWith("contact.", StringComparison.Ordinal)).ToList();
        await Settled([.. journal.Select(k => k.Event)], [.. contacts.Select(k => k.Event)]);

        var told = await recorder.End();
        var versions = contacts.Select(k => (k.Record, k.Version)).ToList();
        return
        [
            .. Checks.Acknowledged(writes, journal),
            .. Checks.Current(await Versions(), journal),
            .. Checks.ToldAll(journal.Select(k => k.Event), told),
            .. Checks.Order(told),
            .. Checks.AppliedOnce(versions, await Applications.Of(platform, tenant)),
            .. Checks.AppliedOnce(versions, await platform.Rows(
                "activities", "select record_id, version from timeline where tenant = $1", row => (row.GetGuid(0), row.GetInt32(1)), tenant)),
            .. Checks.Same(await Sources(), await Copies()),
            .. await Leftovers(),
            .. await Whole(),
        ];
    }

    // Nothing to be told, nothing in a queue: both consumers have every event, and each of their inboxes knows it once.
    private async Task Settled(Guid[] all, Guid[] ofContacts)
    {
        await Until("outbox of contacts", 0, () => platform.Count("contacts", "select count(*) from outbox"));
        foreach (var (service, events) in new[] { ("analytics", all), ("activities", ofContacts) })
            await Until($"inbox of {service}", events.Length, () => platform.Count(service, "select count(*) from inbox where id = any($1)", events));
    }

    // Asks seldom: counting is work, and those who are waited for need the processor.
    private static async Task Until(string what, long expected, Func<Task<long>> count)
    {
        var clock = Stopwatch.StartNew();
        for (long last; (last = await count()) != expected; await Task.Delay(300))
            Assert.True(clock.Elapsed < Patience, $"{what}: {last} instead of {expected} after {Patience}.");
    }

    private async Task<Dictionary<Guid, int>> Versions() => (await platform.Rows(
        "contacts", "select id, version from contact where tenant = $1 union all select id, version from account where tenant = $1",
        row => (row.GetGuid(0), row.GetInt32(1)), tenant)).ToDictionary(r => r.Item1, r => r.Item2);

    private Task<Dictionary<Guid, string>> Sources() => Texts(
        "contacts",
        """
        select id, jsonb_build_object('firstName', first_name, 'lastName', last_name, 'emails', emails, 'accountId', account_id)::text
            || ' version ' || version || ' deleted ' || (deleted_at is not null)
        from contact where tenant = $1
        union all
        select id, jsonb_build_object('name', name, 'industry', industry, 'employees', employees)::text
            || ' version ' || version || ' deleted ' || (deleted_at is not null)
        from account where tenant = $1
        """);

    // A field nobody ever filled is absent in a copy and empty in the source: both say null.
    private Task<Dictionary<Guid, string>> Copies() => Texts(
        "analytics",
        """
        select id, case record
            when 'contacts.contact' then jsonb_build_object('firstName', fields -> 'firstName', 'lastName', fields -> 'lastName',
                'emails', coalesce(fields -> 'emails', '[]'), 'accountId', fields -> 'accountId')
            else jsonb_build_object('name', fields -> 'name', 'industry', fields -> 'industry', 'employees', fields -> 'employees') end::text
            || ' version ' || version || ' deleted ' || deleted
        from copy where tenant = $1
        """);

    private async Task<Dictionary<Guid, string>> Texts(string service, string sql) =>
        (await platform.Rows(service, sql, row => (Id: row.GetGuid(0), Text: row.GetString(1)), tenant)).ToDictionary(r => r.Id, r => r.Text);

    private async Task<List<string>> Leftovers()
    {
        var findings = new List<string>();
        foreach (var service in (string[])["contacts", "activities", "analytics", "identity"])
            if (await platform.Count(service, "select count(*) from parked") is > 0 and var parked)
                findings.Add($"{parked} events are parked in {service}.");
        var queues = await platform.RabbitMq.Queues();
        findings.AddRange(queues.Keys.Where(q => q.EndsWith("_error", StringComparison.Ordinal) || q.EndsWith("_skipped", StringComparison.Ordinal))
            .Select(q => $"There is a queue {q}."));
        if (Left(queues) > 0) // applied is not yet acknowledged
            await Until("messages left in queues", 0, async () => Left(await platform.RabbitMq.Queues()));
        return findings;

        static long Left(IReadOnlyDictionary<string, int> queues) =>
            queues.Where(q => !q.Key.StartsWith("crm.events", StringComparison.Ordinal)).Sum(q => q.Value);
    }

    private async Task<string[]> Whole()
    {
        var (code, output) = await platform.Try("verify");
        return code == 0 && Anchored().IsMatch(output) ? [] : [$"verify ended with {code}: {output}"];
    }

    [GeneratedRegex(@"contacts: [1-9]\d* entries, [1-9]\d* anchors, whole")]
    private static partial Regex Anchored();
}
