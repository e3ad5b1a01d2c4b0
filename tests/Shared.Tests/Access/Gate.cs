using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CrmPlatform.Access;

namespace CrmPlatform.Shared.Tests.Access;

/// <summary>A token check over a key file of its own, and the means to forge: here tokens are put together by hand.</summary>
internal sealed class Gate : IDisposable
{
    public const string Issuer = "crm";

    public static readonly Guid Tenant = Guid.Parse("0197a2b4-0000-7000-8000-000000000001");

    public Gate(bool published = true)
    {
        Directory.CreateDirectory(Folder);
        Key = SigningKey.OpenOrCreate(KeyPath);
        if (published)
            Key.Publish(JwksPath);
        Raw = ECDsa.Create();
        Raw.ImportFromPem(File.ReadAllText(KeyPath));
        Ring = KeyRing.FromFile(JwksPath, Clock);
        Check = new TokenCheck(Ring, Clock, Issuer);
    }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"crm-access-{Guid.CreateVersion7():N}");

    public string KeyPath => Path.Combine(Folder, "signing.pem");

    public string JwksPath => Path.Combine(Folder, "keys.json");

    public HandClock Clock { get; } = new();

    public SigningKey Key { get; }

    public ECDsa Raw { get; }

    public KeyRing Ring { get; }

    public TokenCheck Check { get; }

    public long Now => Clock.GetUtcNow().ToUnixTimeSeconds();

    public JsonObject Header => new() { ["typ"] = "at+jwt", ["alg"] = "ES256", ["kid"] = Key.Id };

    public JsonObject Payload => new()
    {
        ["iss"] = "crm",
        ["aud"] = "crm",
        ["sub"] = "ada",
        ["name"] = "Ada Lovelace",
        ["kind"] = "user",
        ["tenant"] = Tenant.ToString(),
        ["scope"] = "crm.read crm.write",
        ["plan"] = "team",
        ["iat"] = Now,
        ["nbf"] = Now,
        ["exp"] = Now + 600,
        ["jti"] = "1",
    };

    public string Valid => Sign(Header.ToJsonString(), Payload.ToJsonString());

    public string With(Action<JsonObject> payload) => Sign(Header.ToJsonString(), Changed(Payload, payload));

    public string WithHeader(Action<JsonObject> header) => Sign(Changed(Header, header), Payload.ToJsonString());

    public string EncodedHeader => Encode(Header.ToJsonString());

    public string PayloadText => Payload.ToJsonString();

    public string SignPayload(string payload) => Sign(Header.ToJsonString(), payload);

    public string Sign(string header, string payload) => Sign(header, payload, data => Raw.SignData(data, HashAlgorithmName.SHA256));

    public static string Sign(string header, string payload, Func<byte[], byte[]> sign)
    {
        var data = $"{Encode(header)}.{Encode(payload)}";
        return $"{data}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(data)))}";
    }

    /// <summary>A token with any text in front of the signature, which fits it.</summary>
    public string SignText(string text) =>
        $"{text}.{Base64Url.EncodeToString(Raw.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256))}";

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public string Issue(SigningKey? with = null)
    {
        var now = Clock.GetUtcNow();
        var actor = new Actor(ActorKind.User, "ada", "Ada Lovelace");
        return (with ?? Key).Issue(new Caller(actor, Tenant, new HashSet<string>(), "team", now.AddHours(1)), Issuer, now);
    }

    public void Dispose()
    {
        Key.Dispose();
        Raw.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static string Changed(JsonObject json, Action<JsonObject> change)
    {
        change(json);
        return json.ToJsonString();
    }
}
