using CrmPlatform.Access;
using CrmPlatform.Hosting;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Secrets;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Identity.OAuth;

/// <summary><c>POST /oauth/introspect</c> (RFC 7662): a server of the company asks whether a token of the company is good, and for what.</summary>
internal sealed class IntrospectDoor(ClientCheck clients, PageSessions sessions, TokenCheck tokens, Settings settings)
{
    private static readonly IResult Inactive = Results.Json(new { active = false });

    public async Task<IResult> Handle(HttpContext http)
    {
        var asked = await Asked.OfForm(http);
        var client = await clients.Identify(http, asked);
        if (!client.Confidential || client.Tenant is not { } tenant)
            throw new OAuthRefusal("unauthorized_client", "Only a client with a secret may ask about tokens.", 403);
        var text = asked.Needed("token");
        await using var session = sessions.Begin(tenant, http.RequestAborted);
        return text.StartsWith(RefreshGrant.Prefix, StringComparison.Ordinal)
            ? await OfRefresh(session, client, text)
            : await OfAccess(session, await tokens.CheckAsync(text), tenant);
    }

    private async Task<IResult> OfAccess(Session session, Verdict verdict, Guid tenant)
    {
        if (verdict.Caller is not { } caller || caller.Tenant != tenant || await IsRevoked(session, caller) || !await IsThere(session, caller.Actor))
            return Inactive;
        return Results.Json(new
        {
            active = true,
            scope = string.Join(' ', caller.Scopes),
            client_id = caller.Client,
            username = caller.Actor.Name,
            token_type = "Bearer",
            exp = caller.Expires.ToUnixTimeSeconds(),
            sub = caller.Actor.Id,
            aud = settings.Issuer,
            iss = settings.Issuer,
            tenant = caller.Tenant,
        });
    }

    // A connection that goes on without a sign-in does not go on without its person.
    private static async Task<bool> IsThere(Session session, Actor actor) =>
        actor.Kind != ActorKind.User || (Guid.TryParse(actor.Id, out var user) && await Holder.Find(session, user) is not null);

    private static async Task<IResult> OfRefresh(Session session, KnownClient client, string text)
    {
        var found = await session.Query<DateTimeOffset>(
            """
            select r.ends_at from refresh_token r join connection c on c.tenant = r.tenant and c.id = r.connection
            where r.tenant = @tenant and r.hash = @hash and r.used_at is null and r.ends_at > @now and c.ended_at is null and c.client_id = @client
            """,
            new { hash = Opaque.Hash(text), now = session.Now, client = client.Id });
        return found is [var ends] ? Results.Json(new { active = true, client_id = client.Id, exp = ends.ToUnixTimeSeconds() }) : Inactive;
    }

    private static async Task<bool> IsRevoked(Session session, Caller caller) => (await session.Query<int>(
        """
        select 1 where exists (select from connection where tenant = @tenant and id = any(@ids) and ended_at is not null)
            or exists (select from sign_in where tenant = @tenant and id = any(@ids) and ended_at is not null)
            or exists (select from client where tenant = @tenant and id = any(@ids) and revoked_at is not null)
            or exists (select from api_key where tenant = @tenant and id = any(@ids) and revoked_at is not null)
        """,
        new { ids = new[] { caller.Source, caller.Connection }.OfType<Guid>().ToArray() })).Count > 0;
}
