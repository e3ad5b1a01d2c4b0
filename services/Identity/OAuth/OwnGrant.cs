using CrmPlatform.Access;
using CrmPlatform.Identity.LogIn;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Identity.OAuth;

/// <summary>A client acts for itself (client credentials).</summary>
internal sealed class OwnGrant(PageSessions sessions, Issuing issuing)
{
    public const string Type = "client_credentials";

    public async Task<TokenAnswer> Handle(HttpContext http, Asked asked, KnownClient client)
    {
        if (!client.Confidential || client.Tenant is not { } tenant)
            throw new OAuthRefusal("unauthorized_client", "What cannot keep a secret cannot act for itself.");
        string[] most = [.. client.Scopes.Intersect(OAuthScopes.ForKeys)];
        var scopes = asked["scope"] is null ? most : asked.Words("scope");
        if (scopes.Length == 0 || scopes.Except(most).Any())
            throw new OAuthRefusal("invalid_scope", "The client cannot have all of these scopes for itself.");
        await using var session = sessions.Begin(tenant, http.RequestAborted);
        var caller = new Caller(
            new Actor(ActorKind.System, client.Record.ToString(), client.Name), tenant, scopes.ToHashSet(), await Issuing.PlanOf(session),
            DateTimeOffset.MaxValue)
        {
            Roles = client.Roles,
            Source = client.Record,
            Client = client.Id,
        };
        var (token, seconds) = issuing.AccessToken(caller, Type);
        return new TokenAnswer(token, seconds, string.Join(' ', scopes));
    }
}
