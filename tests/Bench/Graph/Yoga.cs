using System.Diagnostics;

namespace CrmPlatform.Bench.Graph;

/// <summary>The gateway we are compared with, as its package.json pins it.</summary>
internal static class Yoga
{
    /// <summary>Starts it before the services of the ground.</summary>
    public static async Task<Process> Start(Ground ground)
    {
        var folder = await NodePackage.Installed("Graph", "yoga");
        string[] services = [$"http://127.0.0.1:{ground.Port + 1}", $"http://127.0.0.1:{ground.Port + 6}"];
        var process = ground.Start(new ProcessStartInfo("node", [Path.Combine(folder, "server.mjs"), $"{ground.Port + 9}", .. services]));
        await Ground.Answers($"http://127.0.0.1:{ground.Port + 9}/health", TimeSpan.FromSeconds(20));
        return process;
    }
}
