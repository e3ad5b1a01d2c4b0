using System.Diagnostics.Metrics;
using System.Reflection;
using CrmPlatform.Hosting.Telemetry;
using CrmPlatform.Journal.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CrmPlatform.Shared.Tests.Telemetry;

/// <summary>docs/metrics.md lists what the platform reports: names, types, labels and meaning as the code has them.</summary>
public sealed class MetricsDocumentTests
{
    [Fact]
    public void The_document_lists_every_metric_of_ours_with_its_type_labels_and_meaning()
    {
        using var container = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var process = new ProcessMetrics();
        var meters = container.GetRequiredService<IMeterFactory>();
        using var exporter = new PrometheusExporter("contacts", meters, process, seriesLimit: 3); // so low that the overflow shows
        EveryMeasurement.Take(
            new JournalMetrics(meters, "contacts", TimeProvider.System), new HttpMetrics(meters, "contacts"), new TellingMetrics(meters, "contacts"));

        var page = MetricsPage.Parse(exporter.Page());
        var expected = string.Join('\n', page.Types.Where(metric => metric.Key.StartsWith("crm_", StringComparison.Ordinal))
            .OrderBy(metric => metric.Key, StringComparer.Ordinal)
            .Select(metric => $"| `{metric.Key}` | {metric.Value} | {Labels(page, metric.Key)} | {page.Helps[metric.Key]} |"));
        var documented = string.Join('\n', File.ReadLines(Path.Combine(Root(), "docs", "metrics.md"))
            .Where(line => line.StartsWith("| `crm_", StringComparison.Ordinal)));

        Assert.True(expected == documented, "docs/metrics.md should say:\n" + expected);
    }

    [Fact]
    public void Every_instrument_was_measured_for_the_list()
    {
        using var container = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = container.GetRequiredService<IMeterFactory>();
        HashSet<string> published = [], measured = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, on) =>
        {
            if (!ReferenceEquals(instrument.Meter.Scope, meters)) return;
            published.Add(instrument.Name);
            on.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => measured.Add(instrument.Name));
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => measured.Add(instrument.Name));
        listener.Start();

        EveryMeasurement.Take(
            new JournalMetrics(meters, "contacts", TimeProvider.System), new HttpMetrics(meters, "contacts"), new TellingMetrics(meters, "contacts"));
        listener.RecordObservableInstruments();

        Assert.Equal(published.Order(), measured.Order());
    }

    private static string Labels(MetricsPage page, string metric)
    {
        var labels = page.Samples.Where(sample => sample.Name == metric || sample.Name == metric + "_bucket")
            .SelectMany(sample => sample.Labels.Keys)
            .Where(label => label is not ("service" or "le" or "overflow")).Distinct().Order(StringComparer.Ordinal);
        return string.Join(", ", labels.Select(label => $"`{label}`"));
    }

    private static string Root()
    {
        var folder = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location);
        while (folder is not null && !File.Exists(Path.Combine(folder, "CrmPlatform.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
