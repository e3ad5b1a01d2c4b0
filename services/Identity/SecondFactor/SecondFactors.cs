using System.Security.Cryptography;
using CrmPlatform.Hosting.Secrets;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Mail;
using CrmPlatform.Identity.Secrets;

namespace CrmPlatform.Identity.SecondFactor;

/// <summary>What somebody has beside their password: an app with one-time passwords, and recovery codes for when it is lost.</summary>
public sealed class SecondFactors(PageSessions sessions, Sealed secrets, Letters letters)
{
    private const string Use = "totp";

    /// <summary>Takes a code of somebody: what it shows (<c>otp</c>), or null where it shows nothing. Each counts once.</summary>
    public async Task<string?> Take(string email, string? code, CancellationToken cancel)
    {
        await using var session = sessions.Begin(cancel);
        if (await Login.Find(session, email, locks: true) is not { } login)
            return null;
        if (login.Totp is { } box && Totp.Check(secrets.Open(box, Use, email), code, login.TotpStep, session.Now) is { } step)
            await session.Execute("update login set totp_step = @step where tenant = @tenant and email = @email", new { email, step });
        else if (RecoveryCodes.LooksLikeOne(code) && login.Recovery.Contains(RecoveryCodes.Hash(code!)))
            await session.Execute(
                "update login set recovery = array_remove(recovery, @hash) where tenant = @tenant and email = @email",
                new { email, hash = RecoveryCodes.Hash(code!) });
        else
            return null;
        await session.Commit();
        return "otp";
    }

    /// <summary>Begins to use an app: its first code must be right. Answers with new recovery codes, or null.</summary>
    public async Task<IReadOnlyList<string>?> Begin(string email, byte[] seed, string? code, Visit visit, CancellationToken cancel)
    {
        await using var session = sessions.Begin(cancel);
        if (Totp.Check(seed, code, 0, session.Now) is not { } step || await Login.Find(session, email, locks: true) is null)
            return null;
        var codes = RecoveryCodes.New();
        await session.Execute(
            "update login set totp = @box, totp_step = @step, recovery = @hashes where tenant = @tenant and email = @email",
            new { email, box = secrets.Seal(seed, Use, email), step, hashes = codes.Select(RecoveryCodes.Hash).ToArray() });
        await letters.Post(session, PasswordLetters.SecondFactor(email, "An authenticator app is asked for now", visit));
        await session.Commit();
        return codes;
    }

    /// <summary>Stops using the app.</summary>
    public async Task End(string email, Visit visit, CancellationToken cancel)
    {
        await using var session = sessions.Begin(cancel);
        await session.Execute(
            "update login set totp = null, totp_step = 0, recovery = '{}' where tenant = @tenant and email = @email", new { email });
        await letters.Post(session, PasswordLetters.SecondFactor(email, "The authenticator app is not asked for any more", visit));
        await session.Commit();
    }

    /// <summary>New recovery codes; the old ones end.</summary>
    public async Task<IReadOnlyList<string>> Renew(string email, Visit visit, CancellationToken cancel)
    {
        await using var session = sessions.Begin(cancel);
        var codes = RecoveryCodes.New();
        await session.Execute(
            "update login set recovery = @hashes where tenant = @tenant and email = @email",
            new { email, hashes = codes.Select(RecoveryCodes.Hash).ToArray() });
        await letters.Post(session, PasswordLetters.SecondFactor(email, "There are new recovery codes", visit));
        await session.Commit();
        return codes;
    }

    /// <summary>A seed on its way through a form: readable here alone, and for this person alone.</summary>
    public string Wrap(byte[] seed, string email) => Convert.ToHexString(secrets.Seal(seed, "totp on its way", email));

    /// <summary>The seed again, or null where it was tampered with.</summary>
    public byte[]? Unwrap(string? wrapped, string email)
    {
        try
        {
            return secrets.Open(Convert.FromHexString(wrapped ?? ""), "totp on its way", email);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
