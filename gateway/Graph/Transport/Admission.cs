using CrmPlatform.Access;
using CrmPlatform.Graph.Subscriptions;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Hosting.Telemetry;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Graph.Transport;

/// <summary>Who may ask the graph at all: a valid token with the scope to see records. What they see is decided by the services.</summary>
internal sealed class Admission(TokenCheck tokens, Revoked revoked, HttpMetrics metrics)
{
    /// <summary>The caller, or why they are not let in.</summary>
    public async Task<(Caller? Caller, Refusal? Refusal)> Admit(HttpContext http)
    {
        var (caller, refusal) = await Callers.Identify(http, tokens, metrics, Callers.CameFrom(http));
        if (refusal is null && revoked.Has(caller!))
            refusal = new Refusal(401, "token_revoked", "What this token came from has been revoked.");
        if (refusal is null && !caller!.Scopes.Contains(Scopes.Read))
            refusal = new Refusal(403, "scope_missing", $"This needs a token with the scope {Scopes.Read}.");
        if (refusal is not null)
            metrics.Refused(refusal.Code);
        return refusal is null ? (caller, null) : (null, refusal);
    }
}
