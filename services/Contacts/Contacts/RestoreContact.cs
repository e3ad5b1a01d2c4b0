using CrmPlatform.Journal;

namespace CrmPlatform.Contacts.Contacts;

/// <summary>Takes a person out of the trash.</summary>
public static class RestoreContact
{
    /// <summary>Takes a person out of the trash.</summary>
    public static async Task<Contact> Handle(Guid id, Session session) =>
        await session.Restore(await session.Lock<Contact>(id, trashed: true));
}
