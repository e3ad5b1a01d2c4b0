using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CrmPlatform.Shared.Tests.Access;

/// <summary>The forger's tools.</summary>
internal static class Forge
{
    public static readonly HashAlgorithmName Sha256 = HashAlgorithmName.SHA256;

    /// <summary>The order of P-256: as r or s it is zero in disguise.</summary>
    public static readonly byte[] Order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    public static string Signed(Gate gate, Func<byte[], byte[]> sign) => Gate.Sign(gate.Header.ToJsonString(), gate.PayloadText, sign);

    public static string Changed(Gate gate, Func<byte[], byte[]> change) => Signed(gate, data => change(gate.Raw.SignData(data, Sha256)));

    public static string Hmac(Gate gate, byte[] secret, string algorithm = "HS256") =>
        Gate.Sign(Named(gate, algorithm).ToJsonString(), gate.PayloadText, data => HMACSHA256.HashData(secret, data));

    public static string Rsa(Gate gate, string algorithm)
    {
        using var rsa = RSA.Create(2048);
        return Gate.Sign(Named(gate, algorithm).ToJsonString(), gate.PayloadText, Sign);

        byte[] Sign(byte[] data) => rsa.SignData(data, Sha256, RSASignaturePadding.Pkcs1);
    }

    public static string OwnKey(Gate gate, Action<JsonObject, JsonObject> bring) => AnotherKey(key =>
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var header = gate.Header;
        bring(header, new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        });
        return Gate.Sign(header.ToJsonString(), gate.PayloadText, data => key.SignData(data, Sha256));
    });

    public static T AnotherKey<T>(Func<ECDsa, T> use)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return use(key);
    }

    public static JsonObject Named(Gate gate, string algorithm)
    {
        var header = gate.Header;
        header["alg"] = algorithm;
        return header;
    }

    public static string Unsigned(Gate gate, string algorithm = "ES256") =>
        $"{Gate.Encode(Named(gate, algorithm).ToJsonString())}.{Gate.Encode(gate.PayloadText)}";

    public static string Padded(Gate gate)
    {
        var payload = gate.PayloadText;
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(payload + new string(' ', 1 + ((3 - ((payload.Length + 2) % 3)) % 3))))
            .Replace('+', '-').Replace('/', '_').TrimEnd('=') + "=";
    }

    public static string Parts(Gate gate, (int Index, string Text) with)
    {
        var parts = gate.Valid.Split('.');
        parts[with.Index] = with.Text;
        return string.Join('.', parts);
    }

    public static string Twice(JsonObject json, string name, string value) => json.ToJsonString()[..^1] + $",\"{name}\":{value}}}";

    public static string Deep(JsonObject json) =>
        Twice(json, "x", string.Concat(Enumerable.Repeat("{\"a\":", 700)) + "1" + new string('}', 700));

    public static string Swapped(string text) =>
        string.Concat(text.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));
}
