using System.Text.Json;
using CrmPlatform.SystemTests.Platform;
using CrmPlatform.Testing;

namespace CrmPlatform.SystemTests;

/// <summary>Another team, another language, none of our code: what the catalogue promises is enough.</summary>
public sealed class StrangerTests(RealPlatform platform)
{
    [Fact]
    public async Task A_stranger_reads_events_and_the_stream()
    {
        await Stranger.Install();
        var (tenant, trace) = (Guid.CreateVersion7(), $"{1:x16}{Guid.CreateVersion7().ToString("N")[16..]}"); // so low an id is always sampled
        using var listener = Stranger.Start(platform, "queue", "contacts.contact.*", "3");
        Assert.Equal("ready", await listener.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        var old = (await platform.Service("contacts", tenant).Post("/accounts", new { name = "Old" })).Expect(201).Id;
        var before = await Later();

        var contacts = platform.Service("edge", tenant).With("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        (await contacts.Post("/accounts", new { name = "Not heard" })).Expect(201);
        var ada = (await contacts.Post("/contacts", new { lastName = "Lovelace", email = "ada@example.com" })).Expect(201);
        (await contacts.Patch($"/contacts/{ada.Id}", new { lastName = "King" })).Expect(200);
        (await contacts.Delete($"/contacts/{ada.Id}")).Expect(204);

        var events = await Stranger.Heard(listener);
        Assert.Equal(["contacts.contact.created", "contacts.contact.updated", "contacts.contact.deleted"], events.Select(e => Text(e, "key")));
        var (updated, headers) = (events[1].GetProperty("body"), events[1].GetProperty("headers"));
        Assert.Equal("application/json", Text(events[1], "contentType"));
        Assert.Equal((ada.Id, 2), (updated.GetProperty("id").GetGuid(), updated.GetProperty("version").GetInt32()));
        var change = updated.GetProperty("changes").GetProperty("lastName");
        Assert.Equal(("Lovelace", "King"), (Text(change, "old"), Text(change, "new")));
        Assert.Equal(
            ("1.0", "/contacts", "contacts.contact.updated", $"contact/{ada.Id}", tenant.ToString()),
            (Text(headers, "specversion"), Text(headers, "source"), Text(headers, "type"), Text(headers, "subject"), Text(headers, "tenant")));
        Assert.True(Guid.TryParse(Text(headers, "id"), out _) && Guid.TryParse(Text(headers, "operation"), out _));
        Assert.Equal("Ada", Text(JsonSerializer.Deserialize<JsonElement>(Text(headers, "actor")), "name"));

        // One trace, from the request over the event to the consumer in another service.
        Assert.All(events, e => Assert.Equal(trace, Text(e.GetProperty("headers"), "traceparent").Split('-')[1]));
        await TestCrm.Eventually(() =>
        {
            Assert.True(platform.Traces.Has("edge", trace, "POST "), "The request at the edge is not in the trace.");
            Assert.True(platform.Traces.Has("contacts", trace, "POST /api/v1/contacts"), "The request at the service is not in the trace.");
            Assert.True(platform.Traces.Has("activities", trace, "contacts.contact.created process"), "The consumer is not in the trace.");
        });

        await ReadTheStream(events, old, before);
    }

    // A whole second in which nothing happens, between what is old and what is new.
    private async Task<long> Later()
    {
        await TestCrm.Eventually(async () => Assert.Equal(0, await platform.Count("contacts", "select count(*) from outbox")));
        var told = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        await TestCrm.Eventually(() => Assert.True(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() > told + 1));
        return told + 1;
    }

    private async Task ReadTheStream(IReadOnlyList<JsonElement> events, Guid old, long before)
    {
        using var whole = Stranger.Start(platform, "stream", "first", Id(events[^1]));
        var stream = await Stranger.Heard(whole);
        Assert.Equal(events.Select(Id), stream.Where(e => events.Select(Id).Contains(Id(e))).Select(Id).Distinct());
        Assert.Equal(stream.Select(Offset).Order(), stream.Select(Offset));
        Assert.Contains(stream, IsOld);

        var second = stream.Last(e => Id(e) == Id(events[1]));
        using var fromOffset = Stranger.Start(platform, "stream", $"{Offset(second)}", "1");
        Assert.Equal(Id(second), Id((await Stranger.Heard(fromOffset))[0]));

        using var fromTime = Stranger.Start(platform, "stream", $"@{before}", Id(events[^1]));
        var since = await Stranger.Heard(fromTime);
        Assert.Empty(events.Select(Id).Except(since.Select(Id)));
        Assert.DoesNotContain(since, IsOld);

        bool IsOld(JsonElement heard) => heard.GetProperty("body").GetProperty("id").GetGuid() == old;
    }

    private static string Text(JsonElement element, string member) => element.GetProperty(member).ToString();

    private static string Id(JsonElement heard) => Text(heard.GetProperty("headers"), "id");

    private static int Offset(JsonElement heard) => heard.GetProperty("headers").GetProperty("x-stream-offset").GetInt32();
}
