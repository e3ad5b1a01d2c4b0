using CrmPlatform.Access.Roles;
using CrmPlatform.Integrations.Webhooks;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrmPlatform.Integrations.Hooks;

/// <summary>A tool wants to be told no more: its webhook goes to the trash.</summary>
public static class UnsubscribeHook
{
    /// <summary>Ends a hook.</summary>
    public static async Task<NoContent> Handle(Guid id, Session session)
    {
        await session.Delete(await session.Lock<Webhook>(id, deed: Deed.Delete));
        return TypedResults.NoContent();
    }
}
