using System.Text;
using System.Text.Json.Nodes;
using CrmPlatform.Access;
using static CrmPlatform.Shared.Tests.Access.Forge;

namespace CrmPlatform.Shared.Tests.Access;

/// <summary>What somebody may try with the form of a token and its header.</summary>
internal static class ForgedHeaders
{
    public static IEnumerable<Forged> Shapes { get; } =
    [
        new("nothing", TokenFault.Shape, _ => null),
        new("empty", TokenFault.Shape, _ => ""),
        new("two dots alone", TokenFault.Shape, _ => ".."),
        new("one part", TokenFault.Shape, _ => "abc"),
        new("two parts", TokenFault.Shape, gate => gate.Valid[..gate.Valid.LastIndexOf('.')]),
        new("four parts", TokenFault.Shape, gate => gate.Valid + ".abcd"),
        new("a dot too many at the end", TokenFault.Shape, gate => gate.Valid + "."),
        new("a dot too many in front", TokenFault.Shape, gate => "." + gate.Valid),
        new("two dots together", TokenFault.Shape, gate => gate.Valid.Replace(".", "..", StringComparison.Ordinal)),
        new("no signature", TokenFault.Shape, gate => gate.Valid[..(gate.Valid.LastIndexOf('.') + 1)]),
        new("oversize", TokenFault.TooLong, gate => gate.With(claims => claims["name"] = new string('x', 8192))),
        new("huge", TokenFault.TooLong, _ => new string('a', 10_000_000)),
        new("dots without end", TokenFault.Shape, _ => new string('.', 8192)),
        new("padded signature", TokenFault.Shape, gate => gate.Valid + "=="),
        new("padded payload, signed so", TokenFault.Shape, gate => gate.SignText($"{gate.EncodedHeader}.{Padded(gate)}")),
        new("a space in the payload, signed so", TokenFault.Shape, gate => gate.SignText(Unsigned(gate) + " ")),
        new("a line break", TokenFault.Shape, gate => gate.Valid + "\n"),
        new("a space in front", TokenFault.Shape, gate => " " + gate.Valid),
        new("the other base64 alphabet", TokenFault.Shape, gate => gate.SignText($"{gate.EncodedHeader}.+/+/")),
        new("not ASCII", TokenFault.Shape, gate => gate.Valid[..^1] + "é"),
        new("a length that base64 cannot have", TokenFault.Shape, gate => gate.SignText($"{gate.EncodedHeader}.abcde")),
        new("spare bits in the signature", TokenFault.Shape, gate => gate.Valid[..^1] + (char)(gate.Valid[^1] + 1)),
        new("URL encoded", TokenFault.Shape, gate => gate.Valid.Replace(".", "%2E", StringComparison.Ordinal)),
    ];

    public static IEnumerable<Forged> Headers { get; } =
    [
        new("alg none, unsigned", TokenFault.Shape,
            gate => $"{Gate.Encode("""{"alg":"none","typ":"at+jwt"}""")}.{Gate.Encode(gate.PayloadText)}."),
        new("alg none with kid, unsigned", TokenFault.Shape, gate => Unsigned(gate, "none") + "."),
        new("alg none with kid and a signature", TokenFault.Algorithm, gate => gate.WithHeader(header => header["alg"] = "none")),
        new("alg NoNe", TokenFault.Algorithm, gate => gate.WithHeader(header => header["alg"] = "NoNe")),
        new("HS256 keyed with the public key as PEM", TokenFault.Algorithm,
            gate => Hmac(gate, Encoding.ASCII.GetBytes(gate.Raw.ExportSubjectPublicKeyInfoPem()))),
        new("HS256 keyed with the public key as DER", TokenFault.Algorithm, gate => Hmac(gate, gate.Raw.ExportSubjectPublicKeyInfo())),
        new("HS256 keyed with the key file", TokenFault.Algorithm, gate => Hmac(gate, File.ReadAllBytes(gate.JwksPath))),
        new("HMAC called ES256", TokenFault.Signature, gate => Hmac(gate, gate.Raw.ExportSubjectPublicKeyInfo(), "ES256")),
        new("RS256", TokenFault.Algorithm, gate => Rsa(gate, "RS256")),
        new("RSA called ES256", TokenFault.Signature, gate => Rsa(gate, "ES256")),
        new("ES384 named, ES256 signed", TokenFault.Algorithm, gate => gate.WithHeader(header => header["alg"] = "ES384")),
        new("alg in lower case", TokenFault.Algorithm, gate => gate.WithHeader(header => header["alg"] = "es256")),
        new("alg missing", TokenFault.Algorithm, gate => gate.WithHeader(header => header.Remove("alg"))),
        new("alg a list", TokenFault.Algorithm, gate => gate.WithHeader(header => header["alg"] = new JsonArray("ES256"))),
        new("kid missing", TokenFault.Header, gate => gate.WithHeader(header => header.Remove("kid"))),
        new("kid empty", TokenFault.Header, gate => gate.WithHeader(header => header["kid"] = "")),
        new("kid a number", TokenFault.Header, gate => gate.WithHeader(header => header["kid"] = 7)),
        new("kid unknown", TokenFault.Key, gate => gate.WithHeader(header => header["kid"] = "another")),
        new("kid a path", TokenFault.Key, gate => gate.WithHeader(header => header["kid"] = "../../../dev/null")),
        new("kid in another case", TokenFault.Key, gate => gate.WithHeader(header => header["kid"] = Swapped(gate.Key.Id))),
        new("kid half a surrogate pair", TokenFault.Header, gate => gate.Sign("""{"typ":"at+jwt","alg":"ES256","kid":"\ud800"}""", "{}")),
        new("a name of half a surrogate pair", TokenFault.Header, gate => gate.Sign("""{"\ud800":1}""", "{}")),
        new("typ missing", TokenFault.Header, gate => gate.WithHeader(header => header.Remove("typ"))),
        new("typ of an anchor", TokenFault.Header, gate => gate.Key.Sign("crm-anchor", Encoding.UTF8.GetBytes(gate.PayloadText))),
        new("crit", TokenFault.Header, gate => gate.WithHeader(header => header["crit"] = new JsonArray("exp"))),
        new("crit empty", TokenFault.Header, gate => gate.WithHeader(header => header["crit"] = new JsonArray())),
        new("crit null", TokenFault.Header, gate => gate.WithHeader(header => header["crit"] = null)),
        new("alg twice", TokenFault.Header, gate => gate.Sign(Twice(gate.Header, "alg", "\"ES256\""), gate.PayloadText)),
        new("kid twice", TokenFault.Header, gate => gate.Sign(Twice(gate.Header, "kid", $"\"{gate.Key.Id}\""), gate.PayloadText)),
        new("header a list", TokenFault.Header, gate => gate.Sign("[]", gate.PayloadText)),
        new("header null", TokenFault.Header, gate => gate.Sign("null", gate.PayloadText)),
        new("header not JSON", TokenFault.Header, gate => gate.Sign("typ=at+jwt", gate.PayloadText)),
        new("header with a comment", TokenFault.Header, gate => gate.Sign(gate.Header.ToJsonString() + "/**/", gate.PayloadText)),
        new("header with more after it", TokenFault.Header, gate => gate.Sign(gate.Header.ToJsonString() + "{}", gate.PayloadText)),
        new("header deep as a well", TokenFault.Header, gate => gate.Sign(Deep(gate.Header), gate.PayloadText)),
    ];
}
