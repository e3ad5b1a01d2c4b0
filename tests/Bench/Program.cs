using System.Text.Json;
using CrmPlatform.Bench;
using CrmPlatform.Bench.Foundation;
using Npgsql;

if (args is ["bare", var address, var database])
    return await BareApi.Run(address, database);

var areas = new Dictionary<string, Func<Ground, IAsyncEnumerable<Figure>>> { ["foundation"] = FoundationArea.Run };
var json = args.Contains("--json");
var chosen = args.Where(a => a != "--json").ToArray();
if (chosen.Except(areas.Keys).FirstOrDefault() is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no area '{unknown}'. There are: {string.Join(", ", areas.Keys)}.");
    return 2;
}

var figures = new List<Figure>();
await using (var ground = new Ground())
    try
    {
        foreach (var area in chosen.Length == 0 ? [.. areas.Keys] : chosen)
            await foreach (var figure in areas[area](ground))
            {
                figures.Add(figure);
                if (!json)
                    Console.WriteLine(figure);
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
