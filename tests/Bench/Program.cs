using System.Text.Json;
using CrmPlatform.Bench;
using CrmPlatform.Bench.Access;
using CrmPlatform.Bench.Foundation;
using CrmPlatform.Bench.Graph;
using CrmPlatform.Bench.Integrations;
using CrmPlatform.Bench.Leads;
using CrmPlatform.Bench.Pipeline;
using CrmPlatform.Bench.Records;
using CrmPlatform.Bench.Web;
using CrmPlatform.Hosting;
using Npgsql;

if (args is [("bare" or "whole") and var what, var address, var database])
    return await BareApi.Run(address, database, whole: what == "whole");
if (args is [Ground.Plain, .. var verb])
    return await CrmHost.Run(verb, new PlainService());

var parts = new Dictionary<string, Func<Ground, IAsyncEnumerable<Figure>>>
{
    ["foundation/relay"] = FoundationArea.Relay,
    ["foundation/doors"] = FoundationArea.Doors,
    ["foundation/host"] = FoundationArea.AllInOne,
    ["records/doors"] = DoorsPart.Measure,
    ["records/jobs"] = JobsPart.Jobs,
    ["records/lists"] = ListsArea.Measure,
    ["access/teams"] = TeamsPart.Measure,
    ["graph/subscriptions"] = SubscriptionsPart.Measure,
    ["integrations/log"] = LogPart.Measure,
    ["integrations/webhooks"] = WebhooksPart.Measure,
    ["leads/create"] = LeadsPart.Measure,
    ["pipeline/deals"] = PipelineArea.Measure,
    ["graph/language"] = LanguagePart.Measure,
    ["graph/rest"] = GraphArea.BesideRest,
    ["graph/yoga"] = GraphArea.BesideYoga,
    ["web/app"] = WebArea.Measure,
};
var json = args.Contains("--json");
var chosen = args.Where(a => a != "--json").ToArray();
if (Array.Find(chosen, c => !parts.Keys.Any(p => IsIn(p, c))) is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no area or part '{unknown}'. There are: {string.Join(", ", parts.Keys)}.");
    return 2;
}

var figures = new List<Figure>();
try
{
    foreach (var (_, measure) in parts.Where(p => chosen.Length == 0 || Array.Exists(chosen, c => IsIn(p.Key, c))))
    {
        await using var ground = new Ground();
        await foreach (var figure in measure(ground))
        {
            figures.Add(figure);
            if (!json)
                Console.WriteLine(figure);
        }
    }
}
catch (Exception e) when (e is InvalidOperationException or TimeoutException or HttpRequestException or NpgsqlException)
{
    await Console.Error.WriteLineAsync(e.Message); // caught here, so that what was started is stopped
    return 1;
}
if (json)
    Console.WriteLine(JsonSerializer.Serialize(figures, JsonSerializerOptions.Web));
return figures.TrueForAll(f => f.Met) ? 0 : 1;

static bool IsIn(string part, string chosen) => part == chosen || part.StartsWith(chosen + "/", StringComparison.Ordinal);
