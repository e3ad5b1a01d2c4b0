using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CrmPlatform.Access;

/// <summary>The compact form of a signed JSON (RFC 7515) with ES256, and nothing else: the key decides the algorithm, never the header.</summary>
public static class Jws
{
    private const int Longest = 8192;
    private const int SignatureBytes = 64; // r and s of P-256, never DER

    /// <summary>Signs a payload.</summary>
    public static string Sign(ECDsa key, string keyId, string type, ReadOnlySpan<byte> payload)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = "ES256", typ = type, kid = keyId });
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The payload of a text whose signature holds under a key of the ring, or null.</summary>
    public static byte[]? Open(string text, string type, KeyRing keys)
    {
        if (text.Length > Longest || text.Split('.') is not [var header, var payload, var signature])
            return null;
        if (Decode(signature) is not { Length: SignatureBytes } mark || Decode(payload) is not { } body || Decode(header) is not { } head)
            return null;
        if (KeyIdOf(head, type) is not { } keyId || keys.Find(keyId) is not { } key)
            return null;
        var signed = Encoding.ASCII.GetBytes($"{header}.{payload}");
        return key.VerifyData(signed, mark, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation) ? body : null;
    }

    /// <summary>Members of a JSON object, or null when it is none, is nested deeply, or names a member twice.</summary>
    internal static Dictionary<string, JsonElement>? Members(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4, AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.Clone(), StringComparer.Ordinal)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A member that is a text of sensible length.</summary>
    internal static string? Text(this Dictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= 1024 } text ? text : null;

    // A header that asks for anything we do not know (crit) is refused; keys it brings along (jwk, jku, x5u) are not looked at.
    private static string? KeyIdOf(byte[] header, string type)
    {
        if (Members(header) is not { } members || members.ContainsKey("crit"))
            return null;
        return members.Text("alg") == "ES256" && members.Text("typ") == type ? members.Text("kid") : null;
    }

    // Strict: no padding, no white space, no bits left over.
    private static byte[]? Decode(string text)
    {
        if (text.Length == 0 || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            return null;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (!Base64Url.TryDecodeFromChars(text, bytes, out var written))
            return null;
        Array.Resize(ref bytes, written);
        return Base64Url.EncodeToString(bytes) == text ? bytes : null;
    }
}
