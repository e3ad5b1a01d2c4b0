using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace CrmPlatform.Access;

/// <summary>The signed form (RFC 7515, compact): header, payload and signature in strict base64url, joined by dots.</summary>
public static class Jws
{
    /// <summary>The longest text that is looked at.</summary>
    public const int MaxLength = 8192;

    /// <summary>What <see cref="SigningKey.Sign"/> signed for this use, if a key of the ring says so; otherwise null.</summary>
    public static byte[]? Open(string text, string type, KeyRing keys) =>
        text.Length <= MaxLength && Ascii.IsValid(text) && Open(Encoding.ASCII.GetBytes(text), type, keys.Current, out var payload) is null
            ? payload
            : null;

    /// <summary>Checks form, header and signature; the payload is handed out only when all fit.</summary>
    internal static TokenFault? Open(ReadOnlySpan<byte> text, string type, Ring ring, out byte[] payload)
    {
        payload = [];
        var first = text.IndexOf((byte)'.');
        var second = text.LastIndexOf((byte)'.');
        if (first < 0 || first == second || text[(first + 1)..second].Contains((byte)'.'))
            return TokenFault.Shape;
        if (Decode(text[..first]) is not { } header
            || Decode(text[(first + 1)..second]) is not { } content
            || Decode(text[(second + 1)..]) is not { } signature)
            return TokenFault.Shape;

        using var said = Json.Parse(header);
        if (said is null)
            return TokenFault.Header;
        if (Fault(said.RootElement, type, ring, out var key) is { } fault)
            return fault;
        if (!key!.Verify(text[..second], signature))
            return TokenFault.Signature;
        payload = content;
        return null;
    }

    /// <summary>What is signed: the encoded header and payload.</summary>
    internal static string Unsigned(string type, string kid, ReadOnlySpan<byte> payload)
    {
        var header = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            json.WriteString("typ", type);
            json.WriteString("alg", PublicKey.Algorithm);
            json.WriteString("kid", kid);
            json.WriteEndObject();
        }

        return $"{Base64Url.EncodeToString(header.WrittenSpan)}.{Base64Url.EncodeToString(payload)}";
    }

    // Keys that a token brings along (jwk, jku, x5c …) are not looked at: a key is trusted for being in the ring, for nothing else.
    private static TokenFault? Fault(JsonElement header, string type, Ring ring, out PublicKey? key)
    {
        key = null;
        if (header.Text("typ") != type || header.Text("kid") is not { Length: > 0 } kid || header.Has("crit"))
            return TokenFault.Header;
        if (!ring.TryGet(kid, out key))
            return TokenFault.Key;
        return header.Text("alg") == PublicKey.Algorithm ? null : TokenFault.Algorithm;
    }

    /// <summary>Bytes, or null for whatever is not the one way to write them: padding, white space, spare bits.</summary>
    internal static byte[]? Decode(ReadOnlySpan<byte> part)
    {
        if (part.IsEmpty)
            return null;
        Span<byte> bytes = new byte[Base64Url.GetMaxDecodedLength(part.Length)];
        if (Base64Url.DecodeFromUtf8(part, bytes, out _, out var written) != OperationStatus.Done)
            return null;
        bytes = bytes[..written];
        return Base64Url.EncodeToUtf8(bytes).AsSpan().SequenceEqual(part) ? bytes.ToArray() : null;
    }

    internal static byte[]? Decode(string? part) => part is null || !Ascii.IsValid(part) ? null : Decode(Encoding.ASCII.GetBytes(part));
}
