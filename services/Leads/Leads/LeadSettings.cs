using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Leads.Scoring;

namespace CrmPlatform.Leads.Leads;

/// <summary>How a tenant looks at its leads. There is one of it; where there is none, the usual holds.</summary>
[PartOfModel]
public sealed record LeadSettings : Record
{
    /// <summary>From which fit on a lead is an A.</summary>
    [Range(1, 100), Label("Fit for A")]
    public int FitA { get; init; } = 60;

    /// <summary>From which fit on a lead is a B; below that a C.</summary>
    [Range(1, 100), Label("Fit for B")]
    public int FitB { get; init; } = 30;

    /// <summary>From which engagement on a lead is a 1.</summary>
    [Range(1, 100), Label("Engagement for 1")]
    public int Engagement1 { get; init; } = 60;

    /// <summary>From which engagement on a lead is a 2; below that a 3.</summary>
    [Range(1, 100), Label("Engagement for 2")]
    public int Engagement2 { get; init; } = 30;

    /// <summary>The scorecard whose required questions are to be answered before a lead is qualified.</summary>
    [Refers("scorecard"), Label("Scorecard to qualify")]
    public Guid? ScorecardId { get; init; }

    /// <summary>The rule: the steps of the grid are in order, and when they change, all leads are graded anew.</summary>
    public static async ValueTask<LeadSettings> Rule(Session session, LeadSettings? before, LeadSettings after)
    {
        if (after.FitA <= after.FitB)
            throw Refusal.Invalid("fitB", "A B begins below an A.");
        if (after.Engagement1 <= after.Engagement2)
            throw Refusal.Invalid("engagement2", "A 2 begins below a 1.");
        await Rescore.Ask(session);
        return after;
    }
}
