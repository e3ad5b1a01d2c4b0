using CrmPlatform.Journal;

namespace CrmPlatform.Integrations.Webhooks;

/// <summary>Nothing is sent until somebody resumes it; what happens meanwhile waits.</summary>
public static class PauseWebhook
{
    /// <summary>Pauses a webhook.</summary>
    public static async Task<Webhook> Handle(Guid id, Session session)
    {
        var webhook = await session.Lock<Webhook>(id);
        return await session.Change(webhook, webhook.State == WebhookState.Paused
            ? webhook : webhook with { State = WebhookState.Paused, Reason = null, StateSince = session.Now });
    }
}
