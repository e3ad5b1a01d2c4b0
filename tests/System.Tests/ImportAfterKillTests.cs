using CrmPlatform.SystemTests.Platform;
using CrmPlatform.Testing;

namespace CrmPlatform.SystemTests;

/// <summary>A file on its way into the platform when the process that reads it is killed.</summary>
public sealed class ImportAfterKillTests(RealPlatform platform)
{
    private const int Rows = 30_000;

    // A lease ends on its own; until then nobody knows that its holder is gone.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task S3_another_process_goes_on_and_each_row_is_entered_once()
    {
        var tenant = Guid.CreateVersion7();
        var contacts = platform.Service("contacts", tenant);
        var file = "name,employees\n" + string.Concat(Enumerable.Range(0, Rows).Select(n => $"Company {n},{n}\n"));
        var draft = (await contacts.Post("/accounts/imports", file)).Expect(200)["job"].GetProperty("id").GetGuid();
        await using var second = platform.Another("second");
        try
        {
            var operation = (await contacts.Post($"/accounts/imports/{draft}/start", new { })).Expect(202)["operation"].GetGuid();
            await TestCrm.Eventually(async () => Assert.True(await Done(tenant) > 0), HostProcess.Patience);
            await platform.Host.Kill();
            var done = await Done(tenant);
            Assert.InRange(done, 1, Rows - 1); // in the middle

            await second.StartReady();
            var there = second.Service("contacts").WithToken(platform.Token(tenant));
            await TestCrm.Eventually(
                async () => Assert.Equal("done", (await there.Get($"/accounts/jobs/{draft}")).Expect(200)["state"].GetString()), Patience);

            var job = (await there.Get($"/accounts/jobs/{draft}")).Expect(200);
            Assert.Equal([Rows, Rows, 0L], ((string[])["done", "changed", "failed"]).Select(n => job[n].GetInt64()));
            Assert.Equal(Rows, await platform.Count("contacts", "select count(*) from account where tenant = $1", tenant));
            Assert.Equal(Rows, await platform.Count("contacts", "select count(distinct name) from account where tenant = $1", tenant));
            Assert.Equal(Rows, await platform.Count(
                "contacts", "select count(*) from journal where tenant = $1 and operation = $2 and type = 'account.created'", tenant, operation));
        }
        finally
        {
            await platform.Host.StartReady();
        }
    }

    private Task<long> Done(Guid tenant) => platform.Count("contacts", "select done from job where tenant = $1", tenant);
}
