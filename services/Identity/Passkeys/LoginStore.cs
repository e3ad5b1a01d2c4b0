using System.Text.Json;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Identity;

namespace CrmPlatform.Identity.Passkeys;

/// <summary>
/// Where ASP.NET Core Identity's passkeys live: our table. What Identity could do beyond passkeys (make, rename, remove logins) is done elsewhere.
/// </summary>
public sealed class LoginStore(PageSessions sessions) : IUserPasskeyStore<Login>
{
    /// <inheritdoc/>
    public async Task AddOrUpdatePasskeyAsync(Login user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        await using var session = sessions.Begin(cancellationToken);
        await session.Execute(
            """
            insert into passkey (tenant, credential, email, name, data, made_at) values (@tenant, @credential, @email, @name, @data::jsonb, @now)
            on conflict (tenant, credential) do update set data = excluded.data, used_at = excluded.made_at where passkey.email = excluded.email
            """,
            new
            {
                credential = passkey.CredentialId,
                email = user.Email,
                name = passkey.Name ?? "Passkey",
                data = JsonSerializer.Serialize(Kept.Of(passkey)),
                now = session.Now,
            });
        await session.Commit();
    }

    /// <inheritdoc/>
    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Login user, CancellationToken cancellationToken) =>
        [.. (await Read("email = @email", new { email = user.Email }, cancellationToken)).Select(r => r.Passkey())];

    /// <inheritdoc/>
    public async Task<Login?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        (await Read("credential = @credential", new { credential = credentialId }, cancellationToken)).FirstOrDefault() is { } row
            ? await FindByNameAsync(row.Email, cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Login user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await Read("credential = @credential and email = @email", new { credential = credentialId, email = user.Email }, cancellationToken))
            .FirstOrDefault()?.Passkey();

    /// <inheritdoc/>
    public async Task RemovePasskeyAsync(Login user, byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var session = sessions.Begin(cancellationToken);
        await session.Execute(
            "delete from passkey where tenant = @tenant and credential = @credential and email = @email",
            new { credential = credentialId, email = user.Email });
        await session.Commit();
    }

    /// <inheritdoc/>
    public Task<string> GetUserIdAsync(Login user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    /// <inheritdoc/>
    public Task<string?> GetUserNameAsync(Login user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    /// <inheritdoc/>
    public Task<string?> GetNormalizedUserNameAsync(Login user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    /// <inheritdoc/>
    public async Task<Login?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        await using var session = sessions.Begin(cancellationToken);
        return Guid.TryParse(userId, out var id)
            && await session.Query<Row>("select email, '' as name, '' as data from login where tenant = @tenant and id = @id", new { id }) is [var row]
            ? await Login.Find(session, row.Email) : null;
    }

    /// <inheritdoc/>
    public async Task<Login?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
    {
        await using var session = sessions.Begin(cancellationToken);
        return await Login.Find(session, Login.Normal(normalizedUserName));
    }

    /// <inheritdoc/>
    public Task SetUserNameAsync(Login user, string? userName, CancellationToken cancellationToken) => throw Elsewhere();

    /// <inheritdoc/>
    public Task SetNormalizedUserNameAsync(Login user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask; // it is

    /// <inheritdoc/>
    public Task<IdentityResult> CreateAsync(Login user, CancellationToken cancellationToken) => throw Elsewhere();

    /// <inheritdoc/>
    public Task<IdentityResult> UpdateAsync(Login user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Success);

    /// <inheritdoc/>
    public Task<IdentityResult> DeleteAsync(Login user, CancellationToken cancellationToken) => throw Elsewhere();

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static NotSupportedException Elsewhere() => new("Logins are made and changed by the pages of the service.");

    private async Task<List<Row>> Read(string where, object parameters, CancellationToken cancel)
    {
        await using var session = sessions.Begin(cancel);
        return await session.Query<Row>($"select email, name, data::text as data from passkey where tenant = @tenant and {where} order by made_at", parameters);
    }

    private sealed record Row
    {
        public required string Email { get; init; }

        public required string Name { get; init; }

        public required string Data { get; init; }

        public UserPasskeyInfo Passkey() => JsonSerializer.Deserialize<Kept>(Data)!.Passkey(Name);
    }

    private sealed record Kept(
        byte[] Id, byte[] PublicKey, DateTimeOffset At, uint Count, string[] Transports, bool Verified, bool Eligible, bool BackedUp, byte[] Attestation,
        byte[] Client)
    {
        public static Kept Of(UserPasskeyInfo p) => new(
            p.CredentialId, p.PublicKey, p.CreatedAt, p.SignCount, p.Transports ?? [], p.IsUserVerified, p.IsBackupEligible, p.IsBackedUp,
            p.AttestationObject, p.ClientDataJson);

        public UserPasskeyInfo Passkey(string name) =>
            new(Id, PublicKey, At, Count, Transports, Verified, Eligible, BackedUp, Attestation, Client) { Name = name };
    }
}
