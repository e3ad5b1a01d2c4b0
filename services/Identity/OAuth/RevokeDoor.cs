using CrmPlatform.Access;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Secrets;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Identity.OAuth;

/// <summary><c>POST /oauth/revoke</c> (RFC 7009): a client gives back what it was given; with one token its whole connection ends.</summary>
internal sealed class RevokeDoor(ClientCheck clients, PageSessions sessions, TokenCheck tokens)
{
    public async Task<IResult> Handle(HttpContext http)
    {
        var asked = await Asked.OfForm(http);
        var client = await clients.Identify(http, asked);
        var text = asked.Needed("token");
        if (Opaque.TenantOf(RefreshGrant.Prefix, text) is { } tenant)
            await EndOf(tenant, client, text, null, http.RequestAborted);
        else if ((await tokens.CheckAsync(text)).Caller is { } caller && caller.Client == client.Id)
            await EndOf(
                caller.Tenant, client, null,
                caller.Connection ?? throw new OAuthRefusal("unsupported_token_type", "What a client got for itself ends by itself."),
                http.RequestAborted);
        return Results.Ok(); // also for what nobody knows: there is nothing left to revoke
    }

    private async Task EndOf(Guid tenant, KnownClient client, string? refresh, Guid? id, CancellationToken cancel)
    {
        await using var session = sessions.Begin(tenant, cancel);
        if (refresh is not null)
            id = (await session.Query<Guid?>(
                "select connection from refresh_token where tenant = @tenant and hash = @hash", new { hash = Opaque.Hash(refresh) })).FirstOrDefault();
        if (id is null || await session.List<Connection>("id = @id", new { id }, locks: true) is not [var connection] || connection.ClientId != client.Id)
            return;
        await connection.End(session, "revoked");
        await session.Commit();
    }
}
