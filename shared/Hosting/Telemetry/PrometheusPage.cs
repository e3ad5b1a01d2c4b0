using System.Text;

namespace CrmPlatform.Hosting.Telemetry;

/// <summary>Writes one page of metrics. A name appears once, with all its series below it.</summary>
internal sealed class PrometheusPage(string service)
{
    private readonly string label = $"service=\"{PrometheusNames.Escape(service)}\"";
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly List<(string Name, long Measurements)> overflows = [];
    private readonly StringBuilder text = new(32 * 1024);

    public void Add(Metric metric)
    {
        if (metric.Overflow is > 0 and var measurements) overflows.Add((metric.Name, measurements));

        var shown = metric.Series.Where(IsOurs).OrderBy(series => series.Labels, StringComparer.Ordinal).ToList();
        if (shown.Count == 0 || !names.Add(metric.Name)) return;

        Head(metric.Name, metric.Help, metric.Kind);
        foreach (var series in shown)
        {
            if (metric.Kind == MetricKind.Histogram) Histogram(metric, series);
            else Line(metric.Name, series.Labels, series.Value);
        }
    }

    public string Text(long failures)
    {
        Head("crm_metrics_failed_total", "Observable instruments that threw when they were asked.", MetricKind.Counter);
        Line("crm_metrics_failed_total", "", failures);
        Head("crm_metrics_overflow_total", "Measurements of labels beyond the limit of series, by metric.", MetricKind.Counter);
        foreach (var (name, measurements) in overflows) Line("crm_metrics_overflow_total", $"metric=\"{name}\"", measurements);
        return text.ToString();
    }

    // A pool is named after the service it belongs to, with or without more words around it (crm_contacts, contacts relay).
    private bool IsOurs(Series series)
    {
        if (series.Pool is not { } pool) return true;
        for (var from = 0; pool.IndexOf(service, from, StringComparison.Ordinal) is >= 0 and var at; from = at + 1)
        {
            if (IsEdge(pool, at - 1) && IsEdge(pool, at + service.Length)) return true;
        }

        return false;
    }

    private static bool IsEdge(string pool, int at) => at < 0 || at >= pool.Length || !char.IsLetterOrDigit(pool[at]);

    private void Histogram(Metric metric, Series series)
    {
        var bounds = metric.Bounds;
        Span<long> atOrBelow = stackalloc long[bounds.Length];
        var total = series.Cumulate(atOrBelow);
        for (var i = 0; i < bounds.Length; i++) Bucket(PrometheusNames.Number(bounds[i]), atOrBelow[i]);
        Bucket("+Inf", total);
        Line(metric.Name + "_sum", series.Labels, series.Value);
        Line(metric.Name + "_count", series.Labels, total);

        void Bucket(string bound, long count) =>
            Line(metric.Name + "_bucket", series.Labels.Length == 0 ? $"le=\"{bound}\"" : $"{series.Labels},le=\"{bound}\"", count);
    }

    private void Head(string name, string help, MetricKind kind)
    {
        text.Append("# HELP ").Append(name).Append(' ').Append(PrometheusNames.EscapeHelp(help)).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(kind switch
        {
            MetricKind.Counter => "counter",
            MetricKind.Histogram => "histogram",
            _ => "gauge",
        }).Append('\n');
    }

    private void Line(string name, string labels, double value)
    {
        text.Append(name).Append('{').Append(label);
        if (labels.Length > 0) text.Append(',').Append(labels);
        text.Append("} ").Append(PrometheusNames.Number(value)).Append('\n');
    }
}
