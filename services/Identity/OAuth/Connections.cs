using CrmPlatform.Hosting;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Secrets;
using CrmPlatform.Journal;

namespace CrmPlatform.Identity.OAuth;

/// <summary>A connection that is open, and whose it is, as they are now.</summary>
internal sealed record Going(Connection Record, Holder Holder, DateTimeOffset AuthTime, IReadOnlyList<string> Amr);

/// <summary>Begins connections, lets them go on, and makes the tokens of each.</summary>
internal sealed class Connections(LogIns logIns, Issuing issuing, Settings settings)
{
    private static readonly TimeSpan Idle = TimeSpan.FromDays(14), Longest = TimeSpan.FromDays(90);

    /// <summary>A connection begins, with a code that is good.</summary>
    public async Task<Going> Begin(Session session, KnownClient client, Guid user, Guid signIn, string[] scopes, CancellationToken cancel)
    {
        if (await logIns.Find(session.Cause.Tenant, signIn, cancel) is not { } who || await Holder.Find(session, user) is not { } holder)
            throw OAuthRefusal.Grant("Whoever logged in is logged out again.");
        // The web app asks for a code with every page that is loaded: that is one connection going on, not another one each time.
        if (client.IsInstallation && await session.List<Connection>(
                "sign_in_id = @signIn and user_id = @user and client_id = @client and scopes = @scopes and ended_at is null and deleted_at is null",
                new { signIn, user, client = client.Id, scopes }, locks: true) is [var open, ..])
            return new Going(open, holder, who.At, who.Amr);
        var made = await session.Create(new Connection
        {
            UserId = user,
            SignInId = signIn,
            ClientId = client.Id,
            ClientName = client.Name,
            Scopes = scopes,
            StartedAt = session.Now,
        });
        return new Going(made, holder, who.At, who.Amr);
    }

    /// <summary>An open connection goes on, if whoever it acts for is still there.</summary>
    public async Task<Going> GoOn(Session session, Connection connection, DateTimeOffset authTime, IReadOnlyList<string> amr, CancellationToken cancel)
    {
        if (!connection.GoesOn && await logIns.Find(session.Cause.Tenant, connection.SignInId, cancel) is null)
            throw OAuthRefusal.Grant("The sign-in has ended.");
        return await Holder.Find(session, connection.UserId) is { } holder
            ? new Going(connection, holder, authTime, amr)
            : throw OAuthRefusal.Grant("Whoever this was for is not here any more.");
    }

    /// <summary>Commits, and answers with tokens: what is not durable was not promised.</summary>
    public async Task<TokenAnswer> Answer(Session session, KnownClient client, Going going, string[] scopes, string? nonce, string grant)
    {
        var (connection, tenant) = (going.Record, session.Cause.Tenant);
        var refresh = Opaque.Make(RefreshGrant.Prefix, tenant);
        var last = connection.StartedAt + Longest;
        await session.Execute(
            """
            insert into refresh_token (tenant, hash, connection, auth_time, amr, made_at, ends_at)
            values (@tenant, @hash, @connection, @time, @amr, @now, @ends)
            """,
            new
            {
                hash = Opaque.Hash(refresh),
                connection = connection.Id,
                time = going.AuthTime,
                amr = going.Amr.ToArray(),
                now = session.Now,
                ends = session.Now + Idle < last ? session.Now + Idle : last,
            });
        var caller = going.Holder.Caller(tenant, going.Holder.Give(scopes, settings)) with
        {
            Source = connection.GoesOn ? connection.Id : connection.SignInId,
            Connection = connection.Id,
            Client = client.Id,
            AuthTime = going.AuthTime,
            Methods = going.Amr,
        };
        var (access, seconds) = issuing.AccessToken(caller, grant);
        var id = scopes.Contains(OAuthScopes.OpenId) ? issuing.IdToken(caller, going.Holder, nonce, access) : null;
        await session.Commit();
        return new TokenAnswer(access, seconds, string.Join(' ', caller.Scopes)) { RefreshToken = refresh, IdToken = id };
    }
}
