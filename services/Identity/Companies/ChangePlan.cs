using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using CrmPlatform.Access;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Identity.Companies;

/// <summary>
/// A company gets another plan, from those who run the installation (the scope <c>crm.ops</c>): how many people it can bring counts at once, how much its
/// programs may ask with the next token of each. People who are there stay, also where the new plan has room for fewer.
/// </summary>
public static class ChangePlan
{
    /// <summary>The plan: <c>standard</c>, <c>partner</c>, <c>internal</c>.</summary>
    public sealed record Request([property: Required] string Plan);

    /// <summary>Gives a company of the installation another plan.</summary>
    public static async Task<Company> Handle(Guid id, Request request, Sessions sessions, TimeProvider clock, HttpContext http)
    {
        if (!Plans.Has(request.Plan))
            throw Refusal.Invalid("plan", $"There are the plans {string.Join(", ", Plans.All)}.");
        var actor = http.Features.Get<Caller>()!.Actor with { Door = "ops" };
        var cause = new Cause(actor, id, Guid.CreateVersion7(clock.GetUtcNow()), Activity.Current?.Id);
        await using var session = sessions.Begin(cause, http.RequestAborted);
        var company = await session.Lock<Company>(id);
        company = await session.Change(company, company with { Plan = request.Plan });
        await session.Commit();
        return company;
    }
}
