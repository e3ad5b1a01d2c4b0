using System.Buffers.Text;
using System.Text.Json.Nodes;
using CrmPlatform.Access;
using static CrmPlatform.Shared.Tests.Access.Forge;

namespace CrmPlatform.Shared.Tests.Access;

/// <summary>What may be wrong with claims that are signed with the right key.</summary>
internal static class ForgedClaims
{
    public static IEnumerable<Forged> Payloads { get; } =
    [
        new("payload not JSON", TokenFault.Claims, gate => gate.SignPayload("claims")),
        new("payload a list", TokenFault.Claims, gate => gate.SignPayload("[1]")),
        new("payload cut", TokenFault.Claims, gate => gate.SignPayload(gate.PayloadText[..^1])),
        new("payload not UTF-8", TokenFault.Claims,
            gate => gate.SignText($"{gate.EncodedHeader}.{Base64Url.EncodeToString([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])}")),
        new("tenant twice", TokenFault.Claims, gate => gate.SignPayload(Twice(gate.Payload, "tenant", $"\"{Guid.CreateVersion7()}\""))),
        new("sub twice, the same", TokenFault.Claims, gate => gate.SignPayload(Twice(gate.Payload, "sub", "\"ada\""))),
        new("sub twice, once escaped", TokenFault.Claims, gate => gate.SignPayload(Twice(gate.Payload, "s\\u0075b", "\"eve\""))),
        new("a name twice, deeper down", TokenFault.Claims, gate => gate.SignPayload(Twice(gate.Payload, "x", """{"a":1,"a":2}"""))),
        new("deep lists", TokenFault.Claims,
            gate => gate.SignPayload(Twice(gate.Payload, "x", new string('[', 2_500) + new string(']', 2_500)))),
        new("deep objects", TokenFault.Claims, gate => gate.SignPayload(Deep(gate.Payload))),
        new("issuer another", TokenFault.Issuer, gate => gate.With(claims => claims["iss"] = "https://login.example")),
        new("issuer missing", TokenFault.Issuer, gate => gate.With(claims => claims.Remove("iss"))),
        new("issuer in capitals", TokenFault.Issuer, gate => gate.With(claims => claims["iss"] = "CRM")),
        new("issuer under another spelling", TokenFault.Issuer,
            gate => gate.With(claims => (claims["ISS"], claims["iss"]) = ("crm", null))),
        new("issuer a list", TokenFault.Issuer, gate => gate.With(claims => claims["iss"] = new JsonArray("crm"))),
        new("audience another", TokenFault.Audience, gate => gate.With(claims => claims["aud"] = "mail")),
        new("audience missing", TokenFault.Audience, gate => gate.With(claims => claims.Remove("aud"))),
        new("audience longer", TokenFault.Audience, gate => gate.With(claims => claims["aud"] = "crm mail")),
        new("audience an empty list", TokenFault.Audience, gate => gate.With(claims => claims["aud"] = new JsonArray())),
        new("audience others", TokenFault.Audience,
            gate => gate.With(claims => claims["aud"] = new JsonArray("mail", 1, null, new JsonArray("crm")))),
        new("expired", TokenFault.Expired,
            gate => gate.With(claims => (claims["iat"], claims["nbf"], claims["exp"]) = (gate.Now - 700, gate.Now - 700, gate.Now - 100))),
        new("expired at the beginning of time", TokenFault.Expired, gate => gate.With(claims => claims["exp"] = 0)),
        new("not valid yet", TokenFault.NotYet, gate => gate.With(claims => claims["nbf"] = gate.Now + 100)),
        new("issued in the future", TokenFault.NotYet, gate => gate.With(claims => claims["iat"] = gate.Now + 100)),
        new("exp missing", TokenFault.Times, gate => gate.With(claims => claims.Remove("exp"))),
        new("exp null", TokenFault.Times, gate => gate.With(claims => claims["exp"] = null)),
        new("exp a text", TokenFault.Times, gate => gate.With(claims => claims["exp"] = $"{gate.Now + 600}")),
        new("exp negative", TokenFault.Times, gate => gate.With(claims => claims["exp"] = -1)),
        new("exp beyond all calendars", TokenFault.Times, gate => gate.With(claims => claims["exp"] = long.MaxValue)),
        new("exp infinite", TokenFault.Times, gate => gate.With(claims => claims["exp"] = JsonNode.Parse("1e999"))),
        new("nbf missing", TokenFault.Times, gate => gate.With(claims => claims.Remove("nbf"))),
        new("iat missing", TokenFault.Times, gate => gate.With(claims => claims.Remove("iat"))),
    ];

    public static IEnumerable<Forged> Rights { get; } =
    [
        new("tenant missing", TokenFault.Tenant, gate => gate.With(claims => claims.Remove("tenant"))),
        new("tenant not a UUID", TokenFault.Tenant, gate => gate.With(claims => claims["tenant"] = "acme")),
        new("tenant a UUID in braces", TokenFault.Tenant, gate => gate.With(claims => claims["tenant"] = $"{{{Gate.Tenant}}}")),
        new("tenant two UUIDs", TokenFault.Tenant,
            gate => gate.With(claims => claims["tenant"] = new JsonArray(Gate.Tenant.ToString(), Gate.Tenant.ToString()))),
        new("tenant all zeros", TokenFault.Tenant, gate => gate.With(claims => claims["tenant"] = Guid.Empty.ToString())),
        new("tenant with SQL", TokenFault.Tenant, gate => gate.With(claims => claims["tenant"] = $"{Gate.Tenant}' or '1'='1")),
        new("sub missing", TokenFault.Subject, gate => gate.With(claims => claims.Remove("sub"))),
        new("sub empty", TokenFault.Subject, gate => gate.With(claims => claims["sub"] = "")),
        new("sub a number", TokenFault.Subject, gate => gate.With(claims => claims["sub"] = 1)),
        new("sub two lines", TokenFault.Subject, gate => gate.With(claims => claims["sub"] = "ada\r\nX-Admin: 1")),
        new("sub endless", TokenFault.Subject, gate => gate.With(claims => claims["sub"] = new string('a', 201))),
        new("sub half a surrogate pair", TokenFault.Subject,
            gate => gate.SignPayload(gate.PayloadText.Replace("\"ada\"", "\"\\udc00\"", StringComparison.Ordinal))),
        new("kind missing", TokenFault.Subject, gate => gate.With(claims => claims.Remove("kind"))),
        new("kind the platform", TokenFault.Subject, gate => gate.With(claims => claims["kind"] = "platform")),
        new("kind in capitals", TokenFault.Subject, gate => gate.With(claims => claims["kind"] = "User")),
        new("name not a text", TokenFault.Subject, gate => gate.With(claims => claims["name"] = new JsonObject())),
        new("scope a list", TokenFault.Rights, gate => gate.With(claims => claims["scope"] = new JsonArray("crm.ops"))),
        new("roles a text", TokenFault.Rights, gate => gate.With(claims => claims["roles"] = "sales")),
        new("roles null", TokenFault.Rights, gate => gate.With(claims => claims["roles"] = null)),
        new("a role that is none", TokenFault.Rights, gate => gate.With(claims => claims["roles"] = new JsonArray("sales", null))),
        new("a role without a name", TokenFault.Rights, gate => gate.With(claims => claims["roles"] = new JsonArray(""))),
        new("roles without end", TokenFault.Rights,
            gate => gate.With(claims => claims["roles"] = new JsonArray([.. Enumerable.Range(0, 51).Select(i => JsonValue.Create($"r{i}"))]))),
        new("teams a text", TokenFault.Rights, gate => gate.With(claims => claims["teams"] = Gate.Tenant.ToString())),
        new("teams null", TokenFault.Rights, gate => gate.With(claims => claims["teams"] = null)),
        new("a team that is no UUID", TokenFault.Rights, gate => gate.With(claims => claims["teams"] = new JsonArray("north"))),
        new("a sign-in that is no UUID", TokenFault.Rights, gate => gate.With(claims => claims["sid"] = "mine")),
        new("a connection that is null", TokenFault.Rights, gate => gate.With(claims => claims["connection"] = null)),
        new("a version below zero", TokenFault.Rights, gate => gate.With(claims => claims["ver"] = -1)),
        new("a version that is a text", TokenFault.Rights, gate => gate.With(claims => claims["ver"] = "3")),
        new("networks a text", TokenFault.Rights, gate => gate.With(claims => claims["networks"] = "10.0.0.0/8")),
        new("a network that is none", TokenFault.Rights, gate => gate.With(claims => claims["networks"] = new JsonArray("10.0.0.0/8", "everywhere"))),
        new("amr a text", TokenFault.Rights, gate => gate.With(claims => claims["amr"] = "mfa")),
        new("auth_time a text", TokenFault.Rights, gate => gate.With(claims => claims["auth_time"] = "today")),
        new("client_id a list", TokenFault.Rights, gate => gate.With(claims => claims["client_id"] = new JsonArray("web"))),
        new("plan a number", TokenFault.Rights, gate => gate.With(claims => claims["plan"] = 1)),
    ];
}
