using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmPlatform.Access;

/// <summary>A public key on the curve P-256, good for one thing: verifying ES256.</summary>
internal sealed class PublicKey
{
    public const string Algorithm = "ES256";
    private const int CoordinateLength = 32, SignatureLength = 2 * CoordinateLength;

    // An ECDsa object is not promised to be thread safe: each is used by one thread at a time.
    private readonly ConcurrentBag<ECDsa> idle = [];
    private readonly ECParameters parameters;

    /// <exception cref="CryptographicException">The coordinates are not a point on the curve.</exception>
    public PublicKey(byte[] x, byte[] y)
    {
        parameters = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } };
        idle.Add(ECDsa.Create(parameters));
    }

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength)
            return false;
        if (!idle.TryTake(out var key))
            key = ECDsa.Create(parameters);
        var fits = key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        idle.Add(key);
        return fits;
    }

    /// <summary>A key of a JWKS; null for keys that are for something else, which a ring passes over (RFC 7517, 5).</summary>
    /// <exception cref="KeyFileException">The key is for ES256, but something is wrong with it.</exception>
    public static (string Kid, PublicKey Key)? Read(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object)
            throw new KeyFileException("holds something that is not a key");
        if (jwk.Text("kty") != "EC" || jwk.Text("crv") != "P-256" || IsForAnotherUse(jwk))
            return null;
        if (jwk.Text("kid") is not { Length: > 0 } kid)
            throw new KeyFileException("holds a key without a kid");
        if (jwk.Has("d"))
            throw new KeyFileException("holds a private key, which does not belong there");
        if (Jws.Decode(jwk.Text("x")) is not { Length: CoordinateLength } x
            || Jws.Decode(jwk.Text("y")) is not { Length: CoordinateLength } y)
            throw new KeyFileException("holds a key whose coordinates are not 32 bytes of base64url each");
        try
        {
            return (kid, new PublicKey(x, y));
        }
        catch (CryptographicException)
        {
            throw new KeyFileException("holds a key that is not on its curve");
        }
    }

    /// <summary>A key as a JWKS lists it.</summary>
    public static JsonObject Jwk(string kid, string x, string y) => new()
    {
        ["kty"] = "EC",
        ["crv"] = "P-256",
        ["x"] = x,
        ["y"] = y,
        ["kid"] = kid,
        ["alg"] = Algorithm,
        ["use"] = "sig",
    };

    /// <summary>The key's name: its RFC 7638 thumbprint, so that the same key has the same name everywhere.</summary>
    public static string Thumbprint(string x, string y) => Base64Url.EncodeToString(
        SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));

    private static bool IsForAnotherUse(JsonElement jwk) =>
        (jwk.Has("use") && jwk.Text("use") != "sig")
        || (jwk.Has("alg") && jwk.Text("alg") != Algorithm)
        || (jwk.TryGetProperty("key_ops", out var operations)
            && !(operations.ValueKind == JsonValueKind.Array && operations.EnumerateArray().Any(one => one.Text() == "verify")));
}
