using System.Globalization;
using System.Text.RegularExpressions;

namespace CrmPlatform.Shared.Tests.Telemetry;

/// <summary>A page of metrics, read as strictly as the text format is written down; what breaks a rule throws.</summary>
internal sealed partial class MetricsPage
{
    private MetricsPage()
    {
    }

    public Dictionary<string, string> Types { get; } = [];

    public Dictionary<string, string> Helps { get; } = [];

    public List<Sample> Samples { get; } = [];

    public static MetricsPage Parse(string text)
    {
        if (!text.EndsWith('\n')) throw new FormatException("The last line has no end.");
        var page = new MetricsPage();
        var family = "";
        foreach (var line in text.Split('\n')[..^1])
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal)) page.Helps.Add(line.Split(' ')[2], line.Split(' ', 4)[3]);
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal)) page.Types.Add(family = line.Split(' ')[2], line.Split(' ')[3]);
            else page.Samples.Add(Sample(line, family, page.Types[family]));
        }

        if (page.Samples.GroupBy(sample => sample.Key).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new FormatException("Twice on the page: " + twice.Key);
        return page;
    }

    public double Value(string name, params (string Name, string Value)[] labels) => One(name, labels).Value;

    public Sample One(string name, params (string Name, string Value)[] labels) => Samples.Single(sample =>
        sample.Name == name && labels.All(label => sample.Labels.TryGetValue(label.Name, out var value) && value == label.Value));

    private static Sample Sample(string line, string family, string type)
    {
        var match = SampleLine().Match(line);
        if (!match.Success) throw new FormatException("Not a sample: " + line);

        var name = match.Groups["name"].Value;
        string[] allowed = type == "histogram" ? [$"{family}_bucket", $"{family}_sum", $"{family}_count"] : [family];
        if (!allowed.Contains(name)) throw new FormatException($"{name} stands below the head of {family}.");

        var labels = new Dictionary<string, string>();
        for (var i = 0; i < match.Groups["label"].Captures.Count; i++)
            labels.Add(match.Groups["label"].Captures[i].Value, Unescape(match.Groups["text"].Captures[i].Value));
        return new Sample(name, labels, Number(match.Groups["number"].Value));
    }

    private static string Unescape(string text) => Escaped().Replace(text, match => match.Value switch
    {
        "\\n" => "\n",
        "\\\\" => "\\",
        "\\\"" => "\"",
        _ => throw new FormatException("Unknown escape " + match.Value),
    });

    private static double Number(string number) => number switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(number, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(
        """
        ^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)
        (\{((?<label>[a-zA-Z_][a-zA-Z0-9_]*)="(?<text>([^"\\]|\\.)*)",?)*\})?
        [ ](?<number>\S+)$
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex SampleLine();

    [GeneratedRegex(@"\\.")]
    private static partial Regex Escaped();
}

/// <summary>One line of a page.</summary>
internal sealed record Sample(string Name, Dictionary<string, string> Labels, double Value)
{
    public string Key => Name + string.Concat(Labels.Select(label => $"|{label.Key}={label.Value}").Order(StringComparer.Ordinal));
}
