using System.Diagnostics;

namespace CrmPlatform.Bench;

/// <summary>Programs in JavaScript beside the measurements, with what they stand on as their lock files say it.</summary>
internal static class NodePackage
{
    /// <summary>The folder of a package, once everything it stands on is there.</summary>
    public static async Task<string> Installed(params string[] path)
    {
        var folder = Path.Combine([AppContext.BaseDirectory, .. path]);
        if (Directory.Exists(Path.Combine(folder, "node_modules")))
            return folder;
        var ci = new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]) { WorkingDirectory = folder };
        using var install = Process.Start(ci)!;
        await install.WaitForExitAsync();
        return install.ExitCode == 0 ? folder : throw new InvalidOperationException($"What {path[^1]} stands on could not be installed.");
    }
}
