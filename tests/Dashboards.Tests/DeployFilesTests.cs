using System.Text.RegularExpressions;
using Xunit;

namespace CrmPlatform.Dashboards.Tests;

public sealed partial class DeployFilesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("check", "config", "deploy/prometheus/prometheus.yml")]
    [InlineData("check", "rules", "deploy/prometheus/alerts.yml")]
    [InlineData("test", "rules", "deploy/prometheus/alerts.test.yml")]
    public async Task Promtool_accepts_what_Prometheus_will_read(params string[] arguments)
    {
        var (exitCode, output) = await Repository.Run("promtool", arguments, Cancel);

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task Dashboards_and_targets_are_what_the_generator_writes()
    {
        var (exitCode, output) = await Repository.Run("node", ["deploy/grafana/generate.mjs", "--check"], Cancel);

        Assert.True(exitCode == 0, output + "Run: node deploy/grafana/generate.mjs");
    }

    [Fact]
    public void Each_service_has_a_dashboard_and_a_target()
    {
        var services = Directory.EnumerateDirectories(Repository.PathTo("services"))
            .Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any())
            .Select(folder => Path.GetFileName(folder).ToLowerInvariant()).Append("edge").ToList();
        var targets = File.ReadAllText(Repository.PathTo("deploy", "prometheus", "targets.yml"));

        Assert.All(services, service =>
        {
            var dashboard = Repository.PathTo("deploy", "grafana", "dashboards", $"service-{service}.json");
            Assert.True(File.Exists(dashboard), $"{service} has no dashboard.");
            Assert.Contains($"labels: {{service: {service}}}", targets, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Dashboards_and_alerts_ask_only_for_metrics_that_are_documented()
    {
        var document = string.Concat(Directory.GetFiles(Repository.PathTo("docs"), "*.md").Select(File.ReadAllText)); // a service's own are on its page
        var documented = Documented().Matches(document).Select(match => match.Value).ToHashSet();
        var expressions = Repository.Queries().Select(query => query.Expression)
            .Append(Comments().Replace(File.ReadAllText(Repository.PathTo("deploy", "prometheus", "alerts.yml")), ""));

        var unknown = expressions.SelectMany(Repository.Metrics).Distinct()
            .Where(metric => metric.StartsWith("crm_", StringComparison.Ordinal))
            .Where(metric => !documented.Contains(metric) && !documented.Contains(HistogramPart().Replace(metric, "")));

        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_panel_asks_the_datasource_that_is_provisioned()
    {
        var provisioned = File.ReadAllText(Repository.PathTo("deploy", "grafana", "provisioning", "datasources", "prometheus.yml"));

        Assert.NotEmpty(Repository.Queries());
        Assert.All(Repository.Queries(), query => Assert.Contains($"uid: {query.Datasource}\n", provisioned, StringComparison.Ordinal));
    }

    [Fact]
    public void The_collector_declares_every_part_of_its_pipelines()
    {
        var lines = File.ReadAllLines(Repository.PathTo("deploy", "otel", "collector.yaml"));
        var pipelines = Section("service").Select(line => Part().Match(line)).Where(match => match.Success).ToList();

        Assert.Equal(4, pipelines.Count);
        Assert.All(pipelines, match =>
        {
            var declared = Section(match.Groups["kind"].Value);
            foreach (var name in match.Groups["names"].Value.Split(", ")) Assert.Contains($"  {name}:", declared);
        });

        IEnumerable<string> Section(string name) =>
            lines.SkipWhile(line => line != name + ":").Skip(1).TakeWhile(line => line.Length == 0 || line[0] is ' ');
    }

    [Fact]
    public void Without_a_store_of_traces_the_collector_does_not_send_to_itself()
    {
        var compose = File.ReadAllText(Repository.PathTo("docker-compose.yml"));

        Assert.Matches(@"CRM_TRACE_STORE: \$\{CRM_TRACE_STORE:-localhost:(?!431[78])\d+\}", compose);
    }

    [GeneratedRegex("crm_[a-z_]+")]
    private static partial Regex Documented();

    [GeneratedRegex("(?m)^ *(#|summary:|description:|- alert:).*$")]
    private static partial Regex Comments();

    [GeneratedRegex("_(bucket|count|sum)$")]
    private static partial Regex HistogramPart();

    [GeneratedRegex(@"^ +(?<kind>receivers|processors|exporters|extensions): \[(?<names>.+)\]$")]
    private static partial Regex Part();
}
