using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CrmPlatform.Leads.Forms;

/// <summary>
/// What a form hands out and takes back: a challenge for one submission, or a link that confirms one. Signed for its form and purpose, and worth
/// something for a while. Used once is for who keeps what it names.
/// </summary>
/// <param name="Id">What it names.</param>
internal sealed record FormToken(Guid Id)
{
    /// <summary>For one submission.</summary>
    public const string Challenge = "challenge";

    /// <summary>Confirms a submission.</summary>
    public const string Confirmation = "confirmation";

    private const int WorkBits = 14, Length = 16 + 8 + 32;

    /// <summary>A token for something, worth something until a time.</summary>
    public static string Make(FoundForm form, string purpose, Guid id, DateTimeOffset until)
    {
        var token = new byte[Length];
        id.TryWriteBytes(token);
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(16), until.ToUnixTimeSeconds());
        Sign(form, purpose, token.AsSpan(0, 24)).CopyTo(token, 24);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>What a token names; null when it is not ours, not for this, or old.</summary>
    public static FormToken? Read(FoundForm form, string purpose, string? said, DateTimeOffset now)
    {
        if (said is not { Length: > 0 and < 100 } || !Base64Url.IsValid(said) || Base64Url.DecodeFromChars(said) is not { Length: Length } token)
            return null;
        return CryptographicOperations.FixedTimeEquals(Sign(form, purpose, token.AsSpan(0, 24)), token.AsSpan(24))
            && BinaryPrimitives.ReadInt64BigEndian(token.AsSpan(16)) >= now.ToUnixTimeSeconds() ? new FormToken(new Guid(token.AsSpan(0, 16))) : null;
    }

    /// <summary>Whether a browser has worked for a challenge: the hash of both begins with so many zeros.</summary>
    public static bool IsWorkedFor(string challenge, string? work)
    {
        if (work is not { Length: > 0 and < 20 })
            return false;
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes($"{challenge}.{work}"));
        return BinaryPrimitives.ReadUInt32BigEndian(hash) >> (32 - WorkBits) == 0;
    }

    private static byte[] Sign(FoundForm form, string purpose, ReadOnlySpan<byte> what) =>
        HMACSHA256.HashData(form.Secret, (byte[])[.. Encoding.ASCII.GetBytes($"{purpose} {form.Form.Id} "), .. what]);
}
