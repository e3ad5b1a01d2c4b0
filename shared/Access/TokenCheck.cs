using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace CrmPlatform.Access;

/// <summary>Says who calls, from a token; the only way into the platform.</summary>
/// <remarks>
/// Invariants: the key decides the algorithm, never the header; nothing of the payload is looked at before the signature fits;
/// a verdict from memory holds for the very ring of keys it was found with, so a key that is taken away takes its tokens along.
/// </remarks>
/// <param name="keys">The keys that are trusted.</param>
/// <param name="clock">What time it is.</param>
/// <param name="issuer">Who issues tokens, and whom they are for: the platform itself, by its address.</param>
/// <param name="remember">How many verdicts are remembered.</param>
public sealed class TokenCheck(KeyRing keys, TimeProvider clock, string issuer, int remember = 10_000)
{
    private Memory memory = new(Ring.Empty, new VerifiedTokens(remember));

    /// <summary>Whether there is any key to check tokens with; without one nothing can be said of any of them.</summary>
    public bool HasKeys => keys.Count > 0;

    /// <summary>How many tokens are remembered as verified.</summary>
    internal int Remembered => memory.Tokens.Count;

    /// <summary>Checks a token as it stands in the header after <c>Bearer</c>.</summary>
    public Verdict Check(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return Verdict.Of(TokenFault.Shape);
        if (token.Length > Jws.MaxLength)
            return Verdict.Of(TokenFault.TooLong);
        Span<byte> text = stackalloc byte[token.Length];
        if (Ascii.FromUtf16(token, text, out _) != OperationStatus.Done)
            return Verdict.Of(TokenFault.Shape);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        var fingerprint = new Fingerprint(hash);
        var ring = keys.Current;
        var verified = VerifiedWith(ring);
        var now = clock.GetUtcNow();
        if (verified.Find(fingerprint, now) is { } known)
            return known;

        var verdict = Verify(text, ring, now);
        if (verdict.Caller is { } caller && caller.Expires > now)
            verified.Keep(fingerprint, verdict, caller.Expires);
        return verdict;
    }

    /// <summary>The same; a token of a key that is not known (yet) waits until the keys' source has been asked again.</summary>
    public ValueTask<Verdict> CheckAsync(string? token)
    {
        var verdict = Check(token);
        return verdict.Fault is TokenFault.Key && keys.AskAgain() is { } asked ? Again(token, asked) : new(verdict);
    }

    private async ValueTask<Verdict> Again(string? token, Task asked)
    {
        await asked;
        return Check(token);
    }

    private Verdict Verify(ReadOnlySpan<byte> text, Ring ring, DateTimeOffset now)
    {
        if (Jws.Open(text, Claims.Type, ring, out var payload) is { } fault)
            return Verdict.Of(fault);
        using var claims = Json.Parse(payload);
        return claims is null ? Verdict.Of(TokenFault.Claims) : Claims.Read(claims.RootElement, issuer, now);
    }

    // Two threads may swap this back and forth while a ring changes; each still uses the memory that belongs to the ring it holds.
    private VerifiedTokens VerifiedWith(Ring ring)
    {
        var held = Volatile.Read(ref memory);
        if (!ReferenceEquals(held.Ring, ring))
            Volatile.Write(ref memory, held = new Memory(ring, new VerifiedTokens(remember)));
        return held.Tokens;
    }

    private sealed record Memory(Ring Ring, VerifiedTokens Tokens);
}
