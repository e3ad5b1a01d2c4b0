namespace CrmPlatform.Bench.Foundation;

/// <summary>What the spine costs: writing and reading against the bare minimum, telling, applying, starting.</summary>
internal static class FoundationArea
{
    private const string Area = "foundation";

    /// <summary>Telling.</summary>
    public static async IAsyncEnumerable<Figure> Relay(Ground ground)
    {
        await ground.Provision("Contacts");
        yield return await Backlog.Drain(Area, ground, "relay from a backlog", 10_000);
        await ground.Provision();
        yield return await Backlog.Drain(Area, ground, "relay from a backlog, two services subscribed", 5_000);
    }

    /// <summary>Writing the smallest noun, and reading.</summary>
    public static async IAsyncEnumerable<Figure> Doors(Ground ground)
    {
        await ground.Provision(Ground.Plain);
        await ground.Provision();
        var bare = ground.BareHost();
        await Ground.Answers($"{ground.Bare}/", TimeSpan.FromSeconds(20));
        Task<double> BareCreate(int seconds) => Wrk.Enter(ground.People, $"{ground.Bare}/contacts", seconds);
        Task<double> Create(int seconds) => Wrk.Enter(ground.People, ground.Smallest, seconds, ground.Token);

        var writing = ground.HostWithoutBroker(Ground.Plain);
        await Ground.Answers(ground.Ready(8), TimeSpan.FromSeconds(20));
        yield return await InTurn.Share(Area, "create: validated, journaled, in the outbox", BareCreate, Create, 0.6);
        await Ground.Stop(writing);
        var telling = ground.Host(Ground.Plain);
        await Ground.Answers(ground.Ready(8), TimeSpan.FromSeconds(20));
        await Backlog.Told(ground, TimeSpan.FromMinutes(2), Ground.Plain);
        yield return await InTurn.Share(Area, "create while everything is told, broker on the same machine", BareCreate, Create, 0.3);
        await Ground.Stop(telling);

        await foreach (var figure in Reading.Measure(Area, ground))
            yield return figure;
        await Ground.Stop(bare);
    }

    /// <summary>The whole platform in one process.</summary>
    public static async IAsyncEnumerable<Figure> AllInOne(Ground ground)
    {
        await ground.Provision();
        var all = ground.Host();
        var healthy = await Ground.Answers(ground.Ready(0), TimeSpan.FromSeconds(20));
        yield return Figure.Below(Area, "all-in-one healthy after process start", healthy.TotalSeconds, "s", 5);
        await Task.Delay(TimeSpan.FromSeconds(8));
        all.Refresh();
        yield return Figure.Below(Area, "all-in-one idle", all.WorkingSet64 / 1e6, "MB", 300);
        yield return await Latency.Measure(Area, ground);
        await Ground.Stop(all);
    }
}
