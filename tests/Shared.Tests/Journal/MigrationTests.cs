using CrmPlatform.Contacts;
using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Database;
using CrmPlatform.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CrmPlatform.Shared.Tests.Journal;

public sealed class MigrationTests
{
    [Fact]
    public async Task Provisioning_again_changes_nothing()
    {
        await using var home = await Installation.Apart(null, new ContactsService());
        var before = await Everything(home);

        await home.Provision();

        Assert.Equal(before, await Everything(home));
    }

    [Fact]
    public async Task Several_provisioners_at_once_make_one_database()
    {
        var servers = await (await TestHost.Current()).Servers;
        var settings = new Settings(new Dictionary<string, string>
        {
            ["CRM_POSTGRES"] = servers.Postgres,
            ["CRM_RABBITMQ"] = servers.RabbitMq,
            ["CRM_DB_PREFIX"] = $"crm_race_{Guid.CreateVersion7():N}"[..28],
            ["CRM_DB_KEY"] = "known to the tests alone",
        });
        var provisioning = new Provisioning(settings, NullLoggerFactory.Instance);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => provisioning.Run([new ContactsService()], CancellationToken.None)));

            var ops = new Sql(Npgsql.NpgsqlDataSource.Create(settings.Database("contacts", ops: true)));
            Assert.Equal(0, await ops.Value<long>("select count(*) from journal"));
            await ops.Source.DisposeAsync();
        }
        finally
        {
            await servers.Drop($"{settings.DatabasePrefix}_contacts");
        }
    }

    [Fact]
    public async Task A_migration_edited_after_it_ran_is_refused_by_name()
    {
        await using var home = await Installation.Apart(null, new ContactsService());
        await home.Sql("contacts", As.Admin).Execute("update migration set hash = 'another' where name = 'contacts/0001_contacts.sql'");
        var before = await Everything(home);

        var refused = await Assert.ThrowsAsync<SettingsException>(home.Provision);

        Assert.Contains("contacts/0001_contacts.sql was edited after it had run", refused.Message, StringComparison.Ordinal);
        Assert.Contains("add a new one", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await Everything(home));
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_and_runs_whole_the_next_time()
    {
        await using var home = await Installation.Apart(null, new ContactsService());
        var admin = home.Sql("contacts", As.Admin);
        var before = await Everything(home);
        await admin.Execute("drop table contact");
        await admin.Execute("delete from migration where name like 'contacts/%'"); // account still stands in its way

        await Assert.ThrowsAsync<Npgsql.PostgresException>(home.Provision);
        Assert.Equal(0, await admin.Value<long>("select count(*) from migration where name like 'contacts/%'"));
        await admin.Execute("drop table account, account_contact, contact_relation, consent, contact_settings");
        await home.Provision();

        Assert.Equal(before, await Everything(home));
    }

    // Tables with columns, rights and rules, and what was applied.
    private static Task<List<string>> Everything(Installation home) => home.Sql("contacts", As.Admin).Column<string>(
        """
        select format('%s.%s %s %s', table_name, column_name, data_type, is_nullable)
        from information_schema.columns where table_schema = 'public'
        union all select format('%s %s %s', relname, relrowsecurity, relacl) from pg_class where relnamespace = 'public'::regnamespace
        union all select format('%s %s %s %s', tablename, policyname, roles, qual) from pg_policies
        union all select format('%s %s', name, hash) from migration
        order by 1
        """);
}
