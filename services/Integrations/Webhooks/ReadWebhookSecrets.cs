using CrmPlatform.Journal;

namespace CrmPlatform.Integrations.Webhooks;

/// <summary>Which secrets a webhook has, and until when.</summary>
public static class ReadWebhookSecrets
{
    /// <summary>The secrets of a webhook, without what they say.</summary>
    public static async Task<IReadOnlyList<SecretView>> Handle(Guid id, Session session) =>
        await session.Find<Webhook>(id) is not null ? await WebhookSecrets.Views(session, id) : throw Refusal.NotFound("webhook", id);
}
