using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Identity.Clients;

/// <summary>A client gets a secret: its first, or one that takes the place of those before, which go on for a while.</summary>
public static class IssueClientSecret
{
    /// <summary>How long the secrets before go on.</summary>
    public sealed record Request([property: Range(0, 60 * 24 * 30)] int OverlapMinutes = 0);

    /// <summary>Makes a secret, which is shown this once.</summary>
    public static async Task<ShownOnce> Handle(Guid id, Request request, Session session, HttpContext http)
    {
        var client = await session.Lock<Client>(id);
        if (client.Kind != ClientKind.Confidential)
            throw new Refusal(409, "is_public", "This client cannot keep a secret: it proves itself with PKCE.");
        if (client.RevokedAt is not null)
            throw new Refusal(409, "was_revoked", "This client was revoked.");
        await session.Demand(Access.Roles.Privilege.DataModel);
        return await ProgramSecrets.Make(session, http, ProgramSecrets.OfClient, id, request.OverlapMinutes);
    }
}
