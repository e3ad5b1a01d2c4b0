using CrmPlatform.SystemTests.Platform;
using CrmPlatform.Testing;

namespace CrmPlatform.SystemTests;

/// <summary>What an operation did is known from the journal alone: no process has to remember it.</summary>
public sealed class UndoAfterRestartTests(RealPlatform platform)
{
    private readonly Guid tenant = Guid.CreateVersion7();

    [Fact]
    public async Task An_operation_can_be_undone_after_a_restart_and_the_undo_too()
    {
        var crm = platform.Service("edge", tenant);
        var winner = (await crm.Post("/accounts", new { name = "Winner" })).Expect(201).Id;
        var loser = (await crm.Post("/accounts", new { name = "Loser", industry = "Food", employees = 7 })).Expect(201).Id;
        var people = new List<Guid>();
        for (var i = 0; i < 20; i++)
            people.Add((await crm.Post("/contacts", new { lastName = $"Person {i}", accountId = loser })).Expect(201).Id);
        var before = await Everything();
        var merge = (await crm.Post($"/accounts/{winner}/merge", new { loser })).Expect(200).Operation;
        var merged = await Everything();
        Assert.NotEqual(before, merged);

        await Restart();
        var undo = (await crm.Post($"/operations/{merge}/undo")).Expect(200);
        Assert.Equal(people.Count + 2, undo["records"].GetInt32());
        Assert.Equal(before, await Everything());

        await Restart();
        (await crm.Post($"/operations/{undo.Operation}/undo")).Expect(200);
        Assert.Equal(merged, await Everything());
    }

    private async Task Restart()
    {
        await platform.Host.Kill();
        await platform.Host.StartReady();
    }

    // All fields of all records, but not how often they changed.
    private async Task<List<string>> Everything() => await platform.Rows(
        "contacts",
        """
        select id || name || coalesce(industry, '-') || coalesce(employees, -1) || (deleted_at is null) from account where tenant = $1
        union all select id || last_name || account_id || (deleted_at is null) from contact where tenant = $1 order by 1
        """,
        row => row.GetString(0), tenant);
}
