using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmPlatform.Access;

/// <summary>A private key of this installation: signs anchors, and tokens for development until there is somebody who issues them.</summary>
public sealed class SigningKey : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly ECDsa key;

    private SigningKey(ECDsa key)
    {
        this.key = key;
        Id = Thumbprint(Public());
    }

    /// <summary>The key's thumbprint (RFC 7638).</summary>
    public string Id { get; }

    /// <summary>The key in a file; made there first if there is none.</summary>
    public static SigningKey OpenOrCreate(string path)
    {
        if (File.Exists(path))
            return Open(path);
        var made = new SigningKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        Write(path, made.key.ExportPkcs8PrivateKeyPem());
        return made;
    }

    /// <summary>The key in a file.</summary>
    public static SigningKey Open(string path)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return new SigningKey(key);
    }

    /// <summary>Adds the public half to a JWKS file and leaves the other keys there.</summary>
    public void Publish(string path)
    {
        var set = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path))!.AsObject() : [];
        var keys = set["keys"] as JsonArray ?? [];
        if (keys.Any(k => k?["kid"]?.GetValue<string>() == Id))
            return;
        var (x, y) = Public();
        keys.Add(new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["use"] = "sig", ["alg"] = "ES256", ["kid"] = Id, ["x"] = x, ["y"] = y });
        set["keys"] = keys.DeepClone();
        Write(path, set.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }

    /// <summary>Signs any payload as a compact JWS.</summary>
    public string Sign(string type, ReadOnlySpan<byte> payload) => Jws.Sign(key, Id, type, payload);

    /// <summary>A token for a caller, valid from now until it expires.</summary>
    public string Issue(Caller caller, DateTimeOffset now) => Sign(TokenCheck.TokenType, JsonSerializer.SerializeToUtf8Bytes(new
    {
        iss = TokenCheck.Issuer,
        aud = TokenCheck.Issuer,
        sub = caller.Actor.Id,
        name = caller.Actor.Name,
        kind = caller.Actor.Kind == ActorKind.User ? "user" : "system",
        tenant = caller.Tenant,
        scope = string.Join(' ', caller.Scopes),
        plan = caller.Plan,
        iat = now.ToUnixTimeSeconds(),
        nbf = now.ToUnixTimeSeconds(),
        exp = caller.Expires.ToUnixTimeSeconds(),
        jti = Guid.CreateVersion7(now),
    }));

    /// <summary>Forgets the key.</summary>
    public void Dispose() => key.Dispose();

    private (string X, string Y) Public()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
    }

    private static string Thumbprint((string X, string Y) point) => Base64Url.EncodeToString(
        SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{point.X}}","y":"{{point.Y}}"}""")));

    // Whole or not at all: a reader never sees half a key, and nobody else may read the private one.
    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var fresh = $"{path}.{Environment.ProcessId}.new";
        using (var file = new FileStream(fresh, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
            file.Write(Encoding.ASCII.GetBytes(text));
        File.Move(fresh, path, overwrite: true);
    }
}
