using CrmPlatform.Contracts.Identity;
using CrmPlatform.Identity.Mail;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Identity.People;

/// <summary>Somebody was entered, through whichever door: a mail invites them.</summary>
public sealed class OnUserCreated(Links links, Letters letters) : IConsumer<UserCreated>
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<UserCreated> context)
    {
        var session = context.Session();
        if (await session.Find<User>(context.Message.Id) is { Status: UserStatus.Invited } user)
            await InviteUser.Post(session, user, links, letters);
    }
}
