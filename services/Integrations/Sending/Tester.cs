using CrmPlatform.Integrations.Webhooks;
using CrmPlatform.Journal;

namespace CrmPlatform.Integrations.Sending;

/// <summary>Sends somebody's webhook something while they wait.</summary>
public sealed class Tester
{
    private readonly Sender sender;
    private readonly WebhookSecrets secrets;

    internal Tester(Sender sender, WebhookSecrets secrets) => (this.sender, this.secrets) = (sender, secrets);

    internal async Task<Answered> Send(Session session, Webhook webhook, Guid id, byte[] body, CancellationToken cancel)
    {
        var signing = await secrets.Of(session, webhook.Id);
        if (signing.Count == 0 && webhook.Format == WebhookFormat.Standard)
            throw new Refusal(409, "no_secret", "The webhook has no secret yet: issue one first.");
        return await sender.Send(webhook, signing, $"{id}", body, cancel);
    }
}
