using Npgsql;

namespace CrmPlatform.Bench.Pipeline;

/// <summary>Deals of a thousand people in fifty teams below one, in three currencies, to be closed within a year.</summary>
internal static class FillingDeals
{
    public const int Deals = 200_000;
    public const int Users = 1000;

    private const int Teams = 50;

    /// <summary>The quarter a fourth of them is to be closed in.</summary>
    public const string Quarter = "2030-Q2";

    /// <summary>Somebody.</summary>
    public static Guid User(int n) => new($"00000000-0000-7000-8000-{n:x12}");

    /// <summary>A team: the one above all, or one of those below.</summary>
    public static Guid Team(int n) => new($"00000000-0000-7000-9000-{n:x12}");

    /// <summary>Fills the service's tables as its sessions would have, without the journal, which nothing asked here reads.</summary>
    public static async Task Fill(NpgsqlDataSource database)
    {
        await Run(database, "create function bench_pick(i bigint, what bigint, most int) returns int language sql immutable "
            + "as $$ select (abs(hashint8extended(i, what)) % most)::int $$");
        await Run(database,
            $"""
            insert into copy (tenant, record, id, version, fields, versions, deleted)
            select '{Ground.Tenant}'::uuid, 'identity.team', {Id("9000", "i")}, 1, jsonb_build_object(
                'name', 'Team ' || i, 'parentId', case when i > 0 then {Id("9000", "0")} end), jsonb_build_object(), false
            from generate_series(0, {Teams}) i
            union all
            select '{Ground.Tenant}'::uuid, 'identity.user', {Id("8000", "i")}, 1, jsonb_build_object(
                'name', 'Person ' || i, 'status', 'active', 'roles', jsonb_build_array('sales'),
                'teams', jsonb_build_array({Id("9000", $"1 + i % {Teams}")})), jsonb_build_object(), false
            from generate_series(1, {Users}) i
            """);
        await Run(database, "alter table deal disable trigger user");
        await Run(database,
            $"""
            insert into deal (
                tenant, id, version, created_at, updated_at, name, pipeline_id, stage_id, stage_entered_at, status, done, amount, lines, rate, converted,
                probability, category, expected_close_on, first_close_on, slips, type, value, currency, converted_value, converted_currency, weighted,
                owner_id, team_id, lapses_at)
            select '{Ground.Tenant}', {Id("a000", "i")}, 1, now() - i * interval '1 minute', now() - i * interval '1 minute', 'Deal ' || i,
                s.pipeline_id, s.id, now() - interval '3 days', 'open', '{"{}"}', jsonb_build_object('amount', amount::text, 'currency', currency), '[]', rate,
                jsonb_build_object('amount', round(amount * rate, 2)::text, 'currency', 'EUR'), s.probability, s.category, day, day, 0,
                (array['new', 'renewal', 'expansion'])[1 + bench_pick(i, 1, 3)], amount, currency, round(amount * rate, 2), 'EUR',
                round(amount * rate, 2) * s.probability / 100, {Id("8000", "person")}, {Id("9000", $"1 + person % {Teams}")}, day + 1
            from (
                select i, 1 + bench_pick(i, 2, {Users}) as person, (1000 + bench_pick(i, 3, 10000000))::numeric / 100 as amount,
                    (array['EUR', 'EUR', 'EUR', 'USD', 'GBP'])[1 + bench_pick(i, 4, 5)] as currency,
                    (array[1, 1, 1, 0.9, 1.15])[1 + bench_pick(i, 4, 5)]::numeric as rate, date '2030-01-01' + bench_pick(i, 5, 365) as day
                from generate_series(1, {Deals}) i) deals
            join (
                select id, pipeline_id, probability, category, row_number() over (order by position) - 1 as n from stage where type = 'open') s
                on s.n = bench_pick(i, 6, 4)
            """);
        await Run(database, "alter table deal enable trigger user");
        await Run(database,
            """
            insert into deal_stay (tenant, deal_id, version, pipeline_id, stage_id, entered_at)
            select tenant, id, 1, pipeline_id, stage_id, stage_entered_at from deal
            """);
        await Run(database,
            $"""
            insert into deal_member (tenant, id, version, created_at, updated_at, deal_id, user_id, split, owner_id, team_id)
            select tenant, gen_random_uuid(), 1, now(), now(), id, {Id("8000", $"1 + bench_pick(n, 7, {Users})")}, 30, owner_id, team_id
            from (select tenant, id, owner_id, team_id, row_number() over () as n from deal) d where n % 10 = 0
            """);
        await Run(database,
            $$"""
            insert into quota (tenant, id, version, created_at, updated_at, period, for_user_id, amount, owner_id)
            select '{{Ground.Tenant}}', gen_random_uuid(), 1, now(), now(), '{{Quarter}}', {{Id("8000", "i")}}, '{"amount": "100000.00", "currency": "EUR"}',
                {{Id("8000", "i")}}
            from generate_series(1, {{Users}}) i
            """);
        await Run(database, "vacuum analyze");
    }

    private static string Id(string group, string number) => $"('00000000-0000-7000-{group}-' || lpad(to_hex({number}), 12, '0'))::uuid";

    private static async Task Run(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
