using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Integrations.Catalogue;
using CrmPlatform.Integrations.Hearing;
using CrmPlatform.Integrations.Sending;
using CrmPlatform.Journal;

namespace CrmPlatform.Integrations.Feed;

/// <summary>Reads the feed for somebody: what they see of it, and how far they have come by it.</summary>
internal static class Reading
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>What a type and a dot are like where some patterns mean it, be it of a newer service: a regular expression; null for all.</summary>
    public static string? Types(string? patterns)
    {
        if (string.IsNullOrEmpty(patterns))
            return null;
        var all = patterns.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var pattern in all)
            if (!EventTypes.All.Any(type => EventTypes.Match(pattern, type)))
                throw Refusal.Invalid("types", $"'{pattern}' is no event, nor a pattern of some, like contacts.contact.created, contacts.*.* or #.");
        return all.Any(pattern => pattern is "*" or "#") ? null : $"^({string.Join('|', all.Select(Expression))})$";
    }

    // A word is letters alone where it matches a known type, so nothing in it means something else.
    private static string Expression(string pattern) =>
        string.Concat(pattern.Split('.').Select(word => word switch { "*" => "[^.]+\\.", "#" => "([^.]+\\.)*", _ => word + "\\." }));

    /// <summary>What comes next: some that they see, or none and the place behind all that was looked at.</summary>
    public static async Task<(List<(JsonElement Item, FeedCursor Behind)> Items, FeedCursor Next, bool IsEnd)> Step(
        Session session, FeedCursor after, string? types, int atMost)
    {
        var subscriber = new Subscriber(await session.Standing());
        // Read first: what is added later is not taken for read.
        var heads = (await session.Query<Head>("select service, last from feed where tenant = @tenant", new { })).ConvertAll(h => (h.Service, h.Last));
        var rows = await FeedRows.Next(session, after, null, null, types, atMost);
        var partly = rows.Where(h => subscriber.ReachOf(h.Record) is Reach.Own or Reach.Team).Select(h => (h.Record.Name, h.RecordId)).ToList();
        var states = partly.Count == 0 ? [] : await States.Now(session, partly);
        var (items, behind) = (new List<(JsonElement, FeedCursor)>(), after);
        foreach (var row in rows)
        {
            behind = behind.With(row);
            if (Sees(subscriber, row, states))
                items.Add((Told.Item(row, subscriber), behind));
        }
        var isEnd = rows.Count < atMost;
        return (items, isEnd ? behind.With(heads) : behind, isEnd);
    }

    /// <summary>Waits until there may be more, at most for a while.</summary>
    public static async Task Wait(Task heard, TimeSpan atMost, CancellationToken cancel) =>
        await Task.WhenAny(heard, Task.Delay(atMost < Look ? atMost : Look, cancel));

    private static bool Sees(Subscriber subscriber, Happening row, Dictionary<Guid, State> states) => subscriber.ReachOf(row.Record) switch
    {
        Reach.All => true,
        Reach.None => false,
        _ => states.TryGetValue(row.RecordId, out var state) && subscriber.Sees(row.Record, state),
    };

    private sealed record Head(string Service, long Last);
}
