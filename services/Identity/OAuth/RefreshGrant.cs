using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Secrets;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Identity.OAuth;

/// <summary>
/// Tokens for a refresh token, which is good for one use: with them comes the next. One that comes again is in two hands; its connection ends.
/// </summary>
internal sealed class RefreshGrant(PageSessions sessions, Connections connections, OAuthMetrics metrics)
{
    public const string Type = "refresh_token";
    public const string Prefix = "rt_";

    public async Task<TokenAnswer> Handle(HttpContext http, Asked asked, KnownClient client)
    {
        var text = asked.Needed("refresh_token");
        if (Opaque.TenantOf(Prefix, text) is not { } tenant)
            throw NotGood();
        await using var session = sessions.Begin(tenant, http.RequestAborted);
        var hash = Opaque.Hash(text);
        await Opaque.OneAtATime(session, hash);
        if (await session.Query<Row>(
                "select connection, auth_time, amr, ends_at, used_at from refresh_token where tenant = @tenant and hash = @hash",
                new { hash }) is not [var token]
            || await session.List<Connection>("id = @id", new { id = token.Connection }, locks: true) is not [var connection]
            || connection.ClientId != client.Id)
            throw NotGood();
        if (token.UsedAt is not null)
        {
            metrics.Reused();
            await connection.End(session, "reused");
            await session.Commit();
            throw NotGood();
        }
        if (connection.EndedAt is not null || token.EndsAt <= session.Now)
            throw NotGood();
        var scopes = asked["scope"] is null ? connection.Scopes : asked.Words("scope");
        if (scopes.Except(connection.Scopes).Any())
            throw new OAuthRefusal("invalid_scope", "A refresh token gives no more than was agreed to.");
        await session.Execute("update refresh_token set used_at = @now where tenant = @tenant and hash = @hash", new { now = session.Now, hash });
        var going = await connections.GoOn(session, connection, token.AuthTime, token.Amr, http.RequestAborted);
        return await connections.Answer(session, client, going, scopes, nonce: null, Type);
    }

    private static OAuthRefusal NotGood() => OAuthRefusal.Grant("The refresh token is not known, was used, has ended or was revoked.");

    private sealed record Row
    {
        public required Guid Connection { get; init; }

        public required DateTimeOffset AuthTime { get; init; }

        public required string[] Amr { get; init; }

        public required DateTimeOffset EndsAt { get; init; }

        public DateTimeOffset? UsedAt { get; init; }
    }
}
