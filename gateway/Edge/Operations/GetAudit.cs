using CrmPlatform.Hosting.Operations;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Operations;

/// <summary>What everybody did in all services, in the order of time.</summary>
internal sealed class GetAudit(Everywhere everywhere)
{
    public const string Route = WholeAudit.Route;

    public async Task Handle(HttpContext http)
    {
        if (!await everywhere.Admit(http))
            return;
        var parts = await everywhere.Ask(http, Route);
        await http.Response.WriteAsJsonAsync(
            WholeAudit.Page(parts, int.TryParse(http.Request.Query["limit"], out var limit) ? limit : null), http.RequestAborted);
    }
}
