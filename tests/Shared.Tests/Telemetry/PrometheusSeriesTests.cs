using System.Diagnostics.Metrics;
using CrmPlatform.Hosting.Telemetry;
using CrmPlatform.Journal.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CrmPlatform.Shared.Tests.Telemetry;

public sealed class PrometheusSeriesTests : IDisposable
{
    private readonly ServiceProvider container = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ProcessMetrics process = new();
    private readonly PrometheusExporter exporter;
    private readonly Meter meter;

    public PrometheusSeriesTests()
    {
        var meters = container.GetRequiredService<IMeterFactory>();
        exporter = new PrometheusExporter("contacts", meters, process, seriesLimit: 5);
        meter = meters.Create(JournalMetrics.MeterName, version: null, tags: [new("service", "contacts")]);
    }

    [Fact]
    public void Beyond_the_limit_of_series_the_total_stays_right_and_the_overflow_is_counted()
    {
        var counter = meter.CreateCounter<long>("crm.test.wide");
        for (var id = 0; id < 50; id++) counter.Add(1, Tag("id", id));

        var page = Page();

        var series = page.Samples.Where(sample => sample.Name == "crm_test_wide_total").ToList();
        Assert.Equal(6, series.Count);
        Assert.Equal(50, series.Sum(sample => sample.Value));
        Assert.Equal(45, page.Value("crm_test_wide_total", ("overflow", "true")));
        Assert.Equal(45, page.Value("crm_metrics_overflow_total", ("metric", "crm_test_wide_total")));
    }

    [Fact]
    public void A_meter_of_another_app_of_the_process_is_not_shown()
    {
        using var other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var stranger = other.GetRequiredService<IMeterFactory>().Create(JournalMetrics.MeterName);
        stranger.CreateCounter<long>("crm.test.strange").Add(1);

        Assert.DoesNotContain("crm_test_strange", exporter.Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_runtime_is_shown()
    {
        GC.Collect();

        var page = Page();
        Assert.True(page.Value("dotnet_process_memory_working_set_bytes") > 1_000_000);
        Assert.Equal("gauge", page.Types["dotnet_thread_pool_thread_count"]);
    }

    [Fact]
    public void Only_pools_named_after_the_service_are_on_its_page()
    {
        using var npgsql = new Meter("Npgsql");
        npgsql.CreateObservableGauge("test.pools", () => new Measurement<int>[]
        {
            new(1, Tag("db.client.connection.pool.name", "crm_contacts_ops")),
            new(2, Tag("db.client.connection.pool.name", "crm_contactsabc")),
            new(3, Tag("db.client.connection.pool.name", "crm_activities")),
        });

        Assert.Equal(1, Assert.Single(Page().Samples, sample => sample.Name == "test_pools").Value);
    }

    [Fact]
    public void A_known_series_costs_no_allocation()
    {
        var counter = meter.CreateCounter<long>("crm.test.hot");
        var histogram = meter.CreateHistogram<double>("crm.test.hot.latency", "s");
        object status = 200;
        for (var i = 0; i < 1_000; i++) Measure();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) Measure();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Measure()
        {
            counter.Add(1, new("type", "a"), new("outcome", "applied"), Tag("status", status));
            histogram.Record(0.01, new("type", "a"), Tag("status", status));
        }
    }

    [Fact]
    public void Many_threads_lose_no_measurement()
    {
        var counter = meter.CreateCounter<long>("crm.test.many");
        var histogram = meter.CreateHistogram<double>("crm.test.many.latency", "s");
        Parallel.For(0, 8, thread =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                counter.Add(1, Tag("type", "a"));
                histogram.Record(0.5, Tag("type", "a"));
            }
        });

        var page = Page();

        Assert.Equal(80_000, page.Value("crm_test_many_total"));
        Assert.Equal(80_000, page.Value("crm_test_many_latency_seconds_count"));
        Assert.Equal(40_000, page.Value("crm_test_many_latency_seconds_sum"));
    }

    public void Dispose()
    {
        exporter.Dispose();
        process.Dispose();
        container.Dispose();
    }

    private MetricsPage Page() => MetricsPage.Parse(exporter.Page());

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);
}
