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

            var cause = new Cause(new Actor(ActorKind.User, "ada", "Ada"), crm.Id, Guid.CreateVersion7(), null) { Roles = ["sales"] };
            Assert.False((await home.Get<RoleBook>("contacts").Of(cause, cancel)).Rights.IsEverything);
            Assert.Empty((await home.Get<CustomFields>("contacts").Of(crm.Id, cancel)).Of("contact"));
        }
        finally
        {
            foreach (var connection in taken)
                await connection.DisposeAsync();
        }
    }
}
