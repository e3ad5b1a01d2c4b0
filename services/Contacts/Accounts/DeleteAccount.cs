using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrmPlatform.Contacts.Accounts;

/// <summary>Puts a company into the trash. Its contacts stay and keep the link, so that restoring brings everything back.</summary>
public static class DeleteAccount
{
    /// <summary>Puts a company into the trash.</summary>
    public static async Task<NoContent> Handle(Guid id, Session session)
    {
        await session.Delete(await session.Lock<Account>(id));
        return TypedResults.NoContent();
    }
}
