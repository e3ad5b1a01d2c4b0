using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;

namespace CrmPlatform.Identity.LogIn;

/// <summary>A device is logged out, by whose it is or by who looks after people. What it was allowed ends with it, in every service.</summary>
public static class RevokeSignIn
{
    /// <summary>Logs a device out.</summary>
    public static async Task<SignIn> Handle(Guid id, Session session)
    {
        var signIn = await session.Find<SignIn>(id) ?? throw Refusal.NotFound("signIn", id);
        if ((await session.Standing()).Me != signIn.UserId)
            await session.Demand(Privilege.People);
        await LogIns.End(session, [id], "revoked");
        return (await session.Find<SignIn>(id))!;
    }
}
