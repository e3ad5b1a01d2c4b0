using System.Security.Cryptography;
using System.Text;

namespace CrmPlatform.Identity.SecondFactor;

/// <summary>Codes that let somebody in who has lost their device, each once. Shown when they are made, and kept as hashes.</summary>
public static class RecoveryCodes
{
    private const int Number = 10, Letters = 16;
    private const string Alphabet = "abcdefghjkmnpqrstvwxyz23456789"; // none looks like another

    /// <summary>New ones: 78 bits each, too many to be guessed, so a plain hash is enough.</summary>
    public static IReadOnlyList<string> New() => [.. Enumerable.Range(0, Number).Select(_ =>
        string.Join('-', RandomNumberGenerator.GetString(Alphabet, Letters).Chunk(4).Select(four => new string(four))))];

    /// <summary>What is kept of one, however it is typed.</summary>
    public static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.ASCII.GetBytes(new string([.. code.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)]))));

    /// <summary>Whether what was typed could be one.</summary>
    public static bool LooksLikeOne(string? text) => (text ?? "").Count(char.IsAsciiLetterOrDigit) == Letters;
}
