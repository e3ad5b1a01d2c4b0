using System.Diagnostics;
using CrmPlatform.SystemTests.Load;
using CrmPlatform.SystemTests.Platform;
using CrmPlatform.Testing;

namespace CrmPlatform.SystemTests;

/// <summary>Leads become contacts, companies and deals in three databases while everything there is gets killed: one of each, or none.</summary>
public sealed class ConversionTests(RealPlatform platform)
{
    private const int Leads = 40;

    private readonly Guid tenant = Guid.CreateVersion7();

    private Door Edge => platform.Service("edge", tenant);

    [Fact]
    public async Task A_lead_becomes_one_contact_one_company_and_one_deal_whatever_is_killed()
    {
        (await Edge.Post("/pipelines/default")).Expect(200);
        var leads = new List<Guid>();
        for (var i = 0; i < Leads; i++)
        {
            leads.Add((await Edge.Post("/leads", new { lastName = $"Person {i}", company = $"Company {i}" })).Expect(201).Id);
            (await Edge.Post($"/leads/{leads[i]}/change-status", new { to = "qualified" })).Expect(200);
        }

        var chaos = new Chaos(platform).Run(TimeSpan.FromSeconds(15));
        var converted = new List<Reply>();
        foreach (var lead in leads)
            converted.Add((await Insist(edge => edge.Post($"/leads/{lead}/convert", new { deal = new { } }))).Expect(200));
        await chaos;
        await platform.Host.Ready();

        await TestCrm.Eventually(async () =>
        {
            Assert.Equal(Answered(converted, "convertedContactId"), await There("contacts", "contact"));
            Assert.Equal(Answered(converted, "convertedAccountId"), await There("contacts", "account"));
            Assert.Equal(Answered(converted, "convertedDealId"), await There("pipeline", "deal"));
        }, HostProcess.Patience);
        Assert.Equal(Leads, await platform.Count("pipeline", "select count(*) from deal_contact where tenant = $1 and deleted_at is null", tenant));

        // What is taken back while everything gets killed is taken back wholly, the rest stays.
        chaos = new Chaos(platform).Run(TimeSpan.FromSeconds(10));
        foreach (var reply in converted.Take(Leads / 2))
            (await Insist(edge => edge.Post($"/operations/{reply.Operation}/undo"))).Expect(200);
        await chaos;
        await platform.Host.Ready();

        var stays = converted.Skip(Leads / 2).ToList();
        await TestCrm.Eventually(async () =>
        {
            Assert.Equal(Answered(stays, "convertedContactId"), await There("contacts", "contact"));
            Assert.Equal(Answered(stays, "convertedAccountId"), await There("contacts", "account"));
            Assert.Equal(Answered(stays, "convertedDealId"), await There("pipeline", "deal"));
        }, HostProcess.Patience);
        Assert.Equal(Leads / 2, await platform.Count("leads", "select count(*) from lead where tenant = $1 and status = 'qualified'", tenant));
    }

    private static IEnumerable<Guid> Answered(IEnumerable<Reply> replies, string field) => replies.Select(r => r[field].GetGuid()).Order();

    private async Task<List<Guid>> There(string service, string table) =>
        [.. (await platform.Rows(service, $"select id from {table} where tenant = $1 and deleted_at is null", row => row.GetGuid(0), tenant)).Order()];

    // Whoever hears no outcome asks again with the same key.
    private async Task<Reply> Insist(Func<Door, Task<Reply>> send)
    {
        var (key, clock) = (Guid.CreateVersion7().ToString(), Stopwatch.StartNew());
        while (true)
        {
            try
            {
                if (await send(Edge.Idempotent(key)) is { Status: < 500 } reply)
                    return reply;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException && clock.Elapsed < HostProcess.Patience)
            {
                // It may have happened or not; the key makes asking again safe.
            }
            Assert.True(clock.Elapsed < HostProcess.Patience, "No answer.");
            await Task.Delay(100);
        }
    }
}
