using System.ComponentModel.DataAnnotations;
using CrmPlatform.Identity.Clients;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Identity.ApiKeys;

/// <summary>An API key gets a secret: its first, or one that takes the place of those before, which go on for a while.</summary>
public static class IssueApiKey
{
    /// <summary>How long the secrets before go on.</summary>
    public sealed record Request([property: Range(0, 60 * 24 * 30)] int OverlapMinutes = 0);

    /// <summary>Makes a secret, which is shown this once.</summary>
    public static async Task<ShownOnce> Handle(Guid id, Request request, Session session, HttpContext http)
    {
        var key = await session.Lock<ApiKey>(id);
        if (key.RevokedAt is not null)
            throw new Refusal(409, "was_revoked", "This key was revoked.");
        var made = await ProgramSecrets.Make(session, http, ProgramSecrets.OfApiKey, id, request.OverlapMinutes);
        await session.Change(key, key with { Prefix = made.Prefix });
        return made;
    }
}
