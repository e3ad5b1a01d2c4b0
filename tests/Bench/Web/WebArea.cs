using System.Diagnostics;
using System.Text.Json;
using CrmPlatform.Bench.Records;
using Npgsql;

namespace CrmPlatform.Bench.Web;

/// <summary>What somebody waits for in the web app, in a real browser, beside a million contacts.</summary>
internal static class WebArea
{
    private const string Area = "web";
    private const string Password = "the demo people of the bench";

    private static readonly TimeSpan UntilReady = TimeSpan.FromSeconds(60);

    public static async IAsyncEnumerable<Figure> Measure(Ground ground)
    {
        var address = $"http://localhost:{ground.Port}";
        ground.Say("CRM_ISSUER", address);
        ground.Say("CRM_KEYS", $"http://127.0.0.1:{ground.Port + 4}/.well-known/jwks.json");
        ground.Say("CRM_DEMO_PASSWORD", Password);
        ground.Say("CRM_MAIL", ground.Folder("mail"));
        ground.Say("CRM_WEB", Needed("CRM_BENCH_WEB"));
        await ground.Provision();
        var all = ground.Host();
        await Ground.Answers(ground.Ready(0), UntilReady);
        await ground.Verb("AllInOne", "seed");
        await using (var database = ground.Database("contacts"))
            await Filling.Fill(database, await Demo(database));

        var lighthouse = await NodePackage.Installed("Web", "lighthouse");
        foreach (var script in (string[])[Path.Combine(Needed("CRM_BENCH_WEB_TOOLS"), "measure.mjs"), Path.Combine(lighthouse, "audit.mjs")])
            foreach (var (name, value, unit, goal, atLeast) in await Told(ground, script, address))
                yield return atLeast ? Figure.AtLeast(Area, name, value, unit, goal) : Figure.Below(Area, name, value, unit, goal);
        await Ground.Stop(all);
    }

    private static async Task<Measured[]> Told(Ground ground, string script, string address)
    {
        var file = Path.Combine(ground.Folder("told"), "figures.json");
        var browser = ground.Start(new ProcessStartInfo("node", [script, address, file]) { Environment = { ["CRM_DEMO_PASSWORD"] = Password } });
        await browser.WaitForExitAsync();
        return browser.ExitCode == 0 ? JsonSerializer.Deserialize<Measured[]>(await File.ReadAllTextAsync(file), JsonSerializerOptions.Web)!
            : throw new InvalidOperationException($"{Path.GetFileName(script)} could not measure the web app.");
    }

    // The tenant of the demo company: the only one there is.
    private static async Task<Guid> Demo(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select tenant from account limit 1");
        return (Guid)(await command.ExecuteScalarAsync())!;
    }

    private static string Needed(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set; ./crm bench sets it.");

    private sealed record Measured(string Name, double Value, string Unit, double Goal, bool AtLeast);
}
