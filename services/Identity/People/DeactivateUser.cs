using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts.Identity;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Journal;

namespace CrmPlatform.Identity.People;

/// <summary>
/// Somebody leaves: they are logged out everywhere and cannot log in any more. What they own goes to somebody else, in every service, which hears of it
/// under this operation: undoing it gives all of it back.
/// </summary>
public static class DeactivateUser
{
    /// <summary>Who takes over what they own; without, it stays theirs.</summary>
    public sealed record Request(Guid? HandOverTo = null);

    /// <summary>Logs somebody out for good and hands over what they own.</summary>
    public static async Task<User> Handle(Guid id, Request request, Session session)
    {
        await session.Demand(Privilege.People);
        var user = await session.Lock<User>(id);
        if (user.Status == UserStatus.Deactivated)
            throw new Refusal(409, "is_deactivated", $"{user.Name} cannot log in any more already.");
        if (request.HandOverTo is { } heir && (heir == id || await session.Find<User>(heir) is not { Status: UserStatus.Active }))
            throw Refusal.Invalid("handOverTo", "Hand over to somebody else who works with the platform.");
        var after = await session.Change(
            user, user with { Status = UserStatus.Deactivated }, new UserDeactivated { HandOverTo = request.HandOverTo });
        await LogIns.EndAll(session, id, "deactivated");
        return after;
    }
}
