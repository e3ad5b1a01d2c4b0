using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CrmPlatform.Access;
using static CrmPlatform.Shared.Tests.Access.Forge;

namespace CrmPlatform.Shared.Tests.Access;

/// <summary>What somebody may try with a signature, and with a key of their own.</summary>
internal static class ForgedSignatures
{
    public static IEnumerable<Forged> All { get; } =
    [
        new("payload swapped", TokenFault.Signature,
            gate => Parts(gate, (1, Gate.Encode(gate.PayloadText.Replace("ada", "eve", StringComparison.Ordinal))))),
        new("header swapped", TokenFault.Signature, gate => Parts(gate, (0, Gate.Encode(gate.Header.ToJsonString() + " ")))),
        new("another key's signature", TokenFault.Signature, gate => Signed(gate, data => AnotherKey(key => key.SignData(data, Sha256)))),
        new("signature over SHA-384", TokenFault.Signature,
            gate => Signed(gate, data => gate.Raw.SignData(data, HashAlgorithmName.SHA384))),
        new("signature of the text without its dot", TokenFault.Signature,
            gate => Signed(gate, data => gate.Raw.SignData(data.AsSpan()[1..], Sha256))),
        new("signature as DER", TokenFault.Signature,
            gate => Signed(gate, data => gate.Raw.SignData(data, Sha256, DSASignatureFormat.Rfc3279DerSequence))),
        new("signature cut by one byte", TokenFault.Signature, gate => Changed(gate, signature => signature[..^1])),
        new("signature cut in half", TokenFault.Signature, gate => Changed(gate, signature => signature[..32])),
        new("signature one byte longer", TokenFault.Signature, gate => Changed(gate, signature => [.. signature, 0])),
        new("signature with zeros in front", TokenFault.Signature,
            gate => Changed(gate, signature => [0, .. signature[..32], 0, .. signature[32..]])),
        new("r and s swapped", TokenFault.Signature, gate => Changed(gate, signature => [.. signature[32..], .. signature[..32]])),
        new("r = s = 0", TokenFault.Signature, gate => Changed(gate, _ => new byte[64])),
        new("r = 0", TokenFault.Signature, gate => Changed(gate, signature => [.. new byte[32], .. signature[32..]])),
        new("s = 0", TokenFault.Signature, gate => Changed(gate, signature => [.. signature[..32], .. new byte[32]])),
        new("r = s = the curve's order", TokenFault.Signature, gate => Changed(gate, _ => [.. Order, .. Order])),
        new("all bits set", TokenFault.Signature, gate => Changed(gate, _ => [.. Enumerable.Repeat((byte)255, 64)])),
        new("a key of its own in jwk", TokenFault.Signature, gate => OwnKey(gate, (header, jwk) => header["jwk"] = jwk)),
        new("a key of its own behind jku", TokenFault.Signature,
            gate => OwnKey(gate, (header, _) => header["jku"] = "https://keys.example/jwks.json")),
        new("a key of its own behind jku, kid unknown", TokenFault.Key, gate => OwnKey(gate, (header, jwk) =>
            (header["jku"], header["jwk"], header["kid"]) = ("https://keys.example/jwks.json", jwk, "mine"))),
        new("a certificate of its own in x5c", TokenFault.Signature,
            gate => OwnKey(gate, (header, _) => header["x5c"] = new JsonArray("MIIB"))),
    ];
}
