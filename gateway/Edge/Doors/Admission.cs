using CrmPlatform.Access;
using CrmPlatform.Edge.Calls;
using CrmPlatform.Edge.Limits;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Hosting.Telemetry;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Doors;

/// <summary>
/// Who comes in, and how often: a valid token and a tenant with requests left in its bucket. Who has no valid token uses up the bucket of
/// their address. Services check the token again (they remember the verdict); that the edge let somebody in proves nothing to them.
/// </summary>
internal sealed class Admission(TokenCheck tokens, ApiKeys keys, RateLimits limits, CallLog calls, HttpMetrics metrics)
{
    /// <summary>The caller, or a problem has been answered.</summary>
    public async ValueTask<Caller?> Admit(HttpContext http)
    {
        if (await keys.Exchange(http) is { } no)
            return await Refuse(http, no);
        var (caller, refusal) = await Callers.Identify(http, tokens, metrics, http.Connection.RemoteIpAddress);
        if (caller is not null)
            calls.Begin(http, caller, limits.PlanOf(caller));
        refusal = limits.Refuse(http, caller) ?? refusal;
        if (refusal is null)
            return caller;
        return await Refuse(http, refusal);
    }

    /// <summary>Whether an address may come in that says elsewhere who calls, or a problem has been answered.</summary>
    public async ValueTask<bool> AdmitUnnamed(HttpContext http)
    {
        if (limits.Refuse(http, null) is not { } tooMany)
            return true;
        await Refuse(http, tooMany);
        return false;
    }

    private async ValueTask<Caller?> Refuse(HttpContext http, Refusal refusal)
    {
        metrics.Refused(refusal.Code);
        await Problems.Write(http, refusal);
        return null;
    }
}
