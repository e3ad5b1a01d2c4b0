using CrmPlatform.Journal;
using CrmPlatform.Testing;
using Npgsql;
using Xunit;

namespace CrmPlatform.Shared.Tests.Journal;

/// <summary>One record by its id, on connections that remember a tenant.</summary>
public sealed class LookupTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_asked_before_on_a_connection_everybody_finds_their_own_and_nobody_elses()
    {
        var tenants = new[] { await TestCrm.Tenant(), await TestCrm.Tenant(), await TestCrm.Tenant() };
        var ids = new List<Guid>();
        foreach (var crm in tenants)
            ids.Add(await Enter(crm));

        await Parallel.ForEachAsync(Enumerable.Range(0, 600), new ParallelOptions { MaxDegreeOfParallelism = 40, CancellationToken = Cancel }, async (n, _) =>
        {
            var (who, whose) = (n % 3, n / 3 % 3);
            (await tenants[who].Contacts.Get($"/contacts/{ids[whose]}")).Expect(who == whose ? 200 : 404);
        });
    }

    [Fact]
    public async Task A_wrong_memory_of_a_connection_shows_nothing_and_hides_nothing()
    {
        var (crm, other) = (await TestCrm.Tenant(), await TestCrm.Tenant());
        var (mine, theirs) = (await Enter(crm), await Enter(other));
        var only = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(crm.Home.Settings.Database("contacts")) { MaxPoolSize = 1 }.ConnectionString);
        await using var lookups = new Lookups(only);
        Task<string?> Find(TestCrm who, Guid id) =>
            lookups.Find("select last_name from contact where tenant = $1 and id = $2", who.Id, id, row => row.GetString(0), Cancel);
        async Task Meddle(string tenant)
        {
            await using var command = only.CreateCommand("select set_config('crm.tenant', $1, false)");
            command.Parameters.Add(new() { Value = tenant });
            await command.ExecuteNonQueryAsync(Cancel);
        }
        Assert.Equal("Lovelace", await Find(crm, mine));

        await Meddle($"{other.Id}");

        Assert.Null(await Find(crm, theirs));
        await Meddle("");
        Assert.Equal("Lovelace", await Find(crm, mine));
        Assert.Null(await Find(other, mine));
        Assert.Equal("Lovelace", await Find(other, theirs));
    }

    private static async Task<Guid> Enter(TestCrm crm) =>
        (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201)["id"].GetGuid();
}
