using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Secrets;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Identity.OAuth;

/// <summary>Tokens for a code: once, within a minute, for the client that asked, with the verifier of its challenge.</summary>
internal sealed class CodeGrant(PageSessions sessions, Connections connections, OAuthMetrics metrics)
{
    public const string Type = "authorization_code";
    public const string Prefix = "co_";
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    public async Task<TokenAnswer> Handle(HttpContext http, Asked asked, KnownClient client)
    {
        var (text, verifier) = (asked.Needed("code"), asked.Needed("code_verifier"));
        if (Opaque.TenantOf(Prefix, text) is not { } tenant)
            throw NotGood();
        var hash = Opaque.Hash(text);
        await using var session = sessions.Begin(tenant, http.RequestAborted);
        await Opaque.OneAtATime(session, hash);
        if (await session.Query<Code>(
                """
                select client_id, redirect_uri, scopes, challenge, nonce, user_id, sign_in_id, ends_at, used_at, connection
                from oauth_code where tenant = @tenant and hash = @hash
                """,
                new { hash }) is not [var code] || code.ClientId != client.Id)
            throw NotGood();
        if (code.UsedAt is not null)
        {
            await CameTwice(session, code);
            throw NotGood();
        }
        if (code.EndsAt <= session.Now)
            throw NotGood();
        if (asked["redirect_uri"] is { } back && back != code.RedirectUri)
            throw OAuthRefusal.Grant("The redirect_uri is not the one the code was sent to.");
        if (!Fits(verifier, code.Challenge))
            throw OAuthRefusal.Grant("The code_verifier does not fit the challenge.");

        var connection = await connections.Begin(session, client, code.UserId, code.SignInId, code.Scopes, http.RequestAborted);
        await session.Execute(
            "update oauth_code set used_at = @now, connection = @connection where tenant = @tenant and hash = @hash",
            new { now = session.Now, connection = connection.Record.Id, hash });
        return await connections.Answer(session, client, connection, connection.Record.Scopes, code.Nonce, Type);
    }

    // Whoever comes second may be the one it was meant for: nobody goes on with what came of it.
    private async Task CameTwice(Session session, Code code)
    {
        metrics.Reused();
        if (code.Connection is { } id && await session.List<Connection>("id = @id", new { id }, locks: true) is [var connection])
        {
            await connection.End(session, "reused");
            await session.Commit();
        }
    }

    private static bool Fits(string verifier, string challenge) =>
        verifier.Length is >= 43 and <= 128 && verifier.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~')
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))), Encoding.ASCII.GetBytes(challenge));

    private static OAuthRefusal NotGood() => OAuthRefusal.Grant("The code is not known, was used, or is too old.");

    private sealed record Code
    {
        public required string ClientId { get; init; }

        public required string RedirectUri { get; init; }

        public required string[] Scopes { get; init; }

        public required string Challenge { get; init; }

        public string? Nonce { get; init; }

        public required Guid UserId { get; init; }

        public required Guid SignInId { get; init; }

        public required DateTimeOffset EndsAt { get; init; }

        public DateTimeOffset? UsedAt { get; init; }

        public Guid? Connection { get; init; }
    }
}
