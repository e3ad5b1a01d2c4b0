using CrmPlatform.SystemTests.Platform;
using CrmPlatform.SystemTests.Proof;
using Npgsql;

namespace CrmPlatform.SystemTests.Planted;

/// <summary>The checks of the kill test find what they are there to find: each planted bug by the check meant for it.</summary>
public sealed class PlantedBugTests(RealPlatform platform)
{
    [Theory]
    [InlineData(Bug.None, "")]
    [InlineData(Bug.NumberBeforeLock, nameof(Checks.Order))]
    [InlineData(Bug.DeleteBeforePublish, nameof(Checks.ToldAll))]
    [InlineData(Bug.NoInbox, nameof(Checks.AppliedOnce))]
    public async Task A_planted_bug_is_found(Bug bug, string check)
    {
        var name = $"planted_{(int)bug}";
        await platform.Rows("contacts", $"create database {name}", _ => 0);
        var address = new NpgsqlConnectionStringBuilder(platform.Postgres.Address) { Database = name, MaxPoolSize = 20 };
        await using var data = NpgsqlDataSource.Create(address.ConnectionString);
        await Miniature.Create(data);
        await using var miniature = new Miniature(data, platform.Broker, bug);
        var told = await miniature.Run();

        var journal = await miniature.Rows(
            "select id, record_id, version from journal", row => new Kept(row.GetGuid(0), "", row.GetGuid(1), row.GetInt32(2), ""));
        var rows = await miniature.Rows("select id, version from rec", row => (row.GetGuid(0), row.GetInt32(1)));
        var applied = await miniature.Rows("select record_id, version from applied", row => (row.GetGuid(0), row.GetInt32(1)));
        Assert.Empty(Checks.Acknowledged(miniature.Writes, journal));
        Assert.Empty(Checks.Current(rows.ToDictionary(r => r.Item1, r => r.Item2), journal));

        var found = new Dictionary<string, IEnumerable<string>>
        {
            [nameof(Checks.Order)] = Checks.Order(told),
            [nameof(Checks.ToldAll)] = Checks.ToldAll(journal.Select(k => k.Event), told),
            [nameof(Checks.AppliedOnce)] = Checks.AppliedOnce(journal.Select(k => (k.Record, k.Version)), applied),
        }.Where(c => c.Value.Any()).Select(c => c.Key).ToList();
        Assert.Equal(check.Length > 0, found.Count > 0);
        Assert.True(check.Length == 0 || found.Contains(check), $"Found only by {string.Join(", ", found)}.");
    }
}
