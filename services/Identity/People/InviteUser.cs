using CrmPlatform.Access.Roles;
using CrmPlatform.Identity.Companies;
using CrmPlatform.Identity.Mail;
using CrmPlatform.Journal;

namespace CrmPlatform.Identity.People;

/// <summary>Who was invited and has not come, or was deactivated and shall come back, gets a new invitation; older ones open nothing any more.</summary>
public static class InviteUser
{
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    /// <summary>Sends the invitation again.</summary>
    public static async Task<User> Handle(Guid id, Session session, Links links, Letters letters)
    {
        await session.Demand(Privilege.People);
        var user = await session.Lock<User>(id);
        if (user.Status == UserStatus.Active)
            throw new Refusal(409, "is_active", $"{user.Name} works with the platform already.");
        user = await session.Change(user, user with { Status = UserStatus.Invited });
        await Post(session, user, links, letters);
        return user;
    }

    internal static async Task Post(Session session, User user, Links links, Letters letters)
    {
        var company = (await session.Find<Company>(session.Cause.Tenant))?.Name ?? "Your company";
        var address = await links.Make(session, Links.Invitation, "/welcome", user.Email, user.Id, new { }, Lasts);
        await letters.Post(session, new Letter("invitation", user.Email, $"{company} invites you", $"Hello {user.Name},",
            $"{company} works with CrmPlatform, and would like you to be there. Open this address to choose your password and begin:")
        {
            Action = ("Accept the invitation", address),
            Below = ["The address works once, for a week. If you do not know the company, do nothing."],
        });
    }
}
