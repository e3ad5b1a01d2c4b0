using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Jobs;

public sealed class ImportTests
{
    private const int Records = 200;

    [Theory]
    [InlineData("csv", "accounts")]
    [InlineData("jsonl", "accounts")]
    [InlineData("xlsx", "accounts")]
    [InlineData("csv", "contacts")]
    [InlineData("jsonl", "contacts")]
    [InlineData("xlsx", "contacts")]
    public async Task S35_what_was_exported_is_imported_as_it_was(string format, string plural)
    {
        var crm = await TestCrm.Tenant();
        await Fields(crm, plural);
        var made = new Made(Random.Shared.Next());
        await crm.Enter(Records, plural == "accounts" ? made.Account : made.Contact, plural);
        var other = crm.Another();
        await Fields(other, plural);

        var draft = await Send(other, await Export(crm, format, plural), plural);
        var job = await other.Ended(await Start(other, draft, new { }, plural), plural: plural);

        Assert.True(job["failed"].GetInt64() == 0, $"{made}: {job.Text}");
        Assert.Equal(Records, job["changed"].GetInt64());
        var (there, here) = (await People(crm, plural), await People(other, plural));
        for (var n = 0; n < Records; n++)
            Assert.True(there[n] == here[n], $"{made}: {there[n]} came back as {here[n]}");
    }

    [Fact]
    public async Task Rows_find_their_records_change_them_and_can_be_taken_back_exactly()
    {
        var crm = await TestCrm.Tenant();
        await crm.Enter(1500, n => new { name = $"Company {n}", domain = $"c{n}.example", industry = n % 2 == 0 ? "Food" : null, employees = n });
        var before = await crm.Everything();
        var rows = string.Concat(Enumerable.Range(1000, 1000).Select(n => $"c{n}.example;Renamed {n};Steel;\r\n"));

        var draft = await Send(crm, Encoding.UTF8.GetBytes("Domain;Company;Industry;Employees\r\n" + rows));
        Assert.Equal(["domain", "name", "industry", "employees"], draft.GetProperty("mapping").EnumerateObject().Select(m => m.Value.GetString()));
        var dry = await crm.Ended(await Start(crm, draft, new { match = "domain", mode = "both", onlyIfEmpty = new[] { "industry" }, dryRun = true }));
        Assert.Equal(1000, dry["changed"].GetInt64());
        Assert.Equal(before, await crm.Everything());
        draft = await Send(crm, Encoding.UTF8.GetBytes("Domain;Company;Industry;Employees\r\n" + rows));
        var job = await crm.Ended(await Start(crm, draft, new { match = "domain", mode = "both", onlyIfEmpty = new[] { "industry" } }));

        Assert.Equal([1000L, 1000L, 0L], ((string[])["done", "changed", "failed"]).Select(name => job[name].GetInt64()));
        Assert.Equal(2000, await crm.Count(""));
        Assert.Equal(250, await crm.Count("name ~ \"Renamed*\" and industry = \"Food\" and employees >= 1000"));
        Assert.Equal(750, await crm.Count("name ~ \"Renamed*\" and industry = \"Steel\""));
        var one = (await crm.Contacts.Get("/accounts?limit=1&filter=domain = 'c1999.example'")).Expect(200)["items"][0];
        Assert.Equal("import", one.GetProperty("createdBy").GetProperty("door").GetString());
        Assert.Equal(1000, (await crm.Contacts.Post($"/operations/{job["operation"].GetGuid()}/undo")).Expect(200)["records"].GetInt32());
        Assert.Equal(before, (await crm.Everything()).Where(row => row.EndsWith("true", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Rejected_rows_can_be_fetched_put_right_and_sent_again()
    {
        var crm = await TestCrm.Tenant();

        var draft = await Send(crm, Encoding.UTF8.GetBytes("name,employees\nGood,5\n\"Bad, very\",many\n,7\nAlso good,\n"));
        var job = await crm.Ended(await Start(crm, draft, new { }));

        Assert.Equal([4L, 2L, 2L], ((string[])["done", "changed", "failed"]).Select(name => job[name].GetInt64()));
        Assert.Equal([2L, 3L], job["errors"].EnumerateArray().Select(e => e.GetProperty("row").GetInt64()));
        var rejected = (await crm.Contacts.Get($"/accounts/imports/{job.Id}/errors")).Expect(200).Text;
        Assert.Equal("name,employees,problem", rejected.Split("\r\n")[0]);
        Assert.StartsWith("\"Bad, very\",many,employees:", rejected.Split("\r\n")[1], StringComparison.Ordinal);
        var right = rejected.Replace(",many,", ",12,", StringComparison.Ordinal).Replace("\n,7", "\nNamed,7", StringComparison.Ordinal);
        var again = await Send(crm, Encoding.UTF8.GetBytes(right));
        Assert.Equal(2, (await crm.Ended(await Start(crm, again, new { })))["changed"].GetInt64());
        Assert.Equal(4, await crm.Count(""));
    }

    [Fact]
    public async Task Rejected_rows_are_fetched_in_their_order_wherever_in_a_long_file_they_are()
    {
        var crm = await TestCrm.Tenant();
        int[] wrong = [500, 999, 1500, 2001, 2300];
        var rows = Enumerable.Range(1, 2500).Select(n => $"Company {n},{(wrong.Contains(n) ? "many" : "5")}\n");

        var job = await crm.Ended(await Start(crm, await Send(crm, Encoding.UTF8.GetBytes($"name,employees\n{string.Concat(rows)}")), new { }));

        Assert.Equal([2500L, 2495L, 5L], ((string[])["done", "changed", "failed"]).Select(name => job[name].GetInt64()));
        var rejected = (await crm.Contacts.Get($"/accounts/imports/{job.Id}/errors")).Expect(200).Text.Split("\r\n");
        Assert.Equal(wrong.Select(n => $"Company {n}"), rejected[1..^1].Select(line => line.Split(',')[0]));
        Assert.Equal(2495, await crm.Count(""));
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("windows-1252", false)]
    public async Task A_file_of_any_usual_encoding_and_separator_is_read(string name, bool bom)
    {
        var crm = await TestCrm.Tenant();
        var encoding = name == "windows-1252" ? CodePagesEncodingProvider.Instance.GetEncoding(1252)! : Encoding.GetEncoding(name);
        foreach (var separator in (char[])[',', ';', '\t', '|'])
        {
            var text = $"name{separator}industry\r\nMüller & Söhne {(int)separator}{separator}\"Bäckerei\"\r\n";
            var draft = await Send(crm, [.. bom ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)]);
            await crm.Ended(await Start(crm, draft, new { }));
            Assert.Equal(1, await crm.Count($"name = \"Müller & Söhne {(int)separator}\" and industry = \"Bäckerei\""));
        }
    }

    [Fact]
    public async Task A_worker_that_dies_is_succeeded_and_no_row_is_lost_or_doubled()
    {
        var crm = await TestCrm.Tenant();
        await using var other = await crm.Home.Replica();
        var draft = await Send(crm, Encoding.UTF8.GetBytes("name\n" + string.Concat(Enumerable.Range(0, 6000).Select(n => $"Company {n}\n"))));
        var asked = await Start(crm, draft, new { });

        var admin = crm.Sql("contacts", As.Admin);
        for (var open = true; open;)
            open = await admin.Execute(
                "update job set lease_until = now() - interval '1 second', attempts = 0 where tenant = $1 and state in ('queued', 'running')", crm.Id) > 0;
        await crm.Ended(asked);

        Assert.Equal(6000, await crm.Sql("contacts", As.Service).For(crm.Id).Value<long>("select count(distinct name) from account"));
        Assert.Equal(6000, await crm.Count(""));
    }

    [Theory]
    [InlineData("""{"mapping":{"name":"shoeSize"}}""", "mapping")]
    [InlineData("""{"mapping":{"nome":"name"}}""", "mapping")]
    [InlineData("""{"mapping":{"name":"createdAt"}}""", "mapping")]
    [InlineData("""{"mode":"update"}""", "match")]
    [InlineData("""{"mode":"both","match":"employees"}""", "match")]
    [InlineData("""{"onlyIfEmpty":["industry"]}""", "onlyIfEmpty")]
    public async Task What_cannot_be_meant_is_refused_before_it_starts(string request, string field)
    {
        var crm = await TestCrm.Tenant();
        var draft = await Send(crm, "name,employees\nA,5\n"u8.ToArray());

        var import = $"/accounts/imports/{draft.GetProperty("job").GetProperty("id").GetGuid()}";
        var refused = (await crm.Contacts.Post($"{import}/start", request)).Expect(422, "invalid");

        Assert.True(refused["errors"].TryGetProperty(field, out _), refused.Text);
        (await crm.Another().Contacts.Post($"{import}/start", new { })).Expect(404, "not_found");
        (await crm.Another().Contacts.Get($"{import}/errors")).Expect(404, "not_found");
    }

    private static async Task Fields(TestCrm crm, string plural)
    {
        foreach (var (name, kind) in Made.Kinds)
            (await crm.Contacts.Post($"/{plural}/fields", new { name, label = name, kind })).Expect(201);
        var choices = new[] { new { value = "a" }, new { value = "b" } };
        foreach (var kind in (string[])["choice", "multiChoice"])
            (await crm.Contacts.Post($"/{plural}/fields", new { name = $"a{kind}", label = kind, kind, choices })).Expect(201);
    }

    // All that people enter, with the ids; not by whom and when.
    private static async Task<List<string>> People(TestCrm crm, string plural) => await crm.Sql("contacts", As.Service).For(crm.Id).Column<string>(
        $$"""
        select (to_jsonb(t) - '{tenant,version,created_at,updated_at,created_by,updated_by,stages_reached}'::text[])::text
        from {{plural[..^1]}} t order by id
        """);

    private static async Task<byte[]> Export(TestCrm crm, string format, string plural)
    {
        using var response = await Ask(crm, HttpMethod.Get, $"/{plural}/export?format={format}", null);
        return await response.Content.ReadAsByteArrayAsync();
    }

    private static async Task<JsonElement> Send(TestCrm crm, byte[] file, string plural = "accounts")
    {
        using var response = await Ask(crm, HttpMethod.Post, $"/{plural}/imports?name=file", new ByteArrayContent(file));
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static Task<Reply> Start(TestCrm crm, JsonElement draft, object request, string plural = "accounts") =>
        crm.Contacts.Post($"/{plural}/imports/{draft.GetProperty("job").GetProperty("id").GetGuid()}/start", request);

    private static async Task<HttpResponseMessage> Ask(TestCrm crm, HttpMethod method, string path, HttpContent? body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(crm.Contacts.Address, "/api/v1" + path)) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", crm.Token("crm.read", "crm.write"));
        var response = await http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return response;
    }
}
