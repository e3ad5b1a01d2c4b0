using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace CrmPlatform.Identity.People;

/// <summary>A language, and where it is spoken: <c>de-CH</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed partial class LocaleAttribute : ValidationAttribute
{
    /// <summary>Declares it.</summary>
    public LocaleAttribute()
        : base("A locale looks like de or de-CH.")
    {
    }

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is null or "" || value is string text && Form.IsMatch(text);

    [GeneratedRegex("^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }
}
