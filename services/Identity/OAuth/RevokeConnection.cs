using CrmPlatform.Journal;

namespace CrmPlatform.Identity.OAuth;

/// <summary>Somebody lets a client act for them no more.</summary>
public static class RevokeConnection
{
    /// <summary>Ends a connection; every token that came of it is refused, in every service.</summary>
    public static async Task<Connection> Handle(Guid id, Session session)
    {
        var connection = await session.Lock<Connection>(id);
        await connection.End(session, "revoked");
        return await session.Find<Connection>(id) ?? connection;
    }
}
