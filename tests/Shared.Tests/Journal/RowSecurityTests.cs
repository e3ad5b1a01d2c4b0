using CrmPlatform.Testing;
using Npgsql;
using Xunit;

namespace CrmPlatform.Shared.Tests.Journal;

public sealed class RowSecurityTests
{
    private const string Denied = PostgresErrorCodes.InsufficientPrivilege;

    [Theory]
    [InlineData("select count(*) from contact")]
    [InlineData("select count(*) from account")]
    [InlineData("select count(*) from journal")]
    [InlineData("select count(*) from idempotency")]
    public async Task A_query_that_forgets_its_tenant_returns_nothing(string query)
    {
        var crm = await TestCrm.Tenant();
        var account = (await crm.Contacts.Idempotent("a").Post("/accounts", new { name = "Engines" })).Expect(201);
        (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", accountId = account.Id })).Expect(201);

        Assert.NotEqual(0, await crm.Sql("contacts", As.Admin).Value<long>(query));
        Assert.NotEqual(0, await crm.Sql("contacts", As.Service).For(crm.Id).Value<long>(query));
        Assert.Equal(0, await crm.Sql("contacts", As.Service).Value<long>(query));
        var used = new Sql(crm.Home.Get<NpgsqlDataSource>("contacts")); // connections that sessions had before
        Assert.Equal(0, await used.Value<long>(query));
        Assert.Equal(0, await crm.Sql("contacts", As.Service).For(crm.Another().Id).Value<long>(query));
    }

    [Fact]
    public async Task Nothing_is_written_for_another_tenant()
    {
        var crm = await TestCrm.Tenant();
        var (theirs, ours) = (crm.Another(), crm.Sql("contacts", As.Service).For(crm.Id));
        var account = (await theirs.Contacts.Post("/accounts", new { name = "Theirs" })).Expect(201);
        const string Insert =
            "insert into account (tenant, id, version, created_at, updated_at, name) values ($1, $2, 1, now(), now(), 'x')";

        await Refused(Denied, () => ours.Execute(Insert, theirs.Id, Guid.CreateVersion7()));
        await Refused(Denied, () => crm.Sql("contacts", As.Service).Execute(Insert, theirs.Id, Guid.CreateVersion7()));
        Assert.Equal(0, await ours.Execute("update account set name = 'Ours' where id = $1", account.Id));
        Assert.Equal(0, await ours.Execute("delete from account where id = $1", account.Id));
        Assert.Equal(account.Text, (await theirs.Contacts.Get($"/accounts/{account.Id}")).Expect(200).Text);
    }

    [Fact]
    public async Task A_services_login_opens_its_own_database_alone()
    {
        var crm = await TestCrm.Tenant();
        foreach (var login in (As[])[As.Service, As.Ops])
        {
            var foreign = new NpgsqlConnectionStringBuilder(crm.Home.Settings.Database("contacts", ops: login == As.Ops))
            {
                Database = $"{crm.Home.Settings.DatabasePrefix}_activities",
                Pooling = false,
            };

            await Refused(Denied, async () =>
            {
                await using var connection = new NpgsqlConnection(foreign.ConnectionString);
                await connection.OpenAsync(TestContext.Current.CancellationToken);
            });
        }
    }

    [Theory]
    [InlineData(As.Service, "update journal set data = '{}'")]
    [InlineData(As.Service, "delete from journal")]
    [InlineData(As.Service, "truncate journal")]
    [InlineData(As.Service, "select hash from chain")]
    [InlineData(As.Service, "insert into chain (position, entry, hash) values (1, 1, '')")]
    [InlineData(As.Service, "delete from chain")]
    [InlineData(As.Service, "delete from outbox")]
    [InlineData(As.Service, "update outbox set entry = 0")]
    [InlineData(As.Service, "delete from inbox")]
    [InlineData(As.Service, "update idempotency set body = ''")]
    [InlineData(As.Service, "select body from parked")]
    [InlineData(As.Service, "alter table contact disable row level security")]
    [InlineData(As.Service, "drop policy tenant on contact")]
    [InlineData(As.Service, "create table mine (id int)")]
    [InlineData(As.Service, "create temp table mine (id int)")]
    [InlineData(As.Service, "update migration set hash = ''")]
    [InlineData(As.Ops, "insert into journal (id) values (gen_random_uuid())")]
    [InlineData(As.Ops, "update journal set data = '{}'")]
    [InlineData(As.Ops, "delete from journal")]
    [InlineData(As.Ops, "update chain set hash = ''")]
    [InlineData(As.Ops, "delete from chain")]
    [InlineData(As.Ops, "update contact set last_name = ''")]
    [InlineData(As.Ops, "select last_name from contact")]
    public async Task A_login_may_do_what_its_task_needs_and_no_more(As login, string sql)
    {
        var crm = await TestCrm.Tenant();

        await Refused(Denied, () => crm.Sql("contacts", login).For(crm.Id).Execute(sql));
    }

    [Fact]
    public async Task No_login_becomes_another_or_passes_by_the_rules()
    {
        var crm = await TestCrm.Tenant();
        var database = $"{crm.Home.Settings.DatabasePrefix}_contacts";

        foreach (var other in (string[])[$"{database}_owner", $"{database}_ops", "postgres"])
            await Refused(Denied, () => crm.Sql("contacts", As.Service).Execute($"set role {other}"));
        Assert.Equal(0, await crm.Sql("contacts", As.Admin).Value<long>(
            "select count(*) from pg_roles where starts_with(rolname, $1) and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)",
            database));
    }

    [Theory]
    [InlineData("contacts")]
    [InlineData("activities")]
    public async Task Every_table_of_tenants_is_under_row_security_but_the_parked_events(string service)
    {
        var crm = await TestCrm.Tenant();

        var open = await crm.Sql(service, As.Admin).Column<string>(
            """
            select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant' and not a.attisdropped
            where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not (c.relrowsecurity and c.relforcerowsecurity)
            """);

        Assert.Equal(["parked"], open); // the queue spans tenants; the service sees only who waits for whom
    }

    private static async Task Refused(string state, Func<Task> attempt) =>
        Assert.Equal(state, (await Assert.ThrowsAsync<PostgresException>(attempt)).SqlState);
}
