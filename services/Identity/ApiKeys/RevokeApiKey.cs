using CrmPlatform.Contracts.Identity;
using CrmPlatform.Identity.Clients;
using CrmPlatform.Journal;

namespace CrmPlatform.Identity.ApiKeys;

/// <summary>An API key is let in no more: its secrets and every token made from them end, in every service.</summary>
public static class RevokeApiKey
{
    /// <summary>Revokes a key for good.</summary>
    public static async Task<ApiKey> Handle(Guid id, Session session)
    {
        var key = await session.Lock<ApiKey>(id);
        if (key.RevokedAt is not null)
            return key;
        await ProgramSecrets.Forget(session, id);
        return await session.Change(key, key with { RevokedAt = session.Now }, new ApiKeyRevoked());
    }
}
