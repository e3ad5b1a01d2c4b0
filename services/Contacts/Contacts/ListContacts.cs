using CrmPlatform.Hosting.Doors;
using CrmPlatform.Journal;

namespace CrmPlatform.Contacts.Contacts;

/// <summary>People, newest first.</summary>
public static class ListContacts
{
    /// <summary>People, newest first, all or those of one company, page by page.</summary>
    public static async Task<Page<Contact>> Handle(Guid? accountId, string? cursor, int? limit, Session session)
    {
        var page = PageRequest.From(cursor, limit);
        return page.Cut(await session.List<Contact>(
            """
            deleted_at is null and (@accountId::uuid is null or account_id = @accountId) and (created_at, id) < (@before, @beforeId)
            order by created_at desc, id desc limit @limit
            """,
            new { accountId, page.Before, page.BeforeId, page.Limit }));
    }
}
