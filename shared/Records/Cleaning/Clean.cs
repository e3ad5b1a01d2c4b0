using System.Globalization;
using System.Text.RegularExpressions;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Records.Cleaning;

/// <summary>
/// One form for what people write in many, so that the same is recognised as the same. What cannot be read stays as it is, for the validator.
/// </summary>
public static partial class Clean
{
    private static readonly IdnMapping Idn = new();

    /// <summary>A phone number in the international form; one written as at home needs its country.</summary>
    public static string Phone(string number, string? country)
    {
        var bare = Between.Replace(number.Trim(), "");
        if (bare.StartsWith("00", StringComparison.Ordinal))
            bare = $"+{bare[2..]}";
        if (bare.StartsWith('+'))
            return bare;
        return country is not null && bare.Length > 0 && bare.All(char.IsAsciiDigit) ? CallingCodes.International(bare, country) ?? bare : bare;
    }

    /// <summary>Whether a number needs a country to be understood.</summary>
    public static bool IsNational(string number) => Phone(number, null) is [not '+', ..];

    /// <summary>An e-mail address with its domain in small letters; the name before it may mean the case it is written in.</summary>
    public static string Email(string address)
    {
        var trimmed = address.Trim();
        var at = trimmed.LastIndexOf('@');
        return at < 0 ? trimmed : trimmed[..at] + trimmed[at..].ToLowerInvariant();
    }

    /// <summary>A domain alone, of whatever address it was written as: <c>HTTPS://www.Example.com/</c> is <c>example.com</c>.</summary>
    public static string Domain(string written)
    {
        var bare = AroundDomain.Replace(written.Trim().ToLowerInvariant(), "$1").TrimEnd('.');
        try
        {
            return Idn.GetAscii(bare);
        }
        catch (ArgumentException)
        {
            return bare;
        }
    }

    /// <summary>An address on the web with its scheme, its host in small letters.</summary>
    public static string Website(string written)
    {
        var whole = written.Contains("://", StringComparison.Ordinal) ? written : $"https://{written}";
        return Uri.TryCreate(whole, UriKind.Absolute, out var uri) && uri.Host.Contains('.', StringComparison.Ordinal)
            ? $"{uri.Scheme}://{uri.Host}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}{whole[(whole.IndexOf("://", StringComparison.Ordinal) + 3)..] switch
            {
                var rest when rest.IndexOfAny(['/', '?', '#']) is >= 0 and var path => rest[path..],
                _ => "",
            }}"
            : written;
    }

    /// <summary>Addresses without spaces around their parts; the country in capitals.</summary>
    public static IReadOnlyList<Address> Addresses(IReadOnlyList<Address> addresses) => Each(addresses, a => a with
    {
        Type = Word(a.Type),
        Street = Text(a.Street),
        PostalCode = Text(a.PostalCode),
        City = Text(a.City),
        Region = Text(a.Region),
        Country = Text(a.Country)?.ToUpperInvariant(),
    });

    /// <summary>E-mail addresses in one form, each once, one of them the main one.</summary>
    public static IReadOnlyList<TypedEmail> Emails(IReadOnlyList<TypedEmail> emails, IReadOnlyList<TypedEmail>? before) => Primary.One(
        Once(Each(emails, e => e with { Address = Email(e.Address ?? ""), Type = Word(e.Type) }), e => e.Address.ToUpperInvariant(), Together), before ?? []);

    /// <summary>Phone numbers in one form, each once, one of them the main one.</summary>
    public static IReadOnlyList<TypedPhone> Phones(IReadOnlyList<TypedPhone> phones, IReadOnlyList<TypedPhone>? before, string? country) => Primary.One(
        Once(Each(phones, p => p with { Number = Phone(p.Number ?? "", country), Type = Word(p.Type) }), p => p.Number, Together), before ?? []);

    /// <summary>Two entries for one address: what forbids something stays.</summary>
    public static TypedEmail Together(TypedEmail one, TypedEmail other) => one with
    {
        Type = one.Type ?? other.Type,
        Primary = one.Primary || other.Primary,
        OptOut = one.OptOut || other.OptOut,
        Invalid = one.Invalid || other.Invalid,
        Bounced = one.Bounced || other.Bounced,
    };

    /// <summary>Two entries for one number: what forbids something stays.</summary>
    public static TypedPhone Together(TypedPhone one, TypedPhone other) =>
        one with { Type = one.Type ?? other.Type, Primary = one.Primary || other.Primary, DoNotCall = one.DoNotCall || other.DoNotCall };

    private static string? Text(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    private static string? Word(string? text) => Text(text)?.ToLowerInvariant();

    // The same list where nothing changes: a write of nothing stays a write of nothing.
    private static IReadOnlyList<T> Each<T>(IReadOnlyList<T> list, Func<T, T> clean)
        where T : class
    {
        var cleaned = list.Select(clean).ToArray();
        return cleaned.SequenceEqual(list) ? list : cleaned;
    }

    private static IReadOnlyList<T> Once<T>(IReadOnlyList<T> list, Func<T, string> key, Func<T, T, T> together)
        where T : class
    {
        var groups = list.GroupBy(key, StringComparer.Ordinal).ToList();
        return groups.Count == list.Count ? list : [.. groups.Select(g => g.Aggregate(together))];
    }

    [GeneratedRegex(@"\(0\)(?<=^(?:\+|00).*)|[\s\-().\/\u00a0\u2010-\u2015]", RegexOptions.CultureInvariant)]
    private static partial Regex Between { get; }

    [GeneratedRegex(@"^(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[^/@]*@)?(?:www\.)?([^/:?#]*).*$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex AroundDomain { get; }
}
