using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace CrmPlatform.Bench.Graph;

/// <summary>
/// A thousand subscriptions on one process, by sockets of people who look at the same lists: how long after a change each of them is told, and what they take
/// of memory; the same of ten thousand (S5); then people who each see their own records, so that nobody is told what another is.
/// </summary>
internal static class SubscriptionsPart
{
    private const string Area = "graph";
    private const int Sockets = 50;
    private const int OfEach = 20;
    private const int PerSecond = 10;
    private const int Seconds = 10;
    private const int WarmUpSeconds = 10;
    private const int ManySockets = 100;
    private const int OfEachOfMany = 100;
    private const int Alone = 100;
    private const int PerSecondAlone = 5;

    private const string List = "subscription { contactChanged { kind id version at fields record { lastName email account { name } } } }";

    public static async IAsyncEnumerable<Figure> Measure(Ground ground)
    {
        await ground.Provision();
        var all = ground.Host();
        await Ground.Answers(ground.Ready(0), TimeSpan.FromSeconds(60));
        await Write(ground, PerSecond, WarmUpSeconds);
        var before = Memory(all);

        var arrived = new Arrivals();
        var sockets = await Open(ground, arrived, Sockets, OfEach, n => ground.TokenOf($"listener {n}", ["administrator"], []));
        await arrived.Until(Sockets * OfEach, "\"live\"");
        await Console.Error.WriteLineAsync($"memory of all services in one process: {before:0} MB, with {Sockets * OfEach} subscriptions {Memory(all):0} MB");
        await Write(ground, PerSecond, WarmUpSeconds);
        var events = await Measured(ground, arrived, PerSecond, Sockets * OfEach);
        yield return Figure.Below(
            Area, $"{Sockets * OfEach} subscriptions all told of {PerSecond} changes a second, change to client, p99", events, "ms", 250);
        yield return Figure.Below(Area, $"all services in one process, with {Sockets * OfEach} subscriptions after that", Memory(all), "MB", 600);
        foreach (var socket in sockets)
            socket.Abort();

        var many = new Arrivals();
        sockets = await Open(ground, many, ManySockets, OfEachOfMany, n => ground.TokenOf($"one of many {n}", ["administrator"], []));
        await many.Until(ManySockets * OfEachOfMany, "\"live\"");
        await Write(ground, 1, WarmUpSeconds);
        yield return Figure.Below(
            Area, $"S5: {ManySockets * OfEachOfMany} subscriptions all told of a change a second, change to client, p99",
            await Measured(ground, many, 1, ManySockets * OfEachOfMany), "ms", 1000);
        foreach (var socket in sockets)
            socket.Abort();

        var owned = new Arrivals();
        sockets = await Open(ground, owned, Alone, 1, n => ground.TokenOf($"seller {n}", ["sales"], []));
        await owned.Until(Alone, "\"live\"");
        await Write(ground, PerSecondAlone, WarmUpSeconds);
        var seen = await Open(ground, owned, 1, 1, _ => ground.Token);
        await owned.Until(Alone + 1, "\"live\"");
        yield return Figure.Below(
            Area, $"{Alone} people who see their own and one who sees all, {PerSecondAlone} changes a second, change to client, p99",
            await Measured(ground, owned, PerSecondAlone, 1), "ms", 250);
        foreach (var socket in sockets.Concat(seen))
            socket.Abort();
        await Ground.Stop(all);
    }

    private static async Task<double> Measured(Ground ground, Arrivals arrived, int perSecond, int listeners)
    {
        arrived.Clear();
        await Write(ground, perSecond, Seconds);
        await arrived.Until(perSecond * Seconds * listeners, "\"created\"");
        var took = arrived.Took();
        await Console.Error.WriteLineAsync($"{took.Count} told: p50 {took[took.Count / 2]:0.0} ms, max {took[^1]:0.0} ms");
        return took[took.Count * 99 / 100];
    }

    private static async Task Write(Ground ground, int perSecond, int seconds)
    {
        var first = ground.People.Take(perSecond * seconds);
        using var http = new HttpClient { BaseAddress = new Uri($"{ground.Contacts}/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ground.Token);
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        for (var i = 0; i < perSecond * seconds; i++)
        {
            using var body = new StringContent(People.One(first + i), new MediaTypeHeaderValue("application/json"));
            using var answer = await http.PostAsync(new Uri("contacts", UriKind.Relative), body);
            answer.EnsureSuccessStatusCode();
            await pace.WaitForNextTickAsync();
        }
    }

    private static async Task<List<ClientWebSocket>> Open(Ground ground, Arrivals arrived, int sockets, int ofEach, Func<int, string> token)
    {
        var open = new List<ClientWebSocket>();
        for (var n = 0; n < sockets; n++)
        {
            var socket = new ClientWebSocket();
            socket.Options.AddSubProtocol("graphql-transport-ws");
            await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{ground.Port + 31}/api/v1/graphql"), CancellationToken.None);
            open.Add(socket);
            _ = Read(socket, arrived);
            await Say(socket, new { type = "connection_init", payload = new { Authorization = $"Bearer {token(n)}" } });
            await arrived.Until(open.Count, "connection_ack");
            for (var i = 0; i < ofEach; i++)
                await Say(socket, new { id = $"{i}", type = "subscribe", payload = new { query = List } });
        }
        return open;
    }

    private static Task Say(ClientWebSocket socket, object message) =>
        socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, CancellationToken.None);

    private static async Task Read(ClientWebSocket socket, Arrivals arrived)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None)) is { MessageType: WebSocketMessageType.Text } part)
                arrived.Add(buffer.AsSpan(0, part.Count));
        }
        catch (WebSocketException)
        {
            return; // enough was heard
        }
    }

    private static double Memory(Process process)
    {
        process.Refresh();
        return process.WorkingSet64 / 1e6;
    }

    /// <summary>What came, and how long after it had happened.</summary>
    private sealed class Arrivals
    {
        private readonly ConcurrentDictionary<string, int> counts = new();
        private readonly ConcurrentQueue<double> took = new();

        public void Add(ReadOnlySpan<byte> message)
        {
            var now = TimeProvider.System.GetUtcNow();
            if (message.IndexOf("\"at\":\""u8) is >= 0 and var at)
            {
                var text = message[(at + 6)..];
                took.Enqueue((now - DateTimeOffset.Parse(Encoding.UTF8.GetString(text[..text.IndexOf((byte)'"')]))).TotalMilliseconds);
            }
            foreach (var what in (string[])["\"live\"", "\"created\"", "connection_ack"])
                if (message.IndexOf(Encoding.UTF8.GetBytes(what)) >= 0)
                    counts.AddOrUpdate(what, 1, (_, n) => n + 1);
        }

        public void Clear()
        {
            counts.Clear();
            took.Clear();
        }

        public List<double> Took() => [.. took.Order()];

        public async Task Until(int count, string what)
        {
            for (var watch = Stopwatch.StartNew(); counts.GetValueOrDefault(what) < count; await Task.Delay(10))
                if (watch.Elapsed > TimeSpan.FromSeconds(30))
                    throw new TimeoutException($"{counts.GetValueOrDefault(what)} of {count} came that say {what}.");
        }
    }
}
