using Npgsql;

namespace CrmPlatform.Bench.Records;

/// <summary>A million people of a hundred thousand companies in one tenant, with names put together from syllables, as believable as they are many.</summary>
internal static class Filling
{
    public const int Contacts = 1_000_000;

    private const int Accounts = 100_000;

    private const string Given =
        "Anna Ben Clara David Emma Felix Greta Hannah Ivan Julia Karl Lena Max Nora Otto Paula Quentin Rosa Simon Tina Ulf Vera Walter Xenia Yusuf Zoe "
        + "Mehmet Ayse Jose Maria Jurgen Bjorn Francois Chloe Lukasz Soren Asa Muge Ipek Chen";

    private const string Syllables =
        "ba ber bri cha da del dor el en fa fer gar ger hal her in jo ka kel ken la len lo ma mar mo mul na ner no pe per qui ra ren ro sa sen ser ta "
        + "ten ter to va ver wa wel win ze zim";

    /// <summary>Fills the service's tables for a tenant as its sessions would have, without the journal, which no list reads.</summary>
    public static async Task Fill(NpgsqlDataSource database, Guid tenant)
    {
        // Any number from any other, and the same one each time.
        await Run(database, "create function bench_pick(i bigint, what bigint, most int) returns int language sql immutable "
            + "as $$ select (abs(hashint8extended(i, what)) % most)::int $$");
        foreach (var table in (string[])["account", "contact"])
            await Run(database, $"alter table {table} disable trigger user");
        await Run(database,
            $"""
            insert into account (tenant, id, version, created_at, updated_at, name)
            select '{tenant}', ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 1, now() - i * interval '1 minute', now(),
                initcap(s[1 + bench_pick(i, 1, 50)] || s[1 + bench_pick(i, 2, 50)] || s[1 + bench_pick(i, 3, 50)]) || ' '
                || (array['GmbH', 'AG', 'Ltd', 'Inc', 'Systems', 'Partners', 'Logistics'])[1 + bench_pick(i, 4, 7)]
            from generate_series(1, {Accounts}) i, (select string_to_array('{Syllables}', ' ') s offset 0) syllables
            """);
        await Run(database,
            $$"""
            insert into contact (
                tenant, id, version, created_at, updated_at, first_name, last_name, display_name, email, emails, phone, phones, job_title,
                account_id, tags, custom)
            select '{{tenant}}', ('00000000-0000-7000-9000-' || lpad(to_hex(i), 12, '0'))::uuid, 1, now() - ({{Contacts}} - i) * interval '1 minute',
                now() - bench_pick(i, 5, {{Contacts}}) * interval '1 minute', given, family, given || ' ' || family, mail,
                jsonb_build_array(jsonb_build_object('address', mail, 'optOut', false, 'invalid', false, 'bounced', false, 'primary', true)), number,
                jsonb_build_array(jsonb_build_object('number', number, 'doNotCall', false, 'primary', true)),
                (array['Buyer', 'Head of Sales', 'Engineer', 'Managing Director'])[1 + bench_pick(i, 6, 4)],
                ('00000000-0000-7000-8000-' || lpad(to_hex(1 + bench_pick(i, 7, {{Accounts}})), 12, '0'))::uuid, '{}',
                jsonb_build_object('size', bench_pick(i, 8, 100), 'region', (array['north', 'south', 'east', 'west'])[1 + bench_pick(i, 9, 4)])
            from (
                select i, given, family, lower(given || '.' || family) || bench_pick(i, 10, 97) || '@'
                    || (array['gmail.com', 'example.com', 'web.example', 'firm' || bench_pick(i, 11, 3000) || '.example'])[1 + bench_pick(i, 12, 4)] as mail,
                    '+49' || (30000000 + bench_pick(i, 13, 60000000)) as number
                from (
                    select i, g[1 + bench_pick(i, 14, 40)] as given,
                        initcap(s[1 + bench_pick(i, 15, 50)] || s[1 + bench_pick(i, 16, 50)]
                            || case when bench_pick(i, 17, 2) = 0 then s[1 + bench_pick(i, 18, 50)] else '' end) as family
                    from generate_series(1, {{Contacts}}) i,
                        (select string_to_array('{{Given}}', ' ') g, string_to_array('{{Syllables}}', ' ') s offset 0) parts) names) people
            """);
        // Built at once: entry by entry an index of trigrams takes many times as long.
        await Run(database, "drop index contact_search_tenant_text_idx");
        await Run(database, @"insert into account_search select tenant, id, ' ' || lower(name) || E' \n  ' from account on conflict do nothing");
        await Run(database,
            """
            insert into contact_search
            select tenant, id, ' ' || lower(display_name) || E' \n ' || email || ' ' || ltrim(phone, '+') || ' ' || lower(job_title) || ' ' from contact
            on conflict do nothing
            """);
        await Run(database,
            "set maintenance_work_mem = '1GB'; "
            + "create index contact_search_tenant_text_idx on contact_search using gin (tenant, text gin_trgm_ops) with (gin_pending_list_limit = 1024)");
        await Run(database,
            $"""
            insert into search_word (tenant, word)
            select '{tenant}', w from (
                select distinct regexp_split_to_table(lower(name), ' ') w from account
                union select distinct lower(first_name) from contact union select distinct lower(last_name) from contact) words where length(w) >= 4
            """);
        await Run(database,
            """
            insert into record_key (tenant, record, key, id)
            select tenant, 'contact', 'email ' || lower(email), id from contact union all select tenant, 'contact', 'phone ' || phone, id from contact
            on conflict do nothing
            """);
        foreach (var table in (string[])["account", "contact"])
            await Run(database, $"alter table {table} enable trigger user");
        await Run(database, "vacuum analyze");
    }

    private static async Task Run(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
