using CrmPlatform.Integrations.Hearing;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Mvc;

namespace CrmPlatform.Integrations.Webhooks;

/// <summary>Everything that waits is sent, what was given up on before as well, each from the beginning of the schedule.</summary>
public static class ResumeWebhook
{
    /// <summary>Resumes a webhook that was paused or disabled.</summary>
    public static async Task<Webhook> Handle(Guid id, Session session, [FromServices] Signals signals)
    {
        var webhook = await session.Lock<Webhook>(id);
        var resumed = await session.Change(webhook, webhook.State == WebhookState.Active
            ? webhook : webhook with { State = WebhookState.Active, Reason = null, StateSince = session.Now });
        await session.Execute(
            "update due set due_at = @now, tries = 0 where tenant = @tenant and webhook = @id and due_at > @now", new { id, now = session.Now });
        session.Afterwards(() => signals.Due(session.Cause.Tenant, id));
        return resumed;
    }
}
