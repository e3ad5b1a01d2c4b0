using CrmPlatform.Journal;

namespace CrmPlatform.Contacts.Contacts;

/// <summary>One person, as they are or as they were.</summary>
public static class GetContact
{
    /// <summary>One person, as they are or, with asOf, as they were at that time.</summary>
    public static async Task<Contact> Handle(Guid id, DateTimeOffset? asOf, Session session)
    {
        var contact = asOf is { } at ? await History.AsOf<Contact>(session, id, at) : await session.Find<Contact>(id);
        return contact ?? throw Refusal.NotFound("contact", id);
    }
}
