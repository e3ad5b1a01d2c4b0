using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CrmPlatform.Identity.SecondFactor;

/// <summary>
/// One-time passwords of an authenticator app (RFC 6238: SHA-1, 30 seconds, 6 digits, as all apps take them). Clocks may be a step apart; a step
/// counts once, so that what somebody has read over a shoulder is worth nothing.
/// </summary>
public static class Totp
{
    private const int Seconds = 30, Digits = 6, SeedLength = 20;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>A new seed.</summary>
    public static byte[] NewSeed() => RandomNumberGenerator.GetBytes(SeedLength);

    /// <summary>The step of a time.</summary>
    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / Seconds;

    /// <summary>The password of a step.</summary>
    public static string Code(byte[] seed, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // what authenticator apps reckon with; it is not broken as an HMAC
        var hash = HMACSHA1.HashData(seed, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & 0x7fffffff;
        return (number % 1_000_000).ToString().PadLeft(Digits, '0');
    }

    /// <summary>The step a password is of, if it is of one now that was not used yet.</summary>
    public static long? Check(byte[] seed, string? code, long used, DateTimeOffset now)
    {
        var typed = new string([.. (code ?? "").Where(char.IsAsciiDigit)]);
        if (typed.Length != Digits)
            return null;
        long? found = null;
        for (var step = StepAt(now) - 1; step <= StepAt(now) + 1; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(typed), Encoding.ASCII.GetBytes(Code(seed, step))) && step > used)
                found = step;
        return found;
    }

    /// <summary>A seed as people type it.</summary>
    public static string Text(byte[] seed)
    {
        var text = new StringBuilder();
        for (int bits = 0, have = 0, i = 0; i < seed.Length || have > 0;)
        {
            if (have < 5)
            {
                bits = bits << 8 | (i < seed.Length ? seed[i] : 0);
                have += i++ < seed.Length ? 8 : 5 - have;
            }
            text.Append(Alphabet[bits >> (have - 5) & 31]);
            have -= 5;
        }
        return text.ToString();
    }

    /// <summary>A seed as apps take it from a picture or a link.</summary>
    public static string Address(byte[] seed, string email) =>
        $"otpauth://totp/CrmPlatform:{Uri.EscapeDataString(email)}?secret={Text(seed)}&issuer=CrmPlatform";
}
