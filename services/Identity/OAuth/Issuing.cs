using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrmPlatform.Access;
using CrmPlatform.Hosting;
using CrmPlatform.Identity.Companies;
using CrmPlatform.Identity.Keys;
using CrmPlatform.Journal;

namespace CrmPlatform.Identity.OAuth;

/// <summary>Makes tokens: of access for ten minutes, and of identity.</summary>
internal sealed class Issuing(SigningKeys keys, Settings settings, TimeProvider clock, OAuthMetrics metrics)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <summary>The header's <c>typ</c> of an id token: neither kind passes for the other.</summary>
    public const string IdTokenType = "JWT";

    /// <summary>An access token, and how many seconds it is good for.</summary>
    public (string Token, int Seconds) AccessToken(Caller caller, string grant)
    {
        var now = clock.GetUtcNow();
        var expires = caller.Expires < now + Life ? caller.Expires : now + Life;
        metrics.Issued(grant);
        return (keys.Current.Issue(caller with { Expires = expires }, settings.Issuer, now), Math.Max(0, (int)(expires - now).TotalSeconds));
    }

    /// <summary>Says to a client who has logged in, when and how.</summary>
    public string IdToken(Caller caller, Holder holder, string? nonce, string accessToken)
    {
        var now = clock.GetUtcNow();
        var payload = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(payload))
        {
            json.WriteStartObject();
            json.WriteString("iss", settings.Issuer);
            json.WriteString("aud", caller.Client);
            json.WriteString("sub", caller.Actor.Id);
            json.WriteString("tenant", caller.Tenant);
            if (caller.Source is { } source)
                json.WriteString("sid", source);
            if (nonce is not null)
                json.WriteString("nonce", nonce);
            json.WriteNumber("auth_time", caller.AuthTime!.Value.ToUnixTimeSeconds());
            json.WriteStartArray("amr");
            foreach (var method in caller.Methods)
                json.WriteStringValue(method);
            json.WriteEndArray();
            foreach (var (name, value) in holder.Claims(caller.Scopes))
                if (value is bool truth)
                    json.WriteBoolean(name, truth);
                else
                    json.WriteString(name, $"{value}");
            json.WriteString("at_hash", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, 16)));
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", (now + Life).ToUnixTimeSeconds());
            json.WriteEndObject();
        }
        return keys.Current.Sign(IdTokenType, payload.WrittenSpan);
    }

    /// <summary>The plan of a company.</summary>
    public static async Task<string> PlanOf(Session session) =>
        (await session.List<Company>("id = @tenant and deleted_at is null", new { })) is [var company] ? company.Plan : Plans.Usual;
}
