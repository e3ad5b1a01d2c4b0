using System.Diagnostics;
using System.Net.Http.Headers;
using CrmPlatform.Access;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Roles;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CrmPlatform.Bench.Access;

/// <summary>What roles cost: pages of who sees only their teams' records, of a million, in a tree of a thousand teams; and the check of each request.</summary>
internal static class TeamsPart
{
    private const string Area = "access";
    private const int Contacts = 1_000_000;
    private const int Teams = 1_000; // ten below each
    private const int Requests = 300;
    private const int WarmUp = 50;
    private const int Checks = 200_000;

    public static async IAsyncEnumerable<Figure> Measure(Ground ground)
    {
        await ground.Provision("Contacts");
        var host = ground.HostWithoutBroker("Contacts");
        await Ground.Answers($"http://127.0.0.1:{ground.Port + 1}/health/ready", TimeSpan.FromSeconds(60));
        await using var database = ground.Database("contacts");
        await Fill(database);

        // Which team somebody is in decides how much of the tree, and of the records, is theirs.
        foreach (var (what, team) in ((string, int)[])[("one team", 777), ("111 teams", 3), ("1,000 teams", 0), ("a team that has only old records", Teams)])
        {
            var token = ground.TokenOf($"{what}", ["sales"], [Team(team)]);
            yield return await P99(ground, $"page of 50 of who sees {what} of 1,000, of a million contacts", token, 25);
        }

        var (everything, sales) = (ground.Token, ground.TokenOf("seller", ["sales"], [Team(3)]));
        var id = await Of(database, $"select id from contact where team_id = '{Team(3)}' limit 1");
        Task<double> Get(string token, int seconds) => Wrk.Get($"{ground.Contacts}/contacts/{id}", seconds, token);
        var share = await InTurn.Share(
            Area, "GET by id of who sees 111 teams, of who is held to no role", s => Get(everything, s), s => Get(sales, s), 0.85);
        yield return share;
        yield return Figure.Below(Area, "check of token and roles, of a GET by id", 100 * await Check(ground, database, sales) * share.Value, "%", 15);
        await Ground.Stop(host);
    }

    private static Guid Team(int number) => new($"00000000-0000-7000-a000-{number:x12}");

    private static async Task Fill(NpgsqlDataSource database)
    {
        await Run(database,
            $$"""
            insert into copy (tenant, record, id, version, fields, versions, deleted)
            select '{{Ground.Tenant}}', 'identity.team', ('00000000-0000-7000-a000-' || lpad(to_hex(i), 12, '0'))::uuid, 1,
                jsonb_build_object('name', 'Team ' || i, 'parentId', case when i between 1 and {{Teams}} - 1
                    then '00000000-0000-7000-a000-' || lpad(to_hex((i - 1) / 10), 12, '0') end), '{}', false
            from generate_series(0, {{Teams}}) i
            """);
        await Run(database, "alter table contact disable trigger user");
        // The records of the last team are older than all others.
        await Run(database,
            $"""
            insert into contact (tenant, id, version, created_at, updated_at, last_name, display_name, tags, team_id)
            select '{Ground.Tenant}', ('00000000-0000-7000-9000-' || lpad(to_hex(i), 12, '0'))::uuid, 1, now() - ({Contacts} - i) * interval '1 minute', now(),
                'Name' || i % 5000, 'Name' || i % 5000, array[]::text[],
                ('00000000-0000-7000-a000-' || lpad(to_hex(case when i <= 1000 then {Teams} else abs(hashint8(i)) % {Teams} end), 12, '0'))::uuid
            from generate_series(1, {Contacts}) i
            """);
        await Run(database, "alter table contact enable trigger user");
        await Run(database, "vacuum analyze contact");
    }

    private static async Task<Figure> P99(Ground ground, string name, string token, double goal)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var took = new List<double>();
        for (var n = 0; n < WarmUp + Requests; n++)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await http.GetAsync(new Uri($"{ground.Contacts}/contacts?limit=50"));
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
            if (n >= WarmUp)
                took.Add(watch.Elapsed.TotalMilliseconds);
        }
        took.Sort();
        await Console.Error.WriteLineAsync($"{name}: p50 {took[Requests / 2]:0.0} ms, p90 {took[Requests * 9 / 10]:0.0} ms");
        return Figure.Below(Area, $"{name}, p99", took[Requests * 99 / 100], "ms", goal);
    }

    // Seconds for one request: whether its token counts, and where its caller stands.
    private static async Task<double> Check(Ground ground, NpgsqlDataSource database, string token)
    {
        var settings = ground.Settings;
        using var keys = KeyRing.From(settings.Keys, TimeProvider.System);
        var tokens = new TokenCheck(keys, TimeProvider.System, settings.Issuer);
        var book = new RoleBook(database, TimeProvider.System, NullLogger<RoleBook>.Instance);
        var watch = Stopwatch.StartNew();
        for (var n = 0; n < 2 * Checks; n++)
        {
            if (n == Checks)
                watch.Restart();
            var caller = (await tokens.CheckAsync(token)).Caller!;
            await book.Of(
                new Cause(caller.Actor, caller.Tenant, Guid.Empty, null) { Roles = caller.Roles, Teams = caller.Teams, UserVersion = caller.Version },
                CancellationToken.None);
        }
        return watch.Elapsed.TotalSeconds / Checks;
    }

    private static async Task<Guid> Of(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (Guid)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Run(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
