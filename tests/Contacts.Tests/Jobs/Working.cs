using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Jobs;

/// <summary>What tests of jobs have in common: many records, and waiting for a job to end.</summary>
internal static class Working
{
    public static async Task<List<Guid>> Enter(this TestCrm crm, int count, Func<int, object> fields, string plural = "accounts")
    {
        var ids = new List<Guid>();
        foreach (var some in Enumerable.Range(0, count).Chunk(1000))
        {
            var operations = some.Select(n => new { @do = "create", fields = fields(n) });
            var batch = (await crm.Contacts.Post($"/{plural}/batch", new { operations })).Expect(200);
            ids.AddRange(batch["items"].EnumerateArray().Select(i => i.GetProperty("record").GetProperty("id").GetGuid()));
        }
        return ids;
    }

    public static async Task<Reply> Ended(this TestCrm crm, Reply job, string state = "done", string plural = "accounts")
    {
        Reply? now = null;
        await TestCrm.Eventually(
            async () =>
            {
                now = (await crm.Contacts.Get($"/{plural}/jobs/{job.Expect(202).Id}")).Expect(200);
                Assert.Contains(now["state"].GetString(), (string[])["done", "failed", "cancelled"]);
            },
            TimeSpan.FromSeconds(90));
        Assert.True(now!["state"].GetString() == state, $"The job should be {state}: {now}");
        return now;
    }

    /// <summary>Imports a file and waits for its end.</summary>
    public static async Task<Reply> Import(this TestCrm crm, string file, object how, string plural = "accounts")
    {
        var draft = (await crm.Contacts.Post($"/{plural}/imports", file)).Expect(200);
        return await crm.Ended(await crm.Contacts.Post($"/{plural}/imports/{draft["job"].GetProperty("id").GetGuid()}/start", how), plural: plural);
    }

    public static async Task<long> Count(this TestCrm crm, string filter, string plural = "accounts") =>
        (await crm.Contacts.Get($"/{plural}?limit=1&include=total&filter={Uri.EscapeDataString(filter)}")).Expect(200)["total"].GetInt64();

    /// <summary>Every record with all that people enter, to compare before and after.</summary>
    public static Task<List<string>> Everything(this TestCrm crm, string table = "account") => crm.Sql("contacts", As.Service).For(crm.Id).Column<string>(
        $"select (to_jsonb(t) - '{{version,updated_at,updated_by,deleted_at}}'::text[])::text || (deleted_at is null) from {table} t order by id");
}
