using CrmPlatform.Journal;
using CrmPlatform.Records.Cleaning;

namespace CrmPlatform.Leads.Leads;

/// <summary>Keeps what is written of a lead in one form, and wants it to be somebody.</summary>
public static class CleanLead
{
    /// <summary>The rule.</summary>
    public static async ValueTask<Lead> Rule(Session session, Lead? before, Lead after)
    {
        var address = after.Address is { } written ? Clean.Addresses([written])[0] : null;
        var country = after.Phones.Any(p => Clean.IsNational(p.Number ?? "")) ? address?.Country ?? await CountryOf(session) : null;
        after = after with
        {
            Address = address == after.Address ? after.Address : address,
            Emails = Clean.Emails(after.Emails, before?.Emails),
            Phones = Clean.Phones(after.Phones, before?.Phones, country),
            Website = after.Website is { } page ? Clean.Website(page) : null,
        };
        return after.DisplayName.Length > 0 || before?.DisplayName is "" ? after
            : throw Refusal.Invalid("lastName", "A lead has a name, a company, an e-mail address or a phone number.");
    }

    // What the tenant says of its phone numbers it says to contacts.
    private static async Task<string?> CountryOf(Session session) => (await session.Query<string?>(
        "select fields ->> 'country' from copy where tenant = @tenant and record = 'contacts.contactSettings' and not deleted limit 1")).FirstOrDefault();
}
