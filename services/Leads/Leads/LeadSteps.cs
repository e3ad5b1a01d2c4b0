using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts.Leads;
using CrmPlatform.Journal;
using CrmPlatform.Records.Transitions;

namespace CrmPlatform.Leads.Leads;

/// <summary>The one way from one state of a lead to another, whichever slice takes it.</summary>
internal static class LeadSteps
{
    /// <summary>What has to be allowed to take a step that the matrix does not have.</summary>
    public static Override Override { get; } = new("overrideLeadTransition", "Take a lead where its steps do not lead, and say why.");

    /// <summary>Refuses a step that may not be taken. Where it is overridden, the reason is on record before the step.</summary>
    public static async Task<Lead> Demand(Session session, Lead lead, LeadStatus to, string? reason)
    {
        var step = new Step("lead", lead.Id, LeadTransition.Name(lead.Status), LeadTransition.Name(to));
        if (!await (await LeadTransition.Matrix(session)).Demand(session, step, reason, Override))
            return lead;
        return await session.Change(lead, lead, new LeadStatusOverridden { From = step.From, To = step.To, Reason = reason!.Trim() });
    }
}
