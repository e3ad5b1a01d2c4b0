using CrmPlatform.Hosting.Doors;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Mvc;

namespace CrmPlatform.Contacts.Accounts;

/// <summary>Changes the fields sent and leaves the others as they are.</summary>
public static class EditAccount
{
    /// <summary>Changes the fields sent; with If-Match only if nobody was faster.</summary>
    public static async Task<Account> Handle(Guid id, Patch<Account> patch, [FromHeader(Name = "If-Match")] string? ifMatch, Session session)
    {
        var account = await session.Lock<Account>(id);
        IfMatch.Check(ifMatch, account);
        return await session.Edit(account, patch);
    }
}
