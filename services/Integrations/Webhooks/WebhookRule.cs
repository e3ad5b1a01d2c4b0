using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts;
using CrmPlatform.Integrations.Catalogue;
using CrmPlatform.Integrations.Hearing;
using CrmPlatform.Integrations.Sending;
using CrmPlatform.Journal;
using CrmPlatform.Query;

namespace CrmPlatform.Integrations.Webhooks;

/// <summary>What holds of webhooks at every door.</summary>
internal static class WebhookRule
{
    // What says who and what is delivered is the platform's to say; what says how a request travels is the connection's.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "host", "content-length", "content-type", "transfer-encoding", "connection", "keep-alive", "upgrade", "te", "trailer", "expect", "user-agent",
        "webhook-id", "webhook-timestamp", "webhook-signature", "proxy-authorization", "proxy-connection",
    };

    /// <summary>The rule.</summary>
    /// <param name="session">Who writes.</param>
    /// <param name="before">The webhook as it was, if there was one.</param>
    /// <param name="after">The webhook as it is to be.</param>
    /// <param name="closed">Why nothing can be sent to an address, if that is known beforehand.</param>
    public static async ValueTask<Webhook> Rule(Session session, Webhook? before, Webhook after, Func<string, string?> closed)
    {
        if (before is { Id: var id } && id == default)
            return after; // values are looked at before it is known of which webhooks
        after = await OwnedBy(session, before, after);
        if (before is null)
            after = after with { State = WebhookState.Active, StateSince = session.Now };
        else if (before.Url != after.Url)
            after = after with { VerifiedAt = null };
        if (before?.Url != after.Url && (Guard.Wrong(after.Url) ?? closed(after.Url)) is { } wrong)
            throw Refusal.Invalid("url", wrong);
        foreach (var header in after.Headers)
            if (Reserved.Contains(header.Name))
                throw Refusal.Invalid("headers", $"{header.Name} is set by the platform.");
        if (after.Events.Length == 0)
            throw Refusal.Invalid("events", "Say which events; # means all.");
        var records = Told(after).ToList();
        if (before is null || !before.Events.SequenceEqual(after.Events))
            foreach (var pattern in after.Events)
                if (!EventTypes.All.Any(type => EventTypes.Match(pattern, type)))
                    throw Refusal.Invalid("events", $"'{pattern}' is no event, nor a pattern of some, like contacts.contact.created, contacts.*.* or #.");
        if (before is null || before.Filter != after.Filter || !before.Events.SequenceEqual(after.Events))
            after = after with { Filter = await Understood(session, after, records) };
        if (before is null || before.Message != after.Message || before.Format != after.Format || !before.Events.SequenceEqual(after.Events))
            await CheckMessage(session, after, records);
        return after;
    }

    // What is told is what its owner sees, so who does not decide on programs can only be told themselves.
    private static async ValueTask<Webhook> OwnedBy(Session session, Webhook? before, Webhook after)
    {
        var standing = await session.Standing();
        var me = standing.Me;
        if (before is not null && before.OwnerId == after.OwnerId && (standing.Rights.Has(Privilege.DataModel) || after.OwnerId == me))
            return after;
        if (before is null && after.OwnerId is null)
            after = after with { OwnerId = me };
        if (after.OwnerId is null ? !standing.Rights.IsEverything : after.OwnerId != me)
            await session.Demand(Privilege.DataModel);
        if (before?.OwnerId is { } was && was != me)
            await session.Demand(Privilege.DataModel);
        if (after.OwnerId is null && !standing.Rights.IsEverything)
            after = after with { OwnerId = me };
        return before is null || before.OwnerId != after.OwnerId
            ? after.OwnerId == me && me is not null
                ? after with
                {
                    ActsWith = session.Cause.Roles is { } roles ? [.. roles] : [Subscriber.AllRoles],
                    ActsIn = [.. session.Cause.Teams.Select(team => $"{team}")],
                }
                : after with { ActsWith = [], ActsIn = [] }
            : after;
    }

    private static IEnumerable<KnownRecord> Told(Webhook webhook) =>
        EventTypes.All.Where(type => webhook.Events.Any(pattern => EventTypes.Match(pattern, type)))
            .Select(type => KnownRecords.Find(EventTypes.RecordOf(type))).OfType<KnownRecord>().Distinct();

    // Each word in braces means something of one of the records at least, and nothing that who is told does not see.
    private static async ValueTask CheckMessage(Session session, Webhook webhook, IReadOnlyList<KnownRecord> records)
    {
        if (webhook.Message is not { } text)
            return;
        if (webhook.Format == WebhookFormat.Standard)
            throw Refusal.Invalid("message", "Programs are told in their own form: a message goes with the formats slack and teams.");
        var (subscriber, own) = (await Subscriber.Of(session, webhook), await OwnFields.Of(session));
        var facts = EventTypes.All.Where(type => webhook.Events.Any(pattern => EventTypes.Match(pattern, type))).SelectMany(EventTypes.FactsOf).ToHashSet();
        foreach (var name in Message.Parse(text).Names)
            if (!Message.Words.Contains(name) && !facts.Contains(name) && !records.Any(record => IsField(record, Message.FieldOf(name))))
                throw Refusal.Invalid(
                    "message", $"'{{{name}}}' is no field of what is told, nor one of {string.Join(", ", Message.Words.Select(w => $"{{{w}}}"))}.");

        bool IsField(KnownRecord record, string field) => subscriber.Shows(record, field) && (record.Fields.ContainsKey(field)
            || own.Of(record).Any(mine => $"custom.{mine.Name}" == field));
    }

    private static async ValueTask<string?> Understood(Session session, Webhook webhook, IReadOnlyList<KnownRecord> records)
    {
        if (string.IsNullOrWhiteSpace(webhook.Filter))
            return null;
        var (subscriber, own) = (await Subscriber.Of(session, webhook), await OwnFields.Of(session));
        foreach (var record in records)
            try
            {
                Filter.Parse(webhook.Filter, Asking.Of(record, own.Of(record), field => subscriber.Shows(record, field)));
            }
            catch (QueryException e)
            {
                throw Refusal.Invalid("filter", $"Of a {record.Bare}: {e.Message}");
            }
        return Expression.Format(webhook.Filter);
    }
}
