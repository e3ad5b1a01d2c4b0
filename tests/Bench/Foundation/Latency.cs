using System.Diagnostics;
using System.Net.Http.Headers;

namespace CrmPlatform.Bench.Foundation;

/// <summary>From the commit of a change to the commit of the consumer that applied it, by the database's own commit times.</summary>
internal static class Latency
{
    private const int PerSecond = 300;
    private const int Seconds = 10;
    private const int WarmUpSeconds = 30;

    public static async Task<Figure> Measure(string area, Ground ground)
    {
        await using var contacts = ground.Database("contacts");
        await using var analytics = ground.Database("analytics");
        await Applied(contacts, analytics, 0);
        await Write(ground, PerSecond * WarmUpSeconds);
        await Applied(contacts, analytics, 0);

        var since = await Scalar<long>(contacts, "select coalesce(max(entry), 0) from journal");
        await Write(ground, PerSecond * Seconds);
        await Applied(contacts, analytics, since);

        var told = await Times(contacts, $"select id, pg_xact_commit_timestamp(xmin) from journal where entry > {since}");
        var applied = await Times(analytics, "select id, pg_xact_commit_timestamp(xmin) from inbox");
        var waits = told.Select(t => (applied[t.Key] - t.Value).TotalMilliseconds).Order().ToArray();
        await Console.Error.WriteLineAsync($"commit to applied: p50 {waits[waits.Length / 2]:0.0} ms, max {waits[^1]:0.0} ms over {waits.Length} entries");
        return Figure.Below(area, $"commit to applied by a consumer, p99 at {PerSecond} writes/s", waits[waits.Length * 99 / 100], "ms", 60);
    }

    private static async Task Write(Ground ground, int count)
    {
        var first = ground.People.Take(count);
        using var http = new HttpClient { BaseAddress = new Uri($"{ground.Contacts}/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ground.Token);
        var writes = new List<Task>(count);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / PerSecond) - watch.Elapsed;
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

    private static async Task Applied(Npgsql.NpgsqlDataSource contacts, Npgsql.NpgsqlDataSource analytics, long since)
    {
        var ids = (await Times(contacts, $"select id, now() from journal where entry > {since}")).Keys.ToHashSet();
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            ids.ExceptWith((await Times(analytics, "select id, at from inbox")).Keys);
            if (ids.Count == 0)
                return;
            if (watch.Elapsed > TimeSpan.FromMinutes(3))
                throw new TimeoutException($"{ids.Count} entries were not applied.");
        }
    }

    private static async Task<Dictionary<Guid, DateTime>> Times(Npgsql.NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var row = await command.ExecuteReaderAsync();
        var times = new Dictionary<Guid, DateTime>();
        while (await row.ReadAsync())
            times[row.GetGuid(0)] = row.GetDateTime(1);
        return times;
    }

    private static async Task<T> Scalar<T>(Npgsql.NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
