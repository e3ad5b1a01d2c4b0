using CrmPlatform.Contacts.Contacts;
using CrmPlatform.Journal;
using CrmPlatform.Records.Cleaning;

namespace CrmPlatform.Contacts.Accounts;

/// <summary>Keeps what is written of a company in one form.</summary>
public static class CleanAccount
{
    /// <summary>The rule.</summary>
    public static async ValueTask<Account> Rule(Session session, Account? before, Account after)
    {
        var addresses = Clean.Addresses(after.Addresses);
        var country = after.Phones.Any(p => Clean.IsNational(p.Number ?? ""))
            ? addresses.Select(a => a.Country).FirstOrDefault(c => c is not null) ?? await ContactSettings.CountryOf(session) : null;
        var website = after.Website is { } written ? Clean.Website(written) : null;
        // A page entered where no domain is known tells the domain.
        var told = website?.Contains("://", StringComparison.Ordinal) == true && website != before?.Website;
        var domains = told && after.Domains is [] && before?.Domains is null or [] ? [website!] : after.Domains;
        return after with
        {
            Addresses = addresses,
            Emails = Clean.Emails(after.Emails, before?.Emails),
            Phones = Clean.Phones(after.Phones, before?.Phones, country),
            Website = website,
            Domains = [.. domains.Select(d => Clean.Domain(d ?? "")).Distinct()],
            VatId = after.VatId?.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant(),
        };
    }
}
