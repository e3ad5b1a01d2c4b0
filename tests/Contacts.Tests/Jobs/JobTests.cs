using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Jobs;

public sealed class JobTests
{
    [Fact]
    public async Task A_worker_that_is_not_heard_of_any_more_is_succeeded_and_no_row_is_done_twice()
    {
        var crm = await TestCrm.Tenant();
        await crm.Enter(6000, n => new { name = $"Company {n}" });
        await using var other = await crm.Home.Replica();
        var asked = (await crm.Contacts.Post("/accounts/bulk-edit", new { filter = "", set = new { industry = "Food" } })).Expect(202);

        // Whoever is at it loses the job again and again, in the middle of a step or between two.
        var admin = crm.Sql("contacts", As.Admin);
        for (var open = true; open;)
            open = await admin.Execute(
                "update job set lease_until = now() - interval '1 second', attempts = 0 where tenant = $1 and state in ('queued', 'running')", crm.Id) > 0;
        var job = await crm.Ended(asked);

        Assert.Equal([6000L, 6000L, 0L], ((string[])["done", "changed", "failed"]).Select(name => job[name].GetInt64()));
        Assert.Equal(6000, await crm.Count("industry = \"Food\" and version = 2"));
        var entries = crm.Sql("contacts", As.Service).For(crm.Id);
        Assert.Equal(6000, await entries.Value<long>("select count(*) from journal where operation = $1", job["operation"].GetGuid()));
    }

    [Fact]
    public async Task A_cancelled_job_stops_and_what_it_has_done_can_be_undone()
    {
        var crm = await TestCrm.Tenant();
        await crm.Enter(5000, n => new { name = $"Company {n}" });
        var before = await crm.Everything();
        // One in the third thousand is held by somebody, so that the job is under way for as long as it takes to cancel it.
        var held = (await crm.Sql("contacts", As.Service).For(crm.Id).Column<Guid>("select id from account order by id offset 2500 limit 1"))[0];
        await using var connection = await crm.Sql("contacts", As.Admin).Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using (var hold = new Npgsql.NpgsqlCommand("select id from account where tenant = $1 and id = $2 for update", connection)
            {
                Parameters = { new() { Value = crm.Id }, new() { Value = held } },
            })
                await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            var asked = (await crm.Contacts.Post("/accounts/bulk-edit", new { filter = "", set = new { industry = "Food" } })).Expect(202);
            await TestCrm.Eventually(async () =>
                Assert.Equal(2000, (await crm.Contacts.Get($"/accounts/jobs/{asked.Id}")).Expect(200)["done"].GetInt64()));
            Assert.Equal("running", (await crm.Contacts.Post($"/accounts/jobs/{asked.Id}/cancel")).Expect(200)["state"].GetString());
            (await crm.Contacts.Post($"/operations/{asked["operation"].GetGuid()}/undo")).Expect(409, "still_running");
            await transaction.CommitAsync(TestContext.Current.CancellationToken);

            var job = await crm.Ended(asked, "cancelled");
            Assert.Equal(3000, job["done"].GetInt64());
            Assert.Equal(3000, await crm.Count("industry = \"Food\""));
            (await crm.Contacts.Post($"/operations/{job["operation"].GetGuid()}/undo")).Expect(200);
            Assert.Equal(before, await crm.Everything());
        }
    }

    [Fact]
    public async Task A_stopped_service_goes_on_with_its_jobs_when_it_is_back()
    {
        await using var home = await Installation.Apart(null, new ContactsService());
        var crm = home.Tenant();
        await crm.Enter(8000, n => new { name = $"Company {n}" });
        var asked = (await crm.Contacts.Post("/accounts/bulk-edit", new { filter = "", set = new { industry = "Food" } })).Expect(202);
        await TestCrm.Eventually(async () => Assert.NotEqual(0, (await crm.Contacts.Get($"/accounts/jobs/{asked.Id}")).Expect(200)["done"].GetInt64()));

        await home.Stop();
        await home.Run();

        await crm.Ended(asked);
        Assert.Equal(8000, await crm.Count("industry = \"Food\" and version = 2"));
    }

    [Fact]
    public async Task A_job_is_forgotten_with_its_files_when_its_time_is_over()
    {
        await using var home = await Installation.Apart(new Dictionary<string, string> { ["CRM_KEEP_JOBS_DAYS"] = "30" }, new ContactsService());
        var crm = home.Tenant();
        var old = await crm.Import("name,employees\nA,5\nB,many\n", new { });
        var young = await crm.Import("name,employees\nC,5\nD,many\n", new { });
        var never = (await crm.Contacts.Post("/accounts/imports", "name\nE\n")).Expect(200)["job"].GetProperty("id").GetGuid();
        var admin = crm.Sql("contacts", As.Admin);
        await admin.Execute(
            "update job set created_at = created_at - interval '31 days', ended_at = ended_at - interval '31 days' where id = any($1)",
            new[] { old.Id, never });
        await admin.Execute(
            "update job set created_at = created_at - interval '31 days', ended_at = ended_at - interval '29 days' where id = $1", young.Id);

        await home.Stop();
        await home.Run();

        await TestCrm.Eventually(async () => (await crm.Contacts.Get($"/accounts/jobs/{old.Id}")).Expect(404));
        await TestCrm.Eventually(async () => (await crm.Contacts.Get($"/accounts/jobs/{never}")).Expect(404));
        (await crm.Contacts.Get($"/accounts/jobs/{young.Id}")).Expect(200);
        Assert.Equal([young.Id], await admin.Column<Guid>("select distinct job from job_file where tenant = $1", crm.Id));
        (await crm.Contacts.Post($"/operations/{old["operation"].GetGuid()}/undo")).Expect(200);
        Assert.Equal(1, await crm.Count(""));
    }

    [Fact]
    public async Task Jobs_of_one_tenant_run_one_after_the_other_in_order()
    {
        var crm = await TestCrm.Tenant();
        await crm.Enter(1500, n => new { name = $"Company {n}" });
        var jobs = new List<Reply>();
        for (var n = 0; n < 4; n++)
            jobs.Add((await crm.Contacts.Post("/accounts/bulk-edit", new { filter = "", set = new { employees = n } })).Expect(202));

        foreach (var job in jobs)
            await crm.Ended(job);

        Assert.Equal(1500, await crm.Count("employees = 3 and version = 5"));
        Assert.Equal(
            jobs.Select(j => j.Id).Reverse(),
            (await crm.Contacts.Get("/accounts/jobs")).Expect(200)["items"].EnumerateArray().Select(j => j.GetProperty("id").GetGuid()));
    }

    [Fact]
    public async Task Another_tenants_jobs_do_not_exist()
    {
        var crm = await TestCrm.Tenant();
        var account = (await crm.Contacts.Post("/accounts", new { name = "Mine" })).Expect(201).Id;
        var job = (await crm.Contacts.Post("/accounts/bulk-edit", new { filter = "", set = new { industry = "Food" } })).Expect(202);
        await crm.Ended(job);
        var stranger = crm.Another();

        (await stranger.Contacts.Get($"/accounts/jobs/{job.Id}")).Expect(404, "not_found");
        (await stranger.Contacts.Post($"/accounts/jobs/{job.Id}/cancel")).Expect(404, "not_found");
        (await crm.Contacts.Get($"/contacts/jobs/{job.Id}")).Expect(404, "not_found");
        Assert.Equal(0, (await stranger.Contacts.Get("/accounts/jobs")).Expect(200)["items"].GetArrayLength());
        var dry = await stranger.Contacts.Post("/accounts/bulk-edit", new { ids = new[] { account }, delete = true, dryRun = true });
        Assert.Equal(0, dry.Expect(200)["count"].GetInt64());
        var batch = (await stranger.Contacts.Post("/accounts/batch", new { operations = new[] { new { @do = "delete", id = account } } })).Expect(200);
        Assert.Equal(404, batch["items"][0].GetProperty("status").GetInt32());
    }
}
