using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace CrmPlatform.Dashboards.Tests;

/// <summary>A real Prometheus with the repository's configuration and alert rules, on the addresses of this run and in a hurry.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly Process process;
    private readonly DirectoryInfo folder;
    private readonly HttpClient client;

    private PrometheusServer(Process process, DirectoryInfo folder, Uri address)
    {
        (this.process, this.folder) = (process, folder);
        client = new HttpClient { BaseAddress = address };
    }

    public static async Task<PrometheusServer> Start(IReadOnlyDictionary<string, Uri> apps, Uri? broker, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("crm-prometheus-");
        var configuration = await File.ReadAllTextAsync(Repository.PathTo("deploy", "prometheus", "prometheus.yml"), cancel);
        await Write("prometheus.yml", configuration
            .Replace("15s", "1s", StringComparison.Ordinal)
            .Replace("rabbitmq:15692", broker?.Authority ?? "127.0.0.1:9", StringComparison.Ordinal));
        await Write("targets.yml", string.Concat(apps.Select(app =>
            $"- targets: [\"{app.Value.Authority}\"]\n  labels: {{service: {app.Key}}}\n")));
        File.Copy(Repository.PathTo("deploy", "prometheus", "alerts.yml"), Path.Combine(folder.FullName, "alerts.yml"));

        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("prometheus",
        [
            "--config.file=prometheus.yml", "--storage.tsdb.path=data", $"--web.listen-address={address.Authority}", "--log.level=error",
        ])
        {
            WorkingDirectory = folder.FullName,
        };
        var server = new PrometheusServer(Process.Start(start)!, folder, address);
        await Wait.Until(server.IsReady, () => "Prometheus did not start.", cancel);
        return server;

        Task Write(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text, cancel);
    }

    /// <summary>The values a query yields, one per series; throws with Prometheus' own words when it does not like the query.</summary>
    public async Task<double[]> Query(string expression, CancellationToken cancel)
    {
        using var form = new FormUrlEncodedContent([new("query", expression)]);
        using var answer = await client.PostAsync("/api/v1/query", form, cancel);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
        if (json.GetProperty("status").GetString() != "success")
            throw new FormatException($"{json.GetProperty("error").GetString()}: {expression}");
        var series = json.GetProperty("data").GetProperty("result").EnumerateArray();
        return [.. series.Select(one => Number(one.GetProperty("value")[1].GetString()!))];
    }

    /// <summary>The names of all metrics it has seen.</summary>
    public async Task<HashSet<string>> Metrics(CancellationToken cancel)
    {
        var json = await client.GetFromJsonAsync<JsonElement>("/api/v1/label/__name__/values", cancel);
        return [.. json.GetProperty("data").EnumerateArray().Select(name => name.GetString()!)];
    }

    /// <summary>The alert rules with what came of their last evaluation: <c>ok</c>, or what is wrong; and whether they fire.</summary>
    public async Task<(string Alert, string Health, string State)[]> Alerts(CancellationToken cancel)
    {
        var json = await client.GetFromJsonAsync<JsonElement>("/api/v1/rules", cancel);
        return
        [
            .. from rules in json.GetProperty("data").GetProperty("groups").EnumerateArray()
               from rule in rules.GetProperty("rules").EnumerateArray()
               select (Text(rule, "name"), Text(rule, "health"), Text(rule, "state")),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<bool> IsReady(CancellationToken cancel)
    {
        try
        {
            using var answer = await client.GetAsync("/-/ready", cancel);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return process.HasExited ? throw new InvalidOperationException("Prometheus gave up; it says why above.") : false;
        }
    }

    private static string Text(JsonElement rule, string member) => rule.GetProperty(member).GetString()!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static double Number(string text) => text switch
    {
        "NaN" => double.NaN,
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text),
    };
}
