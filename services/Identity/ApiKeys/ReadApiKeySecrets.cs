using CrmPlatform.Identity.Clients;
using CrmPlatform.Journal;

namespace CrmPlatform.Identity.ApiKeys;

/// <summary>Which secrets an API key has, and when each was used last.</summary>
public static class ReadApiKeySecrets
{
    /// <summary>The secrets of a key, without what they say.</summary>
    public static async Task<IReadOnlyList<SecretView>> Handle(Guid id, Session session) =>
        await session.Find<ApiKey>(id) is not null ? await ProgramSecrets.Of(session, id) : throw Refusal.NotFound("apiKey", id);
}
