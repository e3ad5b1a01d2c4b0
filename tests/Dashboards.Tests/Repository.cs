using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CrmPlatform.Dashboards.Tests;

/// <summary>The files that ops install, as they stand in the repository.</summary>
internal static partial class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Every query of every panel of every dashboard.</summary>
    public static IEnumerable<Query> Queries() =>
        from path in Directory.EnumerateFiles(PathTo("deploy", "grafana", "dashboards"), "*.json").Order(StringComparer.Ordinal)
        let dashboard = JsonDocument.Parse(File.ReadAllText(path)).RootElement
        from panel in dashboard.GetProperty("panels").EnumerateArray()
        where panel.GetProperty("type").GetString() != "row"
        from target in panel.GetProperty("targets").EnumerateArray()
        select new Query(
            dashboard.GetProperty("title").GetString()!,
            panel.GetProperty("title").GetString()!,
            target.GetProperty("datasource").GetProperty("uid").GetString()!,
            target.GetProperty("expr").GetString()!);

    /// <summary>The names of the metrics in an expression: what is left without its labels and groupings.</summary>
    public static IEnumerable<string> Metrics(string expression) =>
        MetricName().Matches(Labels().Replace(expression, " ")).Select(match => match.Value).Distinct();

    public static async Task<(int ExitCode, string Output)> Run(string program, string[] arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, string.Concat(said));
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "CrmPlatform.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run outside the repository.");
    }

    [GeneratedRegex(@"\b(by|on|without|ignoring) *\([^)]*\)|\{[^}]*\}")]
    private static partial Regex Labels();

    [GeneratedRegex("(crm|http|kestrel|aspnetcore|db|dotnet|rabbitmq)_[a-z0-9_]+")]
    private static partial Regex MetricName();
}

/// <summary>A query and where it stands.</summary>
internal sealed record Query(string Dashboard, string Panel, string Datasource, string Expression);
