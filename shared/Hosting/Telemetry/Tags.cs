using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace CrmPlatform.Hosting.Telemetry;

using Tag = KeyValuePair<string, object?>;

/// <summary>Finds a series by the tags of a measurement as they come, in a span: a known series costs no allocation.</summary>
internal sealed class Tags : IEqualityComparer<Tag[]>, IAlternateEqualityComparer<ReadOnlySpan<Tag>, Tag[]>
{
    public static readonly Tags Comparer = new();

    /// <summary>The labels as the page shows them; the same text for the same tags in any order.</summary>
    public static string Labels(ReadOnlySpan<Tag> tags, IEnumerable<Tag>? ofInstrument, IEnumerable<Tag>? ofMeter)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in ofMeter ?? []) labels[PrometheusNames.Label(tag.Key)] = Text(tag.Value);
        foreach (var tag in ofInstrument ?? []) labels[PrometheusNames.Label(tag.Key)] = Text(tag.Value);
        foreach (var tag in tags) labels[PrometheusNames.Label(tag.Key)] = Text(tag.Value);

        // The page says the service of every line; what a meter says of it is the same.
        labels.Remove("service");

        var text = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            if (text.Length > 0) text.Append(',');
            text.Append(name).Append("=\"").Append(PrometheusNames.Escape(value)).Append('"');
        }

        return text.ToString();
    }

    // The names are nearly always the same for one instrument, so only the values are worth hashing.
    public int GetHashCode(ReadOnlySpan<Tag> tags)
    {
        var hash = tags.Length;
        foreach (var tag in tags) hash = (hash * 31) + (tag.Value?.GetHashCode() ?? 0);
        return hash;
    }

    public bool Equals(ReadOnlySpan<Tag> alternate, Tag[] other)
    {
        if (alternate.Length != other.Length) return false;
        for (var i = 0; i < other.Length; i++)
        {
            if (!string.Equals(alternate[i].Key, other[i].Key) || !Equals(alternate[i].Value, other[i].Value)) return false;
        }

        return true;
    }

    public Tag[] Create(ReadOnlySpan<Tag> alternate) => alternate.ToArray();

    public bool Equals(Tag[]? x, Tag[]? y) => ReferenceEquals(x, y) || (x is not null && y is not null && Equals(x.AsSpan(), y));

    public int GetHashCode([DisallowNull] Tag[] obj) => GetHashCode(obj.AsSpan());

    private static string Text(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
