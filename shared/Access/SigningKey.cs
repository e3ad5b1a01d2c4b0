using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmPlatform.Access;

/// <summary>A private key (P-256) that signs tokens, and whatever else the platform has to prove later.</summary>
public sealed class SigningKey : IDisposable
{
    private readonly Lock signing = new();
    private readonly ECDsa key;

    private SigningKey(ECDsa key)
    {
        this.key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        (X, Y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        Id = PublicKey.Thumbprint(X, Y);
    }

    /// <summary>The key's name: the RFC 7638 thumbprint of its public half.</summary>
    public string Id { get; }

    internal string X { get; }

    internal string Y { get; }

    /// <summary>A new key.</summary>
    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>The key of a PEM file (PKCS 8).</summary>
    /// <exception cref="KeyFileException">The file does not hold such a key.</exception>
    public static SigningKey Open(string path)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            var parameters = key.ExportParameters(includePrivateParameters: true); // throws for a public key
            if (parameters.Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value)
                return new SigningKey(key);
            throw new KeyFileException($"{path} holds a key on another curve than P-256.");
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new KeyFileException($"{path} does not hold a private EC key in PEM form (PKCS 8).");
        }
    }

    /// <summary>The key of this file, which is created when it is missing; who comes first decides which key it is.</summary>
    public static SigningKey OpenOrCreate(string path)
    {
        if (File.Exists(path))
            return Open(path);
        using var created = Create();
        KeyFile.Place(path, created.key.ExportPkcs8PrivateKeyPem() + "\n", secret: true, replace: false);
        return Open(path);
    }

    /// <summary>Adds the public half to a JWKS file, beside the keys that are there; false when it was there already.</summary>
    /// <exception cref="KeyFileException">The file is there, and not a JWKS; it is left alone.</exception>
    public bool Publish(string path) => KeyFile.AddKey(path, Id, X, Y);

    /// <summary>The public half, as a JWKS lists it.</summary>
    public JsonObject PublicHalf => PublicKey.Jwk(Id, X, Y);

    /// <summary>The private half (PKCS 8), to be sealed and opened again with <see cref="FromPrivateHalf"/>.</summary>
    public byte[] PrivateHalf() => key.ExportPkcs8PrivateKey();

    /// <summary>The key of a private half.</summary>
    public static SigningKey FromPrivateHalf(ReadOnlySpan<byte> pkcs8)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return new SigningKey(key);
    }

    /// <summary>A token for a caller, valid from now until the caller's time ends.</summary>
    public string Issue(Caller caller, string issuer, DateTimeOffset now)
    {
        var payload = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(payload))
            Claims.Write(json, caller, issuer, now);
        return Sign(Claims.Type, payload.WrittenSpan);
    }

    /// <summary>Signs a payload for one use, which <see cref="Jws.Open(string, string, KeyRing)"/> has to name again.</summary>
    public string Sign(string type, ReadOnlySpan<byte> payload)
    {
        var unsigned = Jws.Unsigned(type, Id, payload);
        lock (signing)
        {
            var signature = key.SignData(Encoding.ASCII.GetBytes(unsigned), HashAlgorithmName.SHA256); // IEEE P1363
            return $"{unsigned}.{Base64Url.EncodeToString(signature)}";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}
