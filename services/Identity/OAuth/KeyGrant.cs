using System.Net;
using CrmPlatform.Access;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Identity.ApiKeys;
using CrmPlatform.Identity.Clients;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Secrets;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Identity.OAuth;

/// <summary>A short token for an API key (RFC 8693). The edge asks so for whoever shows it one; the token carries the key's networks along.</summary>
internal sealed class KeyGrant(PageSessions sessions, Issuing issuing)
{
    public const string Type = ApiKeyExchange.GrantType;

    public async Task<TokenAnswer> Handle(HttpContext http, Asked asked)
    {
        if (asked.Needed("subject_token_type") != ApiKeyExchange.ApiKeyType)
            throw new OAuthRefusal("invalid_request", $"The subject_token_type is {ApiKeyExchange.ApiKeyType}.");
        if (asked["requested_token_type"] is { } type && type != ApiKeyExchange.AccessTokenType)
            throw new OAuthRefusal("invalid_request", $"The requested_token_type is {ApiKeyExchange.AccessTokenType}.");
        var secret = asked.Needed("subject_token");
        if (Opaque.TenantOf(ProgramSecrets.OfApiKey, secret) is not { } tenant)
            throw NotGood();

        await using var session = sessions.Begin(tenant, http.RequestAborted);
        if (await ProgramSecrets.Recognise(session, secret, Visit.Of(http).Address) is not { } id
            || await session.List<ApiKey>("id = @id and revoked_at is null and deleted_at is null", new { id }) is not [var key]
            || key.ExpiresAt <= session.Now)
            throw NotGood();
        var caller = new Caller(
            new Actor(ActorKind.System, key.Id.ToString(), key.Name), tenant, key.Scopes.ToHashSet(), await Issuing.PlanOf(session),
            key.ExpiresAt ?? DateTimeOffset.MaxValue)
        {
            Roles = key.Roles,
            Source = key.Id,
            Networks = [.. key.Networks.Select(network => IPNetwork.Parse(network))],
        };
        if (!caller.MayCallFrom(Callers.CameFrom(http)))
            throw new OAuthRefusal("invalid_grant", "This key may not be used from this address.", 403);
        await session.Commit();
        var (token, seconds) = issuing.AccessToken(caller, "api_key");
        return new TokenAnswer(token, seconds, string.Join(' ', key.Scopes)) { IssuedTokenType = ApiKeyExchange.AccessTokenType };
    }

    private static OAuthRefusal NotGood() => OAuthRefusal.Grant("The key is not known, has ended or was revoked.");
}
