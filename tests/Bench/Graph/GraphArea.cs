using System.Diagnostics;

namespace CrmPlatform.Bench.Graph;

/// <summary>What the graph costs beside REST, and beside a gateway in JavaScript that was written for the same questions over the same services.</summary>
internal static class GraphArea
{
    private const string Area = "graph";
    private const int Seconds = 6;
    private const int WarmUpSeconds = 10;
    private const int UntilCompiledSeconds = 20;
    private const int Rounds = 2;

    /// <summary>One contact, and twenty deals with companies and their people, through the edge: by the graph, and by REST the first of these alone.</summary>
    public static async IAsyncEnumerable<Figure> BesideRest(Ground ground)
    {
        await ground.Provision();
        var all = ground.Host();
        var asked = await Asked.Enter(ground);
        var (token, graph) = (ground.Token, $"http://127.0.0.1:{ground.Port}/graphql");
        foreach (var body in (string[])[asked.TwentyDeals, asked.OneContact])
            await Wrk.Post(graph, body, UntilCompiledSeconds, token); // it is far more code than a REST door's, and compiled for good later
        yield return await InTurn.Share(
            Area, "one contact, of the same by REST", s => Wrk.Get($"{ground.Edge}/contacts/{asked.Contact}", s, token),
            s => Wrk.Post(graph, asked.OneContact, s, token), 0.5);
        yield return await InTurn.Share(
            Area, "20 deals with companies and people, of the deals alone by REST", s => Wrk.Get($"{ground.Edge}/deals?limit=20", s, token),
            s => Wrk.Post(graph, asked.TwentyDeals, s, token), 0.35);
        await Ground.Stop(all);
    }

    /// <summary>CPU of a gateway's process alone, for each request: ours and graphql-yoga, each in a process of its own before the same services.</summary>
    public static async IAsyncEnumerable<Figure> BesideYoga(Ground ground)
    {
        await ground.Provision();
        var all = ground.Host();
        var asked = await Asked.Enter(ground);
        var (ours, theirs) = ($"http://127.0.0.1:{ground.Port + 8}/api/v1/graphql", $"http://127.0.0.1:{ground.Port + 9}/graphql");
        var graph = ground.Host(
            "Graph", ("CRM_LISTEN", $"http://127.0.0.1:{ground.Port + 8}"),
            ("CRM_UPSTREAMS", $"contacts=http://127.0.0.1:{ground.Port + 1},pipeline=http://127.0.0.1:{ground.Port + 6}"));
        var yoga = await Yoga.Start(ground);
        await Ground.Answers($"http://127.0.0.1:{ground.Port + 8}/health/ready", TimeSpan.FromSeconds(20));
        await asked.SameAnswers(ours, theirs, ground.Token);
        foreach (var (what, body) in new[] { ("one contact", asked.OneContact), ("20 deals with companies and people", asked.TwentyDeals) })
        {
            async Task<double> Cpu(Process process, string url, int seconds)
            {
                var (before, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
                var rate = await Wrk.Post(url, body, seconds, ground.Token);
                process.Refresh();
                return (process.TotalProcessorTime - before).TotalMicroseconds / (rate * watch.Elapsed.TotalSeconds);
            }

            await Cpu(yoga, theirs, WarmUpSeconds);
            await Cpu(graph, ours, WarmUpSeconds);
            var (we, they) = (0.0, 0.0);
            for (var round = 0; round < Rounds; round++)
            {
                they += await Cpu(yoga, theirs, Seconds) / Rounds;
                we += await Cpu(graph, ours, Seconds) / Rounds;
            }
            yield return Figure.AtMost(Area, $"CPU per request, {what}, of what graphql-yoga takes", we, "µs", they, 0.5);
        }
        await Ground.Stop(yoga);
        await Ground.Stop(graph);
        await Ground.Stop(all);
    }
}
