using System.Security.Cryptography;
using System.Text;

namespace CrmPlatform.Access;

/// <summary>A text in a word: the same for the same text, in every process, and hardly ever for another.</summary>
public static class Digest
{
    /// <summary>The word.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 6));
}
