using System.Globalization;
using CrmPlatform.Integrations.Sending;
using CrmPlatform.Journal;

namespace CrmPlatform.Integrations.Feed;

/// <summary>A place in the feed: of each service the number up to which all was read, <c>contacts:120,leads:7</c>; of others nothing was.</summary>
internal sealed record FeedCursor(IReadOnlyDictionary<string, long> Positions)
{
    private const int MostServices = 50;

    /// <summary>The beginning.</summary>
    public static FeedCursor Start { get; } = new(new Dictionary<string, long>());

    /// <summary>As callers send it.</summary>
    public static FeedCursor Read(string? text, string parameter)
    {
        if (string.IsNullOrEmpty(text))
            return Start;
        var positions = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var part in text.Split(','))
            if (part.Split(':') is [{ Length: > 0 and <= 30 } service, var number] && service.All(char.IsAsciiLetterLower)
                && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && positions.Count < MostServices)
                positions[service] = position;
            else
                throw Refusal.Invalid(parameter, "This is no place in the feed; one looks like contacts:120,leads:7.");
        return new FeedCursor(positions);
    }

    /// <summary>The place behind an event.</summary>
    public FeedCursor With(Happening happening) =>
        new(new Dictionary<string, long>(Positions) { [happening.Service] = Math.Max(happening.Position, Positions.GetValueOrDefault(happening.Service)) });

    /// <summary>The place behind both.</summary>
    public FeedCursor With(IEnumerable<(string Service, long Position)> seen)
    {
        var all = new Dictionary<string, long>(Positions);
        foreach (var (service, position) in seen)
            all[service] = Math.Max(position, all.GetValueOrDefault(service));
        return new FeedCursor(all);
    }

    public override string ToString() =>
        string.Join(',', Positions.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key}:{p.Value}")));
}
