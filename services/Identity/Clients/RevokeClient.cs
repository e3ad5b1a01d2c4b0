using CrmPlatform.Contracts.Identity;
using CrmPlatform.Identity.OAuth;
using CrmPlatform.Journal;

namespace CrmPlatform.Identity.Clients;

/// <summary>A client is let in no more: its secrets, its connections and every token it has end, in every service.</summary>
public static class RevokeClient
{
    /// <summary>Revokes a client for good.</summary>
    public static async Task<Client> Handle(Guid id, Session session)
    {
        var client = await session.Lock<Client>(id);
        if (client.RevokedAt is not null)
            return client;
        await ProgramSecrets.Forget(session, id);
        foreach (var connection in await session.List<Connection>("client_id = @client and ended_at is null", new { client = client.ClientId }, locks: true))
            await connection.End(session, "clientRevoked");
        return await session.Change(client, client with { RevokedAt = session.Now }, new ClientRevoked());
    }
}
