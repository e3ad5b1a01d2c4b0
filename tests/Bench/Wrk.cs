using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CrmPlatform.Bench;

/// <summary>A load from a process of its own, so that measuring costs the measured as little as possible.</summary>
internal static partial class Wrk
{
    private const int Connections = 16;
    private const long MostBodies = 10_000_000;

    /// <summary>Answers per second over some seconds to the same question; any answer but 2xx ends the measurement.</summary>
    public static Task<double> Get(string url, int seconds, string? token = null) => Run(url, seconds, token, "");

    /// <summary>The same of a body that is sent again and again.</summary>
    public static Task<double> Post(string url, string body, int seconds, string? token = null) =>
        Run(url, seconds, token, $"wrk.method = \"POST\"\nwrk.body = [==[{body}]==]");

    /// <summary>The same of entering people.</summary>
    public static Task<double> Enter(People people, string url, int seconds, string? token = null) =>
        Run(url, seconds, token, $"wrk.method = \"POST\"\n{People.Script(people.Take(MostBodies))}");

    private static async Task<double> Run(string url, int seconds, string? token, string what)
    {
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script,
                $"""
                wrk.headers["Content-Type"] = "application/json"
                {(token is null ? "" : $"wrk.headers[\"Authorization\"] = \"Bearer {token}\"")}
                {what}
                """);
            using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t1", $"-c{Connections}", $"-d{seconds}s", "-s", script, url])
            {
                RedirectStandardOutput = true,
            })!;
            var text = await wrk.StandardOutput.ReadToEndAsync();
            await wrk.WaitForExitAsync();
            if (wrk.ExitCode != 0 || text.Contains("Non-2xx", StringComparison.Ordinal) || !PerSecond().IsMatch(text))
                throw new InvalidOperationException($"{url} did not answer every request well:\n{text}");
            return double.Parse(PerSecond().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(script);
        }
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();
}
