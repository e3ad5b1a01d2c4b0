using CrmPlatform.Journal;

namespace CrmPlatform.Identity.Clients;

/// <summary>Which secrets a client has, and when each was used last.</summary>
public static class ReadClientSecrets
{
    /// <summary>The secrets of a client, without what they say.</summary>
    public static async Task<IReadOnlyList<SecretView>> Handle(Guid id, Session session) =>
        await session.Find<Client>(id) is not null ? await ProgramSecrets.Of(session, id) : throw Refusal.NotFound("client", id);
}
