using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrmPlatform.Contacts.Contacts;

/// <summary>Puts a person into the trash.</summary>
public static class DeleteContact
{
    /// <summary>Puts a person into the trash.</summary>
    public static async Task<NoContent> Handle(Guid id, Session session)
    {
        await session.Delete(await session.Lock<Contact>(id));
        return TypedResults.NoContent();
    }
}
