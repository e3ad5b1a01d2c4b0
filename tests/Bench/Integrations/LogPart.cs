using System.Diagnostics;
using Npgsql;

namespace CrmPlatform.Bench.Integrations;

/// <summary>A log of ten million deliveries, half of them of one tenant, as people ask it: by webhook, by state, by time, and page by page.</summary>
internal static class LogPart
{
    private const string Area = "integrations";
    private const int Rows = 10_000_000, Others = 100, Webhooks = 20, Asked = 150;

    /// <summary>What is asked of it. One webhook of the tenant is healthy and one is dead: what is looked for in vain must not be looked for long.</summary>
    public static async IAsyncEnumerable<Figure> Measure(Ground ground)
    {
        await ground.Provision("Integrations");
        var host = ground.Host("Integrations");
        await Ground.Answers(ground.Ready(7), TimeSpan.FromSeconds(60));
        using var door = new HookDoor(ground);
        var healthy = await door.Hook("https://hooks.example/", "none");
        for (var n = 1; n < Webhooks; n++)
            await door.Hook("https://hooks.example/", "none");
        await using var database = ground.Database("integrations");
        var webhooks = await Fill(database, healthy);
        var (now, dice) = (TimeProvider.System.GetUtcNow(), new Random(7));
        string Hook() => $"webhook={webhooks[1 + dice.Next(webhooks.Count - 1)]}";
        string Time(int hours)
        {
            var from = now - TimeSpan.FromHours(hours + 1 + dice.NextDouble() * 600);
            return $"from={from:yyyy-MM-ddTHH:mm:ssZ}&to={from.AddHours(hours):yyyy-MM-ddTHH:mm:ssZ}";
        }
        string Cursor() => $"cursor={Place(now - TimeSpan.FromHours(dice.NextDouble() * 600))}";

        foreach (var (name, path) in new (string, Func<string>)[]
        {
            ("by webhook", () => $"deliveries?{Hook()}"),
            ("by webhook, a page far back", () => $"deliveries?{Hook()}&{Cursor()}"),
            ("by state", () => $"deliveries?state={(dice.Next(3) switch { 0 => "failing", 1 => "parked", _ => "open" })}"),
            ("by state, of a webhook", () => $"deliveries?{Hook()}&state={(dice.Next(2) == 0 ? "parked" : "delivered")}"),
            ("by state, of a webhook that has none", () => $"deliveries?webhook={webhooks[0]}&state={(dice.Next(2) == 0 ? "open" : "parked")}"),
            ("by time range", () => $"deliveries?{Time(1)}"),
            ("by time range, of a webhook", () => $"deliveries?{Hook()}&{Time(6)}"),
            ("by time range and state", () => $"deliveries?{Time(48)}&state=failing"),
        })
        {
            for (var n = 0; n < Asked / 5; n++)
                await door.Get(path());
            var took = new List<double>();
            for (var n = 0; n < Asked; n++)
            {
                var begun = Stopwatch.GetTimestamp();
                await door.Get(path());
                took.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
            took.Sort();
            yield return Figure.Below(Area, $"a log of {Rows / 1_000_000} M deliveries, {name}, p99", took[Asked * 99 / 100], "ms", 50);
        }
        await Ground.Stop(host);
    }

    // As the door writes a cursor.
    private static string Place(DateTimeOffset at) =>
        System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes($"{at.UtcTicks}/{Guid.Empty}"));

    // Without its indexes, which are made anew at the end: so it takes a minute or two instead of an hour.
    private static async Task<List<Guid>> Fill(NpgsqlDataSource database, Guid healthy)
    {
        await using var connection = await database.OpenConnectionAsync();
        var webhooks = (await Texts(connection, $"select id::text from webhook where tenant = '{Ground.Tenant}' order by id")).ConvertAll(Guid.Parse);
        webhooks.Remove(healthy);
        webhooks.Insert(0, healthy);
        webhooks = webhooks[..Math.Min(webhooks.Count, Webhooks)];
        const string others = "from pg_indexes where tablename = 'delivery' and schemaname = 'public' and indexname <> 'delivery_pkey'";
        var indexes = await Texts(connection, $"select indexdef {others}");
        foreach (var name in await Texts(connection, $"select indexname::text {others}"))
            await Execute(connection, $"drop index {name}");
        await Execute(connection, "alter table delivery drop constraint delivery_pkey");
        await Execute(connection,
            $"""
            insert into delivery (
                tenant, webhook, event, service, position, type, record, record_id, version, at, state, attempts, tried_at, status, error, took_ms)
            select case when n % 2 = 0 then '{Ground.Tenant}' else lpad((n % {Others})::text, 32, '0')::uuid end, w.webhook, md5(n::text)::uuid, 'contacts', n,
                'contacts.contact.updated', 'contacts.contact', md5((n % 900000)::text)::uuid, 1, w.at,
                w.state, 1, w.at, case when w.state = 'delivered' then 200 else 500 end, case when w.state <> 'delivered' then 'It answered 500.' end, 12
            from generate_series(1, {Rows}) n, lateral (
                select webhooks[1 + (n / 2) % cardinality(webhooks)] as webhook, now() - n * interval '0.25 seconds' as at,
                    case when (n / 2) % cardinality(webhooks) = 0 or abs(hashint8(n)) % 100 > 2 then 'delivered'
                        when abs(hashint8(n)) % 100 = 2 then 'parked' else 'failing' end as state
                from (select array[{string.Join(", ", webhooks.Select(w => $"'{w}'"))}]::uuid[] as webhooks) x) w
            """);
        await Execute(connection, "set maintenance_work_mem = '700MB'");
        await Execute(connection, "alter table delivery add primary key (tenant, webhook, event)");
        foreach (var index in indexes)
            await Execute(connection, index);
        await Execute(connection, "vacuum analyze delivery");
        return webhooks;
    }

    private static async Task<List<string>> Texts(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var row = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await row.ReadAsync())
            texts.Add(row.GetString(0));
        return texts;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
