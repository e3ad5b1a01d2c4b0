using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Dashboards.Tests;

/// <summary>What the dashboards ask, asked: a real Prometheus scrapes the running platform while somebody works with it.</summary>
public sealed class EveryPanelTests : IAsyncLifetime
{
    private TestCrm crm = null!;
    private PrometheusServer prometheus = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        crm = await Platform.Ready();
        var apps = crm.Home.Apps.ToDictionary(app => app.Name, app => crm.Service(app.Name).Address);
        prometheus = await PrometheusServer.Start(apps, crm.Home.Servers.RabbitMqMetrics, Cancel);
    }

    [Fact]
    public async Task Every_query_of_every_panel_finds_something_and_no_alert_fires()
    {
        var queries = Repository.Queries().Where(CanBeAnswered).ToList();
        Assert.NotEmpty(queries);

        var unanswered = queries;
        await Wait.Until(async _ =>
        {
            await Traffic.Make(crm);
            unanswered = [.. (await Task.WhenAll(unanswered.Select(Unanswered))).OfType<Query>()];
            return unanswered.Count == 0;
        }, () => "No panel may stay empty:\n" + string.Join('\n', unanswered), Cancel, seconds: 60);

        // "or vector(0)" answers for a metric that does not exist, too.
        var seen = await prometheus.Metrics(Cancel);
        Assert.Empty(queries.SelectMany(query => Repository.Metrics(query.Expression)).Distinct().Except(seen));

        // A sample may have met entries on their way: such an alert is pending for a moment and never fires.
        var alerts = await prometheus.Alerts(Cancel);
        await Wait.Until(
            async _ => (alerts = await prometheus.Alerts(Cancel)).All(rule => rule is (_, "ok", "inactive")),
            () => string.Join('\n', alerts.Where(rule => rule is not (_, "ok", "inactive"))), Cancel, seconds: 30);
    }

    public async ValueTask DisposeAsync() => await prometheus.DisposeAsync();

    private bool CanBeAnswered(Query query) =>
        crm.Home.Servers.RabbitMqMetrics is not null || !query.Expression.Contains("rabbitmq_", StringComparison.Ordinal);

    // No division of nothing by nothing either: one series must have a number.
    private async Task<Query?> Unanswered(Query query)
    {
        var values = await prometheus.Query(query.Expression.Replace("$__rate_interval", "10s", StringComparison.Ordinal), Cancel);
        return values.Any(value => !double.IsNaN(value)) ? null : query;
    }
}
