using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace CrmPlatform.Journal.Records;

/// <summary>An e-mail address that a mail could reach: one name, one domain with a dot, nothing around them.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed partial class EmailAttribute : ValidationAttribute
{
    /// <summary>Declares it.</summary>
    public EmailAttribute()
        : base("{0} is not a valid e-mail address.")
    {
    }

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is null or "" || value is string { Length: <= 254 } text && Form.IsMatch(text);

    [GeneratedRegex(@"^[^\s@,;:<>()\[\]\\""]{1,64}@[^\s@,;:<>()\[\]\\""_.]+(\.[^\s@,;:<>()\[\]\\""_.]+)+$", RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }
}

/// <summary>A domain on the web: <c>example.com</c>; of a list, each.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed partial class WebDomainAttribute : ValidationAttribute
{
    /// <summary>Declares it.</summary>
    public WebDomainAttribute()
        : base("A domain looks like example.com.")
    {
    }

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value switch
    {
        null or "" => true,
        string text => text.Length <= 253 && Form.IsMatch(text),
        string[] texts => texts.All(t => !string.IsNullOrEmpty(t) && IsValid(t)),
        _ => false,
    };

    [GeneratedRegex(@"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$", RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }
}

/// <summary>A time zone by its IANA name: <c>Europe/Berlin</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ZoneNameAttribute : ValidationAttribute
{
    /// <summary>Declares it.</summary>
    public ZoneNameAttribute()
        : base("A time zone looks like Europe/Berlin.")
    {
    }

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is null or ""
        || value is string text && (text == "UTC" || text.Contains('/', StringComparison.Ordinal)) && TimeZoneInfo.TryFindSystemTimeZoneById(text, out _);
}
