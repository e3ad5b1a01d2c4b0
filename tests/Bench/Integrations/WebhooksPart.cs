using System.Diagnostics;
using System.Net.Http.Headers;
using Npgsql;

namespace CrmPlatform.Bench.Integrations;

/// <summary>
/// Webhooks: how much is delivered in a second where a backlog waits, beside posting the same without signing, choosing and logging; what those who are
/// dead cost the others; and how soon after a commit somebody is told.
/// </summary>
internal static class WebhooksPart
{
    private const string Area = "integrations";
    private const int Few = 4, Webhooks = 20, Events = 800, Rounds = 4;
    private const int PerSecond = 100, Seconds = 15, WarmUpSeconds = 8;

    public static async IAsyncEnumerable<Figure> Measure(Ground ground)
    {
        await ground.Provision();
        await using var partner = await Partner.Start();
        var all = ground.Host("AllInOne", ("CRM_WEBHOOK_NETWORKS", "127.0.0.0/8"));
        await Ground.Answers(ground.Ready(7), TimeSpan.FromSeconds(60));
        await using var database = ground.Database("integrations");
        using var door = new HookDoor(ground);

        var told = new List<Guid>();
        for (var n = 0; n < Few; n++)
            told.Add(await door.Hook($"{partner.Url}/{n}", n % 4 == 0 ? "record" : "none"));
        await Told(ground, database, partner, PerSecond * WarmUpSeconds);
        await Told(ground, database, partner, PerSecond * Seconds);
        var waits = await Waits(ground, partner);
        yield return Figure.Below(Area, $"commit to received at {PerSecond} events/s, each to {Few} webhooks, p50", waits[waits.Length / 2], "ms", 50);
        yield return Figure.Below(Area, $"commit to received at {PerSecond} events/s, each to {Few} webhooks, p99", waits[waits.Length * 99 / 100], "ms", 250);

        for (var n = Few; n < Webhooks; n++)
            told.Add(await door.Hook($"{partner.Url}/{n}", n % 4 == 0 ? "record" : "none"));
        Guid[] dead = [await door.Hook(partner.Hangs, "none"), await door.Hook("http://127.0.0.1:1/", "none")];
        await door.Each(dead, "pause");
        var (alone, beside) = (0.0, 0.0);
        for (var round = -1; round < Rounds; round++) // the first warms up
        {
            var (without, with) = (await Backlog(ground, door, database, told, []), await Backlog(ground, door, database, told, dead));
            await Console.Error.WriteLineAsync($"round {round}: {without:0} deliveries/s, {with:0} beside two that are dead");
            if (round >= 0)
                (alone, beside) = (alone + without / Rounds, beside + with / Rounds);
        }
        yield return Figure.AtLeast(Area, "deliveries of a backlog: signed, each try in the log", alone, "deliveries/s", 2000);
        yield return Figure.Share(Area, "the same beside bare posts of as much", alone, "deliveries/s", await Bare(partner, 6), 0.05);
        yield return Figure.Share(Area, "the same beside one that hangs and one that is not there", beside, "deliveries/s", alone, 0.95);

        await Ground.Stop(all);
    }

    // From when the webhooks are resumed for which as much waits, until all of it is written down as delivered.
    private static async Task<double> Backlog(Ground ground, HookDoor door, NpgsqlDataSource database, List<Guid> told, Guid[] dead)
    {
        await door.Each(told, "pause");
        await Write(ground, Events, int.MaxValue);
        await Until(database, $"select count(*) >= {Events * told.Count} from due where webhook = any($1)", [.. told]);
        await door.Each(dead, "resume");
        var watch = Stopwatch.StartNew();
        await door.Each(told, "resume");
        await Until(database, "select not exists (select from due where webhook = any($1))", [.. told]);
        var rate = Events * told.Count / watch.Elapsed.TotalSeconds;
        await door.Each(dead, "pause");
        return rate;
    }

    private static async Task Told(Ground ground, NpgsqlDataSource database, Partner partner, int events)
    {
        partner.Came.Clear();
        await Write(ground, events, PerSecond);
        for (var watch = Stopwatch.StartNew(); partner.Came.Count < events; await Task.Delay(10))
            if (watch.Elapsed > TimeSpan.FromMinutes(1))
                throw new TimeoutException($"Only {partner.Came.Count} of {events} events have come.");
        await Until(database, "select not exists (select from due where webhook <> all($1))", []);
    }

    private static async Task Until(NpgsqlDataSource database, string sql, Guid[] webhooks)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(10))
        {
            await using var command = database.CreateCommand(sql);
            command.Parameters.Add(new() { Value = webhooks });
            if ((bool)(await command.ExecuteScalarAsync())!)
                return;
            if (watch.Elapsed > TimeSpan.FromMinutes(2))
                throw new TimeoutException($"Webhooks do not get to this: {sql}");
        }
    }

    private static async Task<double[]> Waits(Ground ground, Partner partner)
    {
        var happened = await Commits(ground, "contacts", "select id, pg_xact_commit_timestamp(xmin) from journal");
        var heard = await Commits(ground, "integrations", "select id, pg_xact_commit_timestamp(xmin) from event");
        var came = partner.Came.Where(c => happened.ContainsKey(c.Key)).ToList();
        var untilHeard = came.Select(c => (heard[c.Key] - happened[c.Key]).TotalMilliseconds).Order().ToArray();
        await Console.Error.WriteLineAsync(
            $"commit to noted for the webhooks: p50 {untilHeard[came.Count / 2]:0.0} ms, p99 {untilHeard[came.Count * 99 / 100]:0.0} ms");
        return [.. came.Select(c => (c.Value.UtcDateTime - happened[c.Key]).TotalMilliseconds).Order()];
    }

    private static async Task<Dictionary<Guid, DateTime>> Commits(Ground ground, string service, string sql)
    {
        await using var database = ground.Database(service);
        await using var command = database.CreateCommand(sql);
        await using var row = await command.ExecuteReaderAsync();
        var commits = new Dictionary<Guid, DateTime>();
        while (await row.ReadAsync())
            commits[row.GetGuid(0)] = row.GetDateTime(1);
        return commits;
    }

    private static async Task Write(Ground ground, int count, int perSecond)
    {
        var first = ground.People.Take(count);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 16 }) { BaseAddress = new Uri($"{ground.Contacts}/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ground.Token);
        var (writes, watch) = (new List<Task>(count), Stopwatch.StartNew());
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond) - watch.Elapsed;
            if (due > TimeSpan.FromMilliseconds(1))
                await Task.Delay(due);
            writes.Add(Post(People.One(first + i)));
        }
        await Task.WhenAll(writes);

        async Task Post(string person)
        {
            using var body = new StringContent(person, new MediaTypeHeaderValue("application/json"));
            using var answer = await http.PostAsync(new Uri("contacts", UriKind.Relative), body);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static async Task<double> Bare(Partner partner, int seconds)
    {
        const int atOnce = 64, size = 1200;
        using var http = new HttpClient();
        var (before, watch, body) = (partner.Taken, Stopwatch.StartNew(), new byte[size]);
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            while (watch.Elapsed.TotalSeconds < seconds)
                using (await http.PostAsync(new Uri(partner.Url), new ByteArrayContent(body))) { }
        }));
        return (partner.Taken - before) / watch.Elapsed.TotalSeconds;
    }
}
