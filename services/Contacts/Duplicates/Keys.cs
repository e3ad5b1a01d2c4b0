using System.Text.RegularExpressions;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Search;

namespace CrmPlatform.Contacts.Duplicates;

/// <summary>By what people and companies are recognised when they are entered again.</summary>
internal static partial class Keys
{
    /// <summary>People: by e-mail addresses, phones, and the name in the same company.</summary>
    public static IEnumerable<string> OfPerson(IEnumerable<TypedEmail> emails, IEnumerable<TypedPhone> phones, string name, Guid? account)
    {
        foreach (var email in emails)
            if (email.Address is { Length: > 0 } address)
                yield return $"email {address.ToLowerInvariant()}";
        foreach (var phone in phones)
            if (phone.Number is { Length: > 0 } number)
                yield return $"phone {number}";
        if (account is not null && Plain(name) is { Length: > 0 } plain)
            yield return $"name {plain} {account}";
    }

    /// <summary>Companies: by their domains and their name.</summary>
    public static IEnumerable<string> OfCompany(IEnumerable<string> domains, string name) =>
        domains.Select(domain => $"domain {domain}").Concat(OfCompany(name) is { } key ? [key] : []);

    /// <summary>A company's name without what it is in law, if anything is left of it.</summary>
    public static string? OfCompany(string name) =>
        Plain(InLaw.Replace(Signs.Replace(name, ""), "")) is { Length: > 0 } plain ? $"name {plain}" : null;

    // Without case, accents, spaces and signs.
    private static string Plain(string name) => string.Concat(Folding.Fold(name).Where(char.IsLetterOrDigit));

    [GeneratedRegex("[.,&]", RegexOptions.CultureInvariant)]
    private static partial Regex Signs { get; }

    [GeneratedRegex(
        @"(\s+(gmbh|ag|se|kg|kgaa|ohg|ug|eg|ev|inc|incorporated|ltd|limited|llc|llp|lp|plc|corp|corporation|co|company|sa|sas|sarl|srl|spa|bv|nv|ab|as|asa"
        + @"|aps|oy|oyj|pty|kk|sro|doo|holding|group))+\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex InLaw { get; }
}
