using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmPlatform.Graph.Tests.Language;

/// <summary>The reference implementation, in a process of Node's.</summary>
internal static class Reference
{
    private static readonly Lazy<Task<DirectoryInfo>> Installed = new(() => Install("reference"));

    /// <summary>What it makes of documents; null where its own rules fail.</summary>
    public static async Task<List<Told?>> Answer(IReadOnlyList<Asked> documents)
    {
        var told = await Run(new { sdl = Kennel.Sdl, data = Kennel.Data, documents });
        return [.. told["documents"]!.AsArray().Select(Read)];
    }

    /// <summary>The schema it makes of how another describes itself, as text.</summary>
    public static async Task<string> Printed(JsonNode introspection) =>
        (await Run(new { sdl = Kennel.Sdl, data = Kennel.Data, documents = Array.Empty<Asked>(), introspection }))["printed"]!.GetValue<string>();

    /// <summary>What the audit of GraphQL over HTTP says of a graph; fails where it finds something.</summary>
    public static async Task<string> Audit(string address, string token) =>
        await Process((await Installed.Value).FullName, "node", "audit.mjs", address, token);

    private static Told? Read(JsonNode? one)
    {
        if (one!["odd"] is not null)
            return null;
        IReadOnlyList<string> failed =
        [
            .. (one["failed"] as JsonArray ?? []).Select(f => $"{string.Join('/', (f!["path"] as JsonArray ?? []).Select(p => p!.ToString()))} {f["places"]}"),
        ];
        return new(one["read"]!.GetValue<bool>(), [.. one["errors"]!.AsArray().Select(e => e!.GetValue<string>())], one["data"], failed);
    }

    private static async Task<JsonNode> Run(object asked)
    {
        var folder = (await Installed.Value).FullName;
        var (question, answer) = (Path.Combine(folder, $"{Guid.CreateVersion7()}.asked"), Path.Combine(folder, $"{Guid.CreateVersion7()}.told"));
        await File.WriteAllTextAsync(question, JsonSerializer.Serialize(asked, JsonSerializerOptions.Web));
        await Process(folder, "node", "reference.mjs", question, answer);
        return JsonNode.Parse(await File.ReadAllTextAsync(answer))!;
    }

    /// <summary>Puts programs of Node's into a folder of their own, with what they need.</summary>
    public static async Task<DirectoryInfo> Install(string programs)
    {
        var folder = Directory.CreateTempSubdirectory("crm-graph-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, programs)))
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        await Process(folder.FullName, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        return folder;
    }

    private static async Task<string> Process(string folder, string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        await process.WaitForExitAsync(patience.Token);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {arguments[0]} failed: {await error}{await output}");
        return await output;
    }
}
