using CrmPlatform.Contacts.Contacts;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Search;
using CrmPlatform.Records.Cleaning;

namespace CrmPlatform.Contacts.Duplicates;

/// <summary>
/// Finds people who are there already: by exactly the same e-mail address, phone number, or name in the same company. Asked while somebody types,
/// and whenever a person is entered, through whatever door.
/// </summary>
public static class FindDuplicateContacts
{
    /// <summary>People who are there already and seem to be the same.</summary>
    public static async Task<IReadOnlyList<Match>> Handle(string? email, string? phone, string? name, Guid? accountId, Session session)
    {
        var emails = email is null ? [] : new[] { new TypedEmail { Address = Clean.Email(email) } };
        var phones = phone is null ? [] : new[] { new TypedPhone { Number = Clean.Phone(phone, await ContactSettings.CountryOf(session)) } };
        return Matches.Of(await Matches.Told<Contact>(session, await Ask(session, Asked(emails, phones, name ?? "", accountId)), "displayName"));
    }

    /// <summary>The rule.</summary>
    public static async ValueTask<Contact> Rule(Session session, Contact? before, Contact after)
    {
        if (before is null)
            await Matches.Judge<Contact>(
                session, "contact", "displayName", after.AllowDuplicate == true,
                () => Asked(after.Emails, after.Phones, after.DisplayName, after.AccountId), keys => Ask(session, keys));
        return after;
    }

    private static string[] Asked(IReadOnlyList<TypedEmail> emails, IReadOnlyList<TypedPhone> phones, string name, Guid? account) =>
        [.. RecordKeys.Kept(Keys.OfPerson(emails, phones, name, account))];

    private static Task<List<Row>> Ask(Session session, string[] keys) => session.Query<Row>(
        """
        select s.duplicate_contacts as mode, m.id, m.key, m.name
        from (select) one
        left join contact_settings s on s.tenant = @tenant and s.deleted_at is null
        left join (
            select k.id, k.key, c.display_name as name from record_key k join contact c on c.tenant = k.tenant and c.id = k.id
            where k.tenant = @tenant and k.record = 'contact' and k.key = any(@keys) limit 50) m on true
        """,
        new { keys });
}
