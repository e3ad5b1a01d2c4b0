using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CrmPlatform.Identity.LogIn;

/// <summary>
/// Passwords are kept as PBKDF2 hashes (ASP.NET Core Identity's hasher). Where there is no account, or none with a password, a hash that nobody
/// knows the password of is checked instead: the work is the same, and with it the time.
/// </summary>
public sealed class Passwords(LogInMetrics metrics)
{
    /// <summary>The fewest characters of a password; there are no other rules but that it is none everybody tries first.</summary>
    public const int Shortest = 10;

    /// <summary>The most: what is longer costs work and protects nothing.</summary>
    public const int Longest = 200;

    private readonly PasswordHasher<Login> hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));
    private readonly Lazy<string> nobodys = new(() => new PasswordHasher<Login>(
        Options.Create(new PasswordHasherOptions { IterationCount = 210_000 })).HashPassword(null!, Guid.CreateVersion7().ToString()));

    /// <summary>A hash to keep.</summary>
    public string Hash(string password) => hasher.HashPassword(null!, password);

    /// <summary>Whether a password is the one of a hash; never so where there is none.</summary>
    public bool AreRight(string? hash, string password)
    {
        var right = hasher.VerifyHashedPassword(null!, hash ?? nobodys.Value, password) != PasswordVerificationResult.Failed;
        metrics.PasswordChecked();
        return right && hash is not null;
    }

    /// <summary>Why a password is not good enough, or null.</summary>
    public static string? Refuse(string? password, string email, string? name = null)
    {
        if (password is null or { Length: < Shortest })
            return $"Use at least {Shortest} characters. Several words are easy to remember.";
        if (password.Length > Longest)
            return $"Use at most {Longest} characters.";
        var plain = new string([.. password.ToLowerInvariant().Where(char.IsLetterOrDigit)]);
        if (plain.Distinct().Count() < 4 || TriedFirst.Any(word => plain.Replace(word, "", StringComparison.Ordinal).Length < 5))
            return "This is one of the passwords that are tried first. Several words that do not belong together are better.";
        var own = new[] { email.Split('@')[0], name }.Select(n => new string([.. (n ?? "").ToLowerInvariant().Where(char.IsLetterOrDigit)]));
        return own.Any(o => o.Length > 3 && plain.Replace(o, "", StringComparison.Ordinal).Length < 4)
            ? "This is little more than your name. Several words that do not belong together are better." : null;
    }

    private static readonly string[] TriedFirst =
    [
        "password", "passwort", "passw0rd", "123456789", "1234567890", "12345678", "qwertyuiop", "qwertzuiop", "letmein", "welcome", "iloveyou",
        "administrator", "admin", "changeme", "secret", "abcdefghij", "abc123", "football", "baseball", "monkey", "dragon", "sunshine", "princess",
    ];
}
