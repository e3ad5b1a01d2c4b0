using System.Text;
using CrmPlatform.Hosting;
using CrmPlatform.Identity.Clients;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Secrets;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Identity.OAuth;

/// <summary>Which client asks, and whether it is the one it says: with its secret in the header or in the form, or, where it has none, by name.</summary>
internal sealed class ClientCheck(PageSessions sessions, Settings settings)
{
    public async Task<KnownClient> Identify(HttpContext http, Asked asked)
    {
        var (id, secret) = Shown(http, asked);
        if (await KnownClient.Find(sessions, settings, id, http.RequestAborted) is not { } client)
            throw Unknown();
        if (!client.Confidential)
            return secret is null ? client : throw Unknown();
        if (Opaque.TenantOf(ProgramSecrets.OfClient, secret) != client.Tenant)
            throw Unknown();
        await using var session = sessions.Begin(client.Tenant!.Value, http.RequestAborted);
        if (await ProgramSecrets.Recognise(session, secret!, Visit.Of(http).Address) != client.Record)
            throw Unknown();
        await session.Commit();
        return client;
    }

    private static (string? Id, string? Secret) Shown(HttpContext http, Asked asked)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return (asked["client_id"], asked["client_secret"]);
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) || asked["client_secret"] is not null)
            throw new OAuthRefusal("invalid_request", "A client shows who it is in one way: Basic, or client_id and client_secret in the form.");
        try
        {
            // Both are form-encoded before they are joined (RFC 6749, 2.3.1).
            var parts = Encoding.UTF8.GetString(Convert.FromBase64String(header["Basic ".Length..].Trim())).Split(':', 2);
            var id = Uri.UnescapeDataString(parts[0].Replace('+', ' '));
            if (parts.Length < 2 || asked["client_id"] is { } named && named != id)
                throw Unknown();
            return (id, Uri.UnescapeDataString(parts[1].Replace('+', ' ')));
        }
        catch (FormatException)
        {
            throw Unknown();
        }
    }

    private static OAuthRefusal Unknown() => new("invalid_client", "The client is not known, or its secret is not right.", 401);
}
