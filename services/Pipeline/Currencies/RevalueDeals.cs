using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Deals;
using CrmPlatform.Records.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrmPlatform.Pipeline.Currencies;

/// <summary>
/// Converts all open deals anew, by the rates and the reporting currency of now. In the background, as one operation that can be undone; what was won keeps
/// the rate it was won at.
/// </summary>
public static class RevalueDeals
{
    /// <summary>The kind of job it is.</summary>
    public const string Kind = "revalue";

    /// <summary>Which deals it converts.</summary>
    internal const string Which = "status = 'open' and amount is not null";

    /// <summary>Converts open deals anew.</summary>
    public static async Task<Accepted<Job>> Handle(Session session)
    {
        await session.Demand(Privilege.DataModel);
        var job = await Rewrites.Ask<Deal>(session, Kind);
        return TypedResults.Accepted($"/api/v1/deals/jobs/{job.Id}", job);
    }
}
