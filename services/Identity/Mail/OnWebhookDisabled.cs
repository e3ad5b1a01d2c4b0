using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts.Integrations;
using CrmPlatform.Hosting;
using CrmPlatform.Identity.People;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Identity.Mail;

/// <summary>An address takes nothing any more: its owner hears of it by mail, or the administrators where it is no person's who is still here.</summary>
public sealed class OnWebhookDisabled(Letters letters, Settings settings) : IConsumer<WebhookDisabled>
{
    private const int MostTold = 20;

    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<WebhookDisabled> context)
    {
        var (session, disabled) = (context.Session(), context.Message);
        var told = await session.List<User>("id = @owner and deleted_at is null and status = 'active'", new { owner = disabled.OwnerId ?? Guid.Empty });
        if (told.Count == 0)
            told = await session.List<User>(
                $"deleted_at is null and status = 'active' and roles @> array[@role] order by id limit {MostTold}",
                new { role = ReadyMade.Administrator.Name });
        var name = disabled.Name is { Length: > 0 } known ? $"“{known}”" : "A webhook";
        var why = disabled.Because == "gone"
            ? "Its address has answered that it wants nothing any more (410), so nothing is sent to it."
            : $"Its address has taken nothing for days{(disabled.Status is { } status ? $"; it answered {status} last" : "")}. "
                + "So nothing is sent to it for the time being.";
        foreach (var user in told)
            await letters.Post(session, new Letter("webhookDisabled", user.Email, $"{name} is disabled", $"Hello {user.Name},", why,
                "What happens meanwhile is kept. When the address is mended, resume the webhook: all that waits is sent then, nothing is lost.")
            {
                Below = [$"The webhook: {settings.Issuer}/api/v1/webhooks/{disabled.Id}"],
            });
    }
}
