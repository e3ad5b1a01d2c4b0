using CrmPlatform.Integrations.Catalogue;
using CrmPlatform.Integrations.Sending;
using CrmPlatform.Integrations.Webhooks;
using CrmPlatform.Journal;
using CrmPlatform.Query;

namespace CrmPlatform.Integrations.Hearing;

/// <summary>Which webhooks are told of which events.</summary>
internal sealed class Matching
{
    private readonly List<Asked> asked = [];

    /// <summary>Whether any is told of any.</summary>
    public bool IsAny => asked.Count > 0;

    /// <summary>Whether it matters what the records say.</summary>
    public bool AsksOfRecords => asked.Any(a => a.Webhook.Filter is not null || !a.Subscriber.SeesEverything);

    /// <summary>The webhooks that any of some types of events may be for.</summary>
    public static async Task<Matching> Of(Session session, IReadOnlyList<Webhook> webhooks, IReadOnlySet<string> types)
    {
        var matching = new Matching();
        OwnFields? own = null;
        foreach (var webhook in webhooks)
        {
            var wanted = types.Where(type => webhook.Events.Any(pattern => EventTypes.Match(pattern, type))).ToHashSet(StringComparer.Ordinal);
            if (wanted.Count == 0)
                continue;
            var subscriber = await Subscriber.Of(session, webhook);
            var conditions = new Dictionary<string, Func<object, bool>>();
            if (webhook.Filter is { } filter)
                foreach (var record in wanted.Select(EventTypes.RecordOf).Distinct())
                    conditions[record] = Condition(filter, KnownRecords.Of(record), own ??= await OwnFields.Of(session), subscriber, session);
            matching.asked.Add(new(webhook, subscriber, wanted, conditions));
        }
        return matching;
    }

    /// <summary>The webhooks that are told of an event, after which the record was like this.</summary>
    public IEnumerable<Guid> Told(Happening happened, State? after) =>
        from a in asked
        where a.Types.Contains(happened.Type) && Matches(a, happened, after)
        select a.Webhook.Id;

    private static bool Matches(Asked asked, Happening happened, State? after)
    {
        var (webhook, record, subscriber) = (asked.Webhook, happened.Record, asked.Subscriber);
        if (webhook.SkipOwn && webhook.OwnerId is { } owner && happened.Who.Id == $"{owner}")
            return false;
        if (after is not null && !subscriber.Sees(record, after))
            return false;
        if (happened.Type.EndsWith(".updated", StringComparison.Ordinal))
        {
            var known = happened.Changes.Keys.Where(field => subscriber.MayKnow(record, field)).ToList();
            if (known.Count == 0 && happened.Changes.Count > 0) // nothing that they know of has changed
                return false;
            if (webhook.ChangedFields.Length > 0 && !known.Any(webhook.ChangedFields.Contains))
                return false;
        }
        return after is null || !asked.Conditions.TryGetValue(record.Name, out var holds) || holds(after);
    }

    // What is hidden from them is as if there were nothing in it: they could tell from what comes and what does not.
    private static Func<object, bool> Condition(string filter, KnownRecord record, OwnFields own, Subscriber subscriber, Session session)
    {
        try
        {
            var holds = Filter.Parse(filter, Asking.Of(record, own.Of(record), _ => true)).ToPredicate(
                new Context(session.Now, TimeZoneInfo.Utc) { Me = subscriber.Me });
            return subscriber.SeesEverything ? holds : row => holds(((State)row) with
            {
                Fields = ((State)row).Fields.Where(f => subscriber.Shows(record, f.Key)).ToDictionary(),
            });
        }
        catch (QueryException)
        {
            return _ => true; // a field it asks about is gone, or not known yet: better told too much of what they see than nothing
        }
    }

    private sealed record Asked(Webhook Webhook, Subscriber Subscriber, IReadOnlySet<string> Types, IReadOnlyDictionary<string, Func<object, bool>> Conditions);
}
