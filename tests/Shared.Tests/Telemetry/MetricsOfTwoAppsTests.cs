using System.Diagnostics;
using System.Net;
using CrmPlatform.Hosting.Telemetry;
using CrmPlatform.Journal.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CrmPlatform.Shared.Tests.Telemetry;

public sealed class MetricsOfTwoAppsTests
{
    private const string Duration = "http_server_request_duration_seconds";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_app_shows_its_own_requests_and_not_the_other_ones()
    {
        await using var apps = await TwoApps.Start();
        using var contacts = TwoApps.ClientOf(apps.Contacts);
        using var activities = TwoApps.ClientOf(apps.Activities);
        for (var id = 1; id <= 3; id++) await contacts.GetStringAsync($"/api/v1/things/{id}", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, (await activities.GetAsync("/api/v1/things/0", Cancel)).StatusCode);

        var ofContacts = await Page(contacts, page => page.Samples.Any(sample => sample.Name == Duration + "_count"));
        var ofActivities = await Page(activities, page => page.Samples.Any(sample => sample.Name == Duration + "_count"));

        var requests = ofContacts.One(Duration + "_count");
        Assert.Equal(3, requests.Value);
        Assert.Equal("contacts", requests.Labels["service"]);
        Assert.Equal("/api/v1/things/{id}", requests.Labels["http_route"]);
        Assert.Equal("GET", requests.Labels["http_request_method"]);
        Assert.Equal("200", requests.Labels["http_response_status_code"]);
        Assert.Equal(3, ofContacts.Value(Duration + "_bucket", ("le", "+Inf")));
        Assert.Equal("404", ofActivities.One(Duration + "_count").Labels["http_response_status_code"]);
        Assert.All(ofActivities.Samples, sample => Assert.Equal("activities", sample.Labels["service"]));
    }

    [Fact]
    public async Task Scrapes_do_not_count_as_requests()
    {
        await using var apps = await TwoApps.Start();
        using var contacts = TwoApps.ClientOf(apps.Contacts);
        await Page(contacts, _ => true);
        await contacts.GetStringAsync("/api/v1/things/1", Cancel);

        var page = await Page(contacts, page => page.Samples.Any(sample => sample.Name == Duration + "_count"));

        Assert.DoesNotContain(page.Samples, sample => sample.Labels.GetValueOrDefault("http_route") == "/metrics");
    }

    [Fact]
    public async Task Both_show_the_process_they_run_in()
    {
        await using var apps = await TwoApps.Start();
        foreach (var app in new[] { apps.Contacts, apps.Activities })
        {
            using var client = TwoApps.ClientOf(app);
            var page = await Page(client, _ => true);
            Assert.True(page.Value("dotnet_process_cpu_time_seconds_total", ("cpu_mode", "user")) > 0);
            Assert.True(page.One("kestrel_active_connections").Value >= 1);
        }
    }

    [Fact]
    public async Task Promtool_finds_nothing_wrong_with_the_page()
    {
        await using var apps = await TwoApps.Start();
        using var contacts = TwoApps.ClientOf(apps.Contacts);
        await contacts.GetAsync("/broken", Cancel);
        var services = apps.Contacts.Services;
        EveryMeasurement.Take(
            services.GetRequiredService<JournalMetrics>(), services.GetRequiredService<HttpMetrics>(), services.GetRequiredService<TellingMetrics>());
        await Page(contacts, page => page.Samples.Any(sample => sample.Name == Duration + "_count"));

        var (exitCode, complaints) = await Promtool(await contacts.GetStringAsync("/metrics", Cancel));

        // Names that .NET and OpenTelemetry chose stay as dashboards elsewhere know them; ours have no excuse.
        Assert.DoesNotContain(complaints, line => line.StartsWith("crm_", StringComparison.Ordinal));
        Assert.All(complaints, line => Assert.Contains("should not have \"_count\" suffix", line, StringComparison.Ordinal));
        Assert.True(exitCode is 0 or 3, "promtool could not read the page");
    }

    private static async Task<(int ExitCode, string[] Complaints)> Promtool(string page)
    {
        var start = new ProcessStartInfo("promtool", ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var promtool = Process.Start(start)!;
        await promtool.StandardInput.WriteAsync(page);
        promtool.StandardInput.Close();
        var complaints = await promtool.StandardError.ReadToEndAsync(Cancel) + await promtool.StandardOutput.ReadToEndAsync(Cancel);
        await promtool.WaitForExitAsync(Cancel);
        return (promtool.ExitCode, complaints.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    // A request is measured after its answer is on the way, so the page may be a moment behind.
    private static async Task<MetricsPage> Page(HttpClient client, Func<MetricsPage, bool> complete)
    {
        for (var deadline = Stopwatch.StartNew(); ;)
        {
            using var answer = await client.GetAsync("/metrics", Cancel);
            Assert.Equal(PrometheusExporter.ContentType, answer.Content.Headers.ContentType!.ToString());
            var page = MetricsPage.Parse(await answer.Content.ReadAsStringAsync(Cancel));
            if (complete(page)) return page;
            Assert.True(deadline.Elapsed < TimeSpan.FromSeconds(10), "The page never showed the request.");
            await Task.Yield();
        }
    }
}
