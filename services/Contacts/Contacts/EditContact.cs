using CrmPlatform.Hosting.Doors;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Mvc;

namespace CrmPlatform.Contacts.Contacts;

/// <summary>Changes the fields sent and leaves the others as they are.</summary>
public static class EditContact
{
    /// <summary>Changes the fields sent; with If-Match only if nobody was faster.</summary>
    public static async Task<Contact> Handle(Guid id, Patch<Contact> patch, [FromHeader(Name = "If-Match")] string? ifMatch, Session session)
    {
        var contact = await session.Lock<Contact>(id);
        IfMatch.Check(ifMatch, contact);
        return await session.Edit(contact, patch);
    }
}
