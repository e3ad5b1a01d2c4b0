using System.Diagnostics;

namespace CrmPlatform.Graph.Tests;

/// <summary>Programs of strangers, in Node: a folder with a package.json, installed once for all tests, as its lock file says.</summary>
internal sealed class Strangers
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Lazy<Task<string>> installed;

    private Strangers(string name) => installed = new(() => Install(name));

    /// <summary>The reference implementation, and the audit of GraphQL over HTTP.</summary>
    public static Strangers Reference { get; } = new("reference");

    /// <summary>Clients, compilers and generators.</summary>
    public static Strangers Clients { get; } = new("clients");

    /// <summary>Clients that listen.</summary>
    public static Strangers Listeners { get; } = new("listeners");

    /// <summary>Where they are.</summary>
    public Task<string> Folder => installed.Value;

    /// <summary>What one of them prints; throws with all of it where it fails.</summary>
    public async Task<string> Run(string script, params IEnumerable<string> arguments) => await Process(await Folder, "node", [script, .. arguments]);

    private static async Task<string> Install(string name)
    {
        var folder = Directory.CreateTempSubdirectory($"crm-{name}-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, name)))
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        await Process(folder.FullName, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        return folder.FullName;
    }

    private static async Task<string> Process(string folder, string program, params IEnumerable<string> arguments)
    {
        using var process = System.Diagnostics.Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(Patience);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        await process.WaitForExitAsync(patience.Token);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {arguments.First()} failed: {await error}{await output}");
        return await output;
    }
}
