using System.Diagnostics;
using System.Text.Json;

namespace CrmPlatform.SystemTests.Platform;

/// <summary>A program of another team in another language, which hears events by what the catalogue promises.</summary>
internal static class Stranger
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../stranger"));

    /// <summary>Installs what it needs, unless that is there.</summary>
    public static async Task Install()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules")))
            return;
        using var process = Node("npm", "ci", "--no-audit", "--no-fund");
        process.Start();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await output + await errors);
    }

    /// <summary>Starts it: what it says is explained in its own text.</summary>
    public static Process Start(RealPlatform platform, string mode, string from, string until)
    {
        var process = Node("node", "listen.mjs", mode, platform.RabbitMq.Address, from, until);
        process.Start();
        return process;
    }

    /// <summary>All it has heard, once it has heard enough.</summary>
    public static async Task<List<JsonElement>> Heard(Process listener)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var lines = await listener.StandardOutput.ReadToEndAsync(patience.Token);
        await listener.WaitForExitAsync(patience.Token);
        Assert.True(listener.ExitCode == 0, await listener.StandardError.ReadToEndAsync(patience.Token));
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    private static Process Node(string program, params string[] arguments) => new()
    {
        StartInfo = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true },
    };
}
