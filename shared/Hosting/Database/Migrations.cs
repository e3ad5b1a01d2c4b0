using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using CrmPlatform.Journal;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Hosting.Database;

/// <summary>Plain SQL files, forward only, each once: the platform's tables first, then the service's, under one lock, as the database's owner.</summary>
internal sealed class Migrations(NpgsqlConnection admin, Service service, ILogger log)
{
    /// <summary>All migrations of a service by name, with their text.</summary>
    public static IEnumerable<(string Name, string Sql)> Of(Service service) =>
        In(typeof(Session).Assembly, "platform").Concat(In(service.GetType().Assembly, service.Name));

    /// <summary>Applies what is missing.</summary>
    public async Task Run(CancellationToken cancel)
    {
        await Execute("select pg_advisory_lock(hashtext('crm migrations'))", cancel);
        await using (var owner = new NpgsqlCommand("select quote_ident(current_database() || '_owner')", admin))
            await Execute($"set role {await owner.ExecuteScalarAsync(cancel)}", cancel);
        await Execute("create table if not exists migration (name text primary key, hash text not null, at timestamptz not null default now())", cancel);

        var applied = await Applied(cancel);
        foreach (var (name, sql) in Of(service))
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            if (!applied.TryGetValue(name, out var known))
                await Apply(name, sql, hash, cancel);
            else if (known != hash)
                throw new SettingsException(
                    $"The migration {name} was edited after it had run on {admin.Database}. Migrations only go forward: add a new one.");
        }
        await Execute(NoStatisticsOfJson, cancel);
    }

    // Nothing is planned by how often a whole JSON value comes up, and comparing such values is most of what analysing a growing table would do.
    private const string NoStatisticsOfJson =
        """
        do $$
        declare one record;
        begin
            for one in
                select a.attrelid::regclass as tab, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
                where c.relkind in ('r', 'p') and c.relowner = current_user::regrole and a.atttypid = 'jsonb'::regtype
                  and a.attnum > 0 and not a.attisdropped and a.attstattarget <> 0
            loop
                execute format('alter table %s alter column %I set statistics 0', one.tab, one.attname);
            end loop;
        end $$
        """;

    private static IEnumerable<(string Name, string Sql)> In(Assembly assembly, string owner) =>
        from resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal)
        where resource.StartsWith("Migrations/", StringComparison.Ordinal)
        select ($"{owner}/{resource["Migrations/".Length..]}", Text(assembly, resource));

    private static string Text(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    private async Task<Dictionary<string, string>> Applied(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select name, hash from migration", admin);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var applied = new Dictionary<string, string>();
        while (await row.ReadAsync(cancel))
            applied[row.GetString(0)] = row.GetString(1);
        return applied;
    }

    private async Task Apply(string name, string sql, string hash, CancellationToken cancel)
    {
        await using var transaction = await admin.BeginTransactionAsync(cancel);
        await Execute(sql, cancel);
        await using var note = new NpgsqlCommand("insert into migration (name, hash) values ($1, $2)", admin)
        {
            Parameters = { new() { Value = name }, new() { Value = hash } },
        };
        await note.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        log.LogInformation("{Database}: applied {Migration}", admin.Database, name);
    }

    private async Task Execute(string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, admin);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
