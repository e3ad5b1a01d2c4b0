using CrmPlatform.Integrations.Sending;
using CrmPlatform.Journal;

namespace CrmPlatform.Integrations.Hearing;

/// <summary>What webhooks are to be told still, in the table <c>due</c>.</summary>
internal static class Due
{
    /// <summary>Notes for webhooks what they are to be told, unless that is noted already; what nobody tries any more is tried again.</summary>
    public static ValueTask Note(Session session, IReadOnlyCollection<(Guid Webhook, Happening What)> due, DateTimeOffset at) => session.Execute(
        """
        insert into due as d (tenant, webhook, event, service, position, type, record, record_id, version, at, due_at)
        select @tenant, e.webhook, e.event, e.service, e.position, e.type, e.record, e.record_id, e.version, e.at, @due
        from unnest(@webhooks, @events, @services, @positions, @types, @records, @recordIds, @versions, @ats)
            e(webhook, event, service, position, type, record, record_id, version, at)
        on conflict (tenant, webhook, event) do update set due_at = excluded.due_at, tries = 0
        """,
        new
        {
            due = at,
            webhooks = due.Select(d => d.Webhook).ToArray(),
            events = due.Select(d => d.What.Id).ToArray(),
            services = due.Select(d => d.What.Service).ToArray(),
            positions = due.Select(d => d.What.Position).ToArray(),
            types = due.Select(d => d.What.Type).ToArray(),
            records = due.Select(d => d.What.Record.Name).ToArray(),
            recordIds = due.Select(d => d.What.RecordId).ToArray(),
            versions = due.Select(d => d.What.Version).ToArray(),
            ats = due.Select(d => d.What.At.ToUniversalTime()).ToArray(),
        });
}
