using CrmPlatform.Access;
using CrmPlatform.Contacts;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Journal.Roles;
using CrmPlatform.Testing;
using Npgsql;
using Xunit;

namespace CrmPlatform.Shared.Tests.Journal;

/// <summary>Sessions and the connections they take.</summary>
public sealed class PoolTests
{
    [Fact]
    public async Task As_many_sessions_at_once_as_there_are_connections_do_not_wait_for_one_another()
    {
        await using var home = await Installation.Apart(null, new ContactsService());
        var (crm, cancel) = (home.Tenant(), TestContext.Current.CancellationToken);
        var data = home.Get<NpgsqlDataSource>("contacts");
        var most = new NpgsqlConnectionStringBuilder(data.ConnectionString).MaxPoolSize;
        var taken = new List<NpgsqlConnection>();
        try
        {
            while (taken.Count < most)
                taken.Add(await data.OpenConnectionAsync(cancel));

            Assert.False((await home.Get<RoleBook>("contacts").Of(Sales(crm), cancel)).Rights.IsEverything);
            Assert.Empty((await home.Get<CustomFields>("contacts").Of(crm.Id, cancel)).Of("contact"));
        }
        finally
        {
            foreach (var connection in taken)
                await connection.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_is_asked_first_on_a_connection_that_has_ended_in_the_pool_is_asked_on_another_one()
    {
        await using var home = await Installation.Apart(null, new ContactsService());
        var (crm, cancel) = (home.Tenant(), TestContext.Current.CancellationToken);
        var book = home.Get<RoleBook>("contacts");
        await book.Of(Sales(crm), cancel);
        var id = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201)["id"].GetGuid();
        (await crm.Contacts.Get("/contacts")).Expect(200);
        (await crm.Contacts.Get($"/contacts/{id}")).Expect(200);

        await crm.Sql("contacts", As.Admin).Execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");

        Assert.False((await book.Of(Sales(home.Tenant()), cancel)).Rights.IsEverything);
        (await crm.Contacts.Get("/contacts")).Expect(200);
        (await crm.Contacts.Get($"/contacts/{id}")).Expect(200);
    }

    private static Cause Sales(TestCrm crm) => new(new Actor(ActorKind.User, "ada", "Ada"), crm.Id, Guid.CreateVersion7(), null) { Roles = ["sales"] };
}
