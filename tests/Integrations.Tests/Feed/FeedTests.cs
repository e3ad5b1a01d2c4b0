using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Integrations.Tests.Feed;

/// <summary>Programs read all that happened, without a gap, at their own pace. (ReadEvents, StreamEvents, CountEvents)</summary>
public sealed class FeedTests
{
    [Fact]
    public async Task All_that_happened_is_read_page_by_page_without_a_gap()
    {
        var crm = await TestCrm.Tenant();
        for (var n = 0; n < 25; n++)
            await crm.Contact(new { lastName = $"Number {n}" });
        await Heard(crm, 25);

        var (all, after) = (new List<JsonElement>(), "");
        while (true)
        {
            var page = (await crm.Hooks().Get($"/events?limit=7&after={after}")).Expect(200);
            all.AddRange(page["items"].EnumerateArray());
            after = page["next"].GetString();
            if (page["items"].GetArrayLength() == 0)
                break;
        }

        Assert.Equal(Enumerable.Range(1, 25).Select(n => (long)n), all.Select(Position));
        Assert.Equal("contacts:25", after);
        Assert.Equal("Number 3", all[3].GetProperty("data").GetProperty("changes").GetProperty("lastName").GetProperty("new").GetString());
        var counts = (await crm.Hooks().Get($"/events/counts?day={all[0].GetProperty("timestamp").GetDateTimeOffset():yyyy-MM-dd}")).Expect(200).Body;
        Assert.Equal((25, 1, 25), (
            counts[0].GetProperty("number").GetInt32(), counts[0].GetProperty("first").GetInt32(), counts[0].GetProperty("last").GetInt32()));
    }

    [Fact]
    public async Task Who_waits_is_told_when_something_happens_and_types_that_are_not_asked_for_are_passed_over()
    {
        var crm = await TestCrm.Tenant();
        await crm.Contact(new { lastName = "Before" });
        await Heard(crm, 1);
        var waiting = crm.Hooks().Get("/events?types=contacts.account.*&wait=20");
        (await crm.Contacts.Post("/accounts", new { name = "Engines" })).Expect(201);

        var told = (await waiting).Expect(200);
        Assert.Equal("contacts.account.created", Assert.Single(told["items"].EnumerateArray()).GetProperty("type").GetString());
        var nothing = (await crm.Hooks().Get($"/events?types=contacts.account.*&wait=1&after={told["next"].GetString()}")).Expect(200);
        Assert.Equal((0, told["next"].GetString()), (nothing["items"].GetArrayLength(), nothing["next"].GetString()));
    }

    [Fact]
    public async Task A_stream_goes_on_behind_what_came_last()
    {
        var crm = await TestCrm.Tenant();
        await crm.Contact(new { lastName = "One" });
        await crm.Contact(new { lastName = "Two" });
        await Heard(crm, 2);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(crm.Hooks().Address, "/api/v1/events/stream"));
        request.Headers.Add("Authorization", $"Bearer {crm.Token("crm.read")}");
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add("Last-Event-ID", "contacts:1");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        async Task<string> Next(string prefix)
        {
            while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
                if (line.StartsWith(prefix, StringComparison.Ordinal))
                    return line[prefix.Length..];
            return "";
        }

        Assert.Equal("contacts:2", await Next("id: "));
        Assert.Contains("Two", await Next("data: "), StringComparison.Ordinal);
        await crm.Contact(new { lastName = "Three" });
        Assert.Equal("contacts:3", await Next("id: "));
        Assert.Contains("Three", await Next("data: "), StringComparison.Ordinal);
        Assert.Contains("Two", (await crm.Hooks().Get("/events/stream")).Expect(200).Text, StringComparison.Ordinal); // what there is, and its end
    }

    [Fact]
    public async Task Nobody_reads_of_records_and_fields_they_do_not_see()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("clerk", new { record = "contact", read = "own", fields = new[] { new { field = "jobTitle", right = "hidden" } } });
        var ada = await crm.User("clerk");
        await crm.Contact(new { lastName = "Others", jobTitle = "Secret" });
        await crm.Contact(new { lastName = "Mine", jobTitle = "Secret", ownerId = ada });
        (await crm.Contacts.Post("/accounts", new { name = "Engines" })).Expect(201);
        await Heard(crm, 3);

        var page = (await crm.Hooks(ada, "clerk").Get("/events")).Expect(200);
        var mine = Assert.Single(page["items"].EnumerateArray());
        Assert.Equal("Mine", mine.GetProperty("data").GetProperty("changes").GetProperty("lastName").GetProperty("new").GetString());
        Assert.DoesNotContain("Secret", page.Text, StringComparison.Ordinal);
        Assert.Equal("contacts:3", page["next"].GetString());
        Assert.Equal(0, (await crm.Hooks(ada, "clerk").Get(
            $"/events/counts?day={TimeProvider.System.GetUtcNow():yyyy-MM-dd}")).Expect(200).Body.GetArrayLength());
    }

    [Theory]
    [InlineData("/events?after=nonsense")]
    [InlineData("/events?after=contacts:-1")]
    [InlineData("/events?types=contacts.contact.painted")]
    [InlineData("/events?limit=0")]
    [InlineData("/events?wait=3600")]
    public async Task What_cannot_be_meant_is_refused(string path) => (await (await TestCrm.Tenant()).Hooks().Get(path)).Expect(422, "invalid");

    private static long Position(JsonElement item) => item.GetProperty("data").GetProperty("position").GetInt64();

    private static Task Heard(TestCrm crm, int events) => TestCrm.Eventually(async () => Assert.Equal(
        events, await crm.Sql("integrations", As.Service).For(crm.Id).Value<long>("select coalesce(sum(last), 0)::bigint from feed")));
}
