using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CrmPlatform.Journal;

namespace CrmPlatform.Identity.Secrets;

/// <summary>
/// Random secrets that are handed out once and kept hashed (API keys, codes, refresh tokens). Each says which company it belongs to, so that it
/// is looked for among that company's alone. 32 random bytes need no slow hash.
/// </summary>
public static class Opaque
{
    private const int RandomLength = 32, TenantLength = 16;

    /// <summary>A new one of a company.</summary>
    public static string Make(string prefix, Guid tenant)
    {
        Span<byte> bytes = stackalloc byte[RandomLength + TenantLength];
        RandomNumberGenerator.Fill(bytes[..RandomLength]);
        tenant.TryWriteBytes(bytes[RandomLength..], bigEndian: true, out _);
        return prefix + Base64Url.EncodeToString(bytes);
    }

    /// <summary>The company it says it belongs to; null where it is none of ours.</summary>
    public static Guid? TenantOf(string prefix, string? text)
    {
        Span<byte> bytes = stackalloc byte[RandomLength + TenantLength];
        return text is not null && text.StartsWith(prefix, StringComparison.Ordinal)
            && text.Length == prefix.Length + Base64Url.GetEncodedLength(bytes.Length)
            && Base64Url.DecodeFromChars(text.AsSpan(prefix.Length), bytes, out _, out var written) == OperationStatus.Done && written == bytes.Length
            && new Guid(bytes[RandomLength..], bigEndian: true) is var tenant && tenant != Guid.Empty
                ? tenant
                : null;
    }

    /// <summary>Of several who bring the same secret at once, the others wait until the first one's session has ended.</summary>
    public static Task OneAtATime(Session session, byte[] hash) => session.Hold([$"secret {Convert.ToHexStringLower(hash)}"]);

    /// <summary>What is kept of it.</summary>
    public static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
