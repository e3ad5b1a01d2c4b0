using System.Security.Cryptography;
using System.Text;

namespace CrmPlatform.Hosting.Secrets;

/// <summary>
/// Secrets the service has to read again (private keys, the seeds of one-time passwords), so that a copy of the database alone tells nothing:
/// AES-256-GCM under a key of its own for each use, derived from the installation's secret. What is not read again is hashed instead.
/// </summary>
/// <remarks>What was sealed for one owner opens for that owner alone: a row cannot be passed off as another's.</remarks>
public sealed class Sealed(Settings settings)
{
    private const byte Version = 1;
    private const int NonceLength = 12, TagLength = 16, KeyLength = 32, Head = 1 + NonceLength + TagLength;

    private readonly byte[] secret = Encoding.UTF8.GetBytes(settings.Secret);

    /// <summary>Seals a secret for one use and one owner.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, string use, string owner)
    {
        var made = new byte[Head + plain.Length];
        made[0] = Version;
        var nonce = made.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(KeyFor(use), TagLength);
        aes.Encrypt(nonce, plain, made.AsSpan(Head), made.AsSpan(1 + NonceLength, TagLength), Encoding.UTF8.GetBytes(owner));
        return made;
    }

    /// <summary>The secret again.</summary>
    /// <exception cref="CryptographicException">It was changed, is for another use or owner, or was sealed under another secret.</exception>
    public byte[] Open(byte[] box, string use, string owner)
    {
        if (box.Length < Head || box[0] != Version)
            throw new CryptographicException("This is nothing that was sealed here.");
        var plain = new byte[box.Length - Head];
        using var aes = new AesGcm(KeyFor(use), TagLength);
        aes.Decrypt(box.AsSpan(1, NonceLength), box.AsSpan(Head), box.AsSpan(1 + NonceLength, TagLength), plain, Encoding.UTF8.GetBytes(owner));
        return plain;
    }

    private byte[] KeyFor(string use) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, KeyLength, info: Encoding.UTF8.GetBytes($"crm sealed {use}"));
}
