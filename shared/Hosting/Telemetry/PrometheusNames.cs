using System.Globalization;
using System.Text;

namespace CrmPlatform.Hosting.Telemetry;

/// <summary>From .NET's names to those of Prometheus: <c>crm.journal.told</c> becomes <c>crm_journal_told_total</c>.</summary>
internal static class PrometheusNames
{
    /// <summary>The name of a metric: letters, digits and underscores, then the unit, then <c>_total</c> if it only counts up.</summary>
    public static string Metric(string name, string? unit, MetricKind kind)
    {
        var metric = Clean(name);
        if (Unit(unit, kind) is { } suffix && !metric.EndsWith(suffix, StringComparison.Ordinal)) metric += suffix;
        if (kind == MetricKind.Counter && !metric.EndsWith("_total", StringComparison.Ordinal)) metric += "_total";
        return metric;
    }

    public static string Label(string name) => Clean(name);

    /// <summary>A label's value between its quotes.</summary>
    public static string Escape(string value) =>
        value.AsSpan().IndexOfAny('\\', '"', '\n') < 0
            ? value
            : value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>A help text, which knows no quotes.</summary>
    public static string EscapeHelp(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string? Unit(string? unit, MetricKind kind) => unit switch
    {
        "s" => "_seconds",
        "ms" => "_milliseconds",
        "By" => "_bytes",
        "%" => "_percent",
        "1" when kind == MetricKind.Gauge => "_ratio",
        _ => null, // "{entry}" and its like only annotate
    };

    private static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterOrDigit(letter)) clean.Append(letter);
            else if (clean.Length > 0 && clean[^1] != '_') clean.Append('_');
        }

        if (clean.Length == 0 || char.IsAsciiDigit(clean[0])) clean.Insert(0, '_');
        return clean.ToString();
    }
}

/// <summary>What Prometheus knows of the instruments that exist.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}
