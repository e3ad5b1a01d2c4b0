using CrmPlatform.Hosting.Doors;
using CrmPlatform.Journal;

namespace CrmPlatform.Contacts.Accounts;

/// <summary>Companies, newest first.</summary>
public static class ListAccounts
{
    /// <summary>Companies, newest first, page by page.</summary>
    public static async Task<Page<Account>> Handle(string? cursor, int? limit, Session session)
    {
        var page = PageRequest.From(cursor, limit);
        return page.Cut(await session.List<Account>(
            "deleted_at is null and (created_at, id) < (@before, @beforeId) order by created_at desc, id desc limit @limit",
            new { page.Before, page.BeforeId, page.Limit }));
    }
}
