using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace CrmPlatform.Bench.Records;

/// <summary>What is done to many records: how fast, and in how much memory.</summary>
internal static class JobsPart
{
    private const string Area = "records";
    private const int There = 1_000_000;
    private const int Edited = 100_000;
    private const int Imported = 200_000;
    private const int PeopleOfCompany = 10;

    /// <summary>Bulk edit, its undo, import and export of a tenant with a million contacts.</summary>
    public static async IAsyncEnumerable<Figure> Jobs(Ground ground)
    {
        await ground.Provision("Contacts");
        await Fill(ground);
        var host = ground.HostWithoutBroker("Contacts");
        await Ground.Answers($"http://127.0.0.1:{ground.Port + 1}/health/ready", TimeSpan.FromSeconds(30));
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ground.Token);
        await Do(http, ground, new { filter = "firstName = \"5\"", set = new { department = "Warm" } }); // so that the code is compiled

        var memory = new Memory(host);
        var (job, seconds) = await Do(http, ground, new { filter = "firstName < \"1\"", set = new { department = "Sold" }, addTags = new[] { "edited" } });
        yield return Figure.AtLeast(Area, $"S31 bulk edit of {Edited} contacts", Edited / seconds, "rows/s", 10_000);
        yield return Figure.Below(Area, "bulk edit: memory above idle", memory.Above(), "MB", 200);

        memory = new Memory(host);
        var clock = Stopwatch.StartNew();
        using (var undone = await http.PostAsync(new Uri($"{ground.Contacts}/operations/{job.GetProperty("operation").GetGuid()}/undo"), null))
            undone.EnsureSuccessStatusCode();
        yield return Figure.AtLeast(Area, $"undo of {Edited} contacts", Edited / clock.Elapsed.TotalSeconds, "rows/s", 5_000);
        yield return Figure.Below(Area, "undo: memory above idle", memory.Above(), "MB", 200);

        await Import(http, ground, Edited, companies: true); // so that the code is compiled for good
        foreach (var companies in (bool[])[false, true])
        {
            var what = companies ? $"contacts of {Imported / PeopleOfCompany} companies nobody knew" : "contacts";
            memory = new Memory(host);
            yield return Figure.AtLeast(
                Area, $"S3 import of {Imported} {what}", Imported / await Import(http, ground, Imported, companies), "rows/s", 10_000);
            yield return Figure.Below(Area, $"import of {what}: memory above idle", memory.Above(), "MB", 200);
        }

        foreach (var format in (string[])["csv", "xlsx"])
        {
            memory = new Memory(host);
            clock.Restart();
            await Read(http, $"{ground.Contacts}/contacts/export?format={format}");
            yield return Figure.AtLeast(Area, $"export of {There} contacts as {format}", There / clock.Elapsed.TotalSeconds, "rows/s", 10_000);
            yield return Figure.Below(Area, $"S37 export as {format}: memory above idle", memory.Above(), "MB", 200);
        }
        await Ground.Stop(host);
    }

    private static async Task Fill(Ground ground)
    {
        await using var data = ground.Database("contacts");
        await using var fill = data.CreateCommand(
            $"""
            insert into contact (tenant, id, version, created_at, updated_at, first_name, last_name, display_name, job_title, tags, emails, email)
            select '{Ground.Tenant}', gen_random_uuid(), 1, now(), now(), (n % 10)::text, 'Person ' || n, (n % 10) || ' Person ' || n, 'Countess', array['vip'],
                jsonb_build_array(jsonb_build_object('address', n || '@mail.example', 'primary', true)), n || '@mail.example'
            from generate_series(1, {There}) n
            """);
        fill.CommandTimeout = 1800;
        await fill.ExecuteNonQueryAsync();
        await using var analyze = data.CreateCommand("analyze contact");
        await analyze.ExecuteNonQueryAsync();
    }

    private static async Task<(JsonElement Job, double Seconds)> Do(HttpClient http, Ground ground, object request)
    {
        using var asked = await http.PostAsJsonAsync(new Uri($"{ground.Contacts}/contacts/bulk-edit"), request);
        asked.EnsureSuccessStatusCode();
        return await Ended(http, ground, (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid());
    }

    private static async Task<double> Import(HttpClient http, Ground ground, int count, bool companies)
    {
        var first = ground.People.Take(count);
        var lines = Enumerable.Range(0, count).Select(n => JsonDocument.Parse(People.One(first + n)).RootElement)
            .Select((p, n) => string.Join(',', ((string[])["firstName", "lastName", "email", "phone", "jobTitle"]).Select(f => p.GetProperty(f).GetString()))
                + (companies ? $",{People.Company(first + n * 7919L % count / PeopleOfCompany)}" : ""));
        var file = $"firstName,lastName,email,phone,jobTitle{(companies ? ",accountName" : "")}\n{string.Join('\n', lines)}\n";
        using var sent = await http.PostAsync(new Uri($"{ground.Contacts}/contacts/imports?name=people.csv"), new StringContent(file, null, "text/csv"));
        sent.EnsureSuccessStatusCode();
        var id = (await sent.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("job").GetProperty("id").GetGuid();
        using var started = await http.PostAsJsonAsync(new Uri($"{ground.Contacts}/contacts/imports/{id}/start"), new { });
        started.EnsureSuccessStatusCode();
        return (await Ended(http, ground, id)).Seconds;
    }

    private static async Task<(JsonElement Job, double Seconds)> Ended(HttpClient http, Ground ground, Guid id)
    {
        while (true)
        {
            var job = await http.GetFromJsonAsync<JsonElement>(new Uri($"{ground.Contacts}/contacts/jobs/{id}"));
            if (job.GetProperty("state").GetString() is "failed" || job.GetProperty("failed").GetInt64() > 0)
                throw new InvalidOperationException($"The job failed: {job}");
            if (job.GetProperty("state").GetString() == "done")
                return (job, (job.GetProperty("endedAt").GetDateTimeOffset() - job.GetProperty("startedAt").GetDateTimeOffset()).TotalSeconds);
            await Task.Delay(50);
        }
    }

    private static async Task Read(HttpClient http, string url)
    {
        using var response = await http.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync();
        await body.CopyToAsync(Stream.Null);
    }

    /// <summary>How far a process rises above what it needed before.</summary>
    private sealed class Memory
    {
        private readonly Process process;
        private readonly long idle;
        private long most;
        private volatile bool ended;

        public Memory(Process process)
        {
            this.process = process;
            idle = most = Now();
            _ = Watch();
        }

        public double Above()
        {
            ended = true;
            return (Math.Max(most, Now()) - idle) / 1e6;
        }

        private async Task Watch()
        {
            while (!ended)
            {
                most = Math.Max(most, Now());
                await Task.Delay(100);
            }
        }

        private long Now()
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }
}
