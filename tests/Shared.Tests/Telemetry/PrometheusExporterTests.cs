using System.Diagnostics.Metrics;
using CrmPlatform.Hosting.Telemetry;
using CrmPlatform.Journal.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CrmPlatform.Shared.Tests.Telemetry;

public sealed class PrometheusExporterTests : IDisposable
{
    private readonly ServiceProvider container = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ProcessMetrics process = new();
    private readonly PrometheusExporter exporter;
    private readonly Meter meter;

    public PrometheusExporterTests()
    {
        var meters = container.GetRequiredService<IMeterFactory>();
        exporter = new PrometheusExporter("contacts", meters, process, seriesLimit: 5);
        meter = meters.Create(JournalMetrics.MeterName, version: null, tags: [new("service", "contacts")]);
    }

    [Fact]
    public void A_counter_ends_in_total_and_adds_up_per_set_of_labels()
    {
        var counter = meter.CreateCounter<long>("crm.test.told", "{entry}", "Entries told.");
        counter.Add(2, Tag("type", "a"));
        counter.Add(3, Tag("type", "a"));
        counter.Add(1, Tag("type", "b"));

        var page = Page();

        Assert.Equal("counter", page.Types["crm_test_told_total"]);
        Assert.Equal("Entries told.", page.Helps["crm_test_told_total"]);
        Assert.Equal(5, page.Value("crm_test_told_total", ("service", "contacts"), ("type", "a")));
        Assert.Equal(1, page.Value("crm_test_told_total", ("type", "b")));
    }

    [Fact]
    public void The_same_tags_in_another_order_are_the_same_series()
    {
        var counter = meter.CreateCounter<int>("crm.test.orders");
        counter.Add(1, Tag("x", 1), Tag("y", "2"));
        counter.Add(1, Tag("y", "2"), Tag("x", "1"));

        Assert.Equal(2, Page().Value("crm_test_orders_total"));
    }

    [Fact]
    public void An_up_down_counter_and_a_gauge_are_gauges()
    {
        var open = meter.CreateUpDownCounter<int>("crm.test.open");
        open.Add(3);
        open.Add(-1);
        var depth = meter.CreateGauge<double>("crm.test.size", "By");
        depth.Record(7);
        depth.Record(4.5);

        var page = Page();

        Assert.Equal("gauge", page.Types["crm_test_open"]);
        Assert.Equal(2, page.Value("crm_test_open"));
        Assert.Equal(4.5, page.Value("crm_test_size_bytes"));
    }

    [Fact]
    public void An_observable_is_asked_at_every_scrape_and_forgets_what_it_no_longer_reports()
    {
        List<Measurement<long>> now = [new(1, Tag("pool", "a")), new(2, Tag("pool", "b"))];
        meter.CreateObservableGauge("crm.test.pools", () => now);
        Assert.Equal(2, Page().Value("crm_test_pools", ("pool", "b")));

        now = [new(5, Tag("pool", "a"))];

        var page = Page();
        Assert.Equal(5, page.Value("crm_test_pools", ("pool", "a")));
        Assert.DoesNotContain(page.Samples, sample => sample.Labels.ContainsValue("b"));
    }

    [Fact]
    public void An_observable_that_throws_is_counted_and_spoils_no_other()
    {
        meter.CreateObservableGauge("crm.test.broken", int () => throw new InvalidOperationException("broken"));
        meter.CreateObservableGauge("crm.test.sound", () => 1);

        var page = Page();

        Assert.Equal(1, page.Value("crm_test_sound"));
        Assert.Equal(1, page.Value("crm_metrics_failed_total"));
    }

    [Fact]
    public void A_histogram_takes_the_advised_bounds_and_counts_what_is_at_or_below_each()
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] };
        var histogram = meter.CreateHistogram("crm.test.latency", "s", "Latency.", advice: advice);
        foreach (var value in new[] { 0.05, 0.1, 0.5, 3 }) histogram.Record(value, Tag("type", "a"));

        var page = Page();

        Assert.Equal("histogram", page.Types["crm_test_latency_seconds"]);
        Assert.Equal(2, page.Value("crm_test_latency_seconds_bucket", ("le", "0.1"), ("type", "a")));
        Assert.Equal(3, page.Value("crm_test_latency_seconds_bucket", ("le", "1")));
        Assert.Equal(4, page.Value("crm_test_latency_seconds_bucket", ("le", "+Inf")));
        Assert.Equal(4, page.Value("crm_test_latency_seconds_count"));
        Assert.Equal(3.65, page.Value("crm_test_latency_seconds_sum"), precision: 9);
    }

    [Fact]
    public void A_histogram_of_seconds_without_advice_has_bounds_that_suit_requests()
    {
        meter.CreateHistogram<double>("crm.test.plain", "s").Record(0.2);

        Assert.Equal(1, Page().Value("crm_test_plain_seconds_bucket", ("le", "0.25")));
    }

    [Fact]
    public void A_label_value_survives_quotes_backslashes_and_line_ends()
    {
        meter.CreateCounter<long>("crm.test.quotes", null, "Two\nlines \\ one").Add(1, Tag("a.b", "say \"hi\\\n\""));

        var page = Page();

        Assert.Equal("say \"hi\\\n\"", page.One("crm_test_quotes_total").Labels["a_b"]);
        Assert.Equal(@"Two\nlines \\ one", page.Helps["crm_test_quotes_total"]);
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
