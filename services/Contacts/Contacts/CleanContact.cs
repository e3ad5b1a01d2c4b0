using CrmPlatform.Journal;
using CrmPlatform.Records.Cleaning;

namespace CrmPlatform.Contacts.Contacts;

/// <summary>Keeps what is written of a person in one form.</summary>
public static class CleanContact
{
    /// <summary>The rule.</summary>
    public static async ValueTask<Contact> Rule(Session session, Contact? before, Contact after)
    {
        var addresses = Clean.Addresses(after.Addresses);
        var country = after.Phones.Any(p => Clean.IsNational(p.Number ?? ""))
            ? addresses.Select(a => a.Country).FirstOrDefault(c => c is not null) ?? await ContactSettings.CountryOf(session) : null;
        return after with
        {
            Addresses = addresses,
            Emails = Clean.Emails(after.Emails, before?.Emails),
            Phones = Clean.Phones(after.Phones, before?.Phones, country),
        };
    }
}
