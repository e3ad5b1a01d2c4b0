using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CrmPlatform.Integrations.Sending;

/// <summary>Signatures as Standard Webhooks 1.0 has them: HMAC-SHA256 over id, time and body, one for each secret that counts.</summary>
internal static class Signature
{
    /// <summary>How a secret begins.</summary>
    public const string Prefix = "whsec_";

    private const int SecretLength = 32;

    /// <summary>A new secret.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretLength);

    /// <summary>A secret as its owner is shown it.</summary>
    public static string Show(byte[] secret) => Prefix + Convert.ToBase64String(secret);

    /// <summary>The header <c>webhook-signature</c>.</summary>
    public static string Of(IEnumerable<byte[]> secrets, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.")), .. body];
        return string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}"));
    }
}
