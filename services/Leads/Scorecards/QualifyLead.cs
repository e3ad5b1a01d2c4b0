using CrmPlatform.Journal;
using CrmPlatform.Leads.Leads;

namespace CrmPlatform.Leads.Scorecards;

/// <summary>A lead is qualified once the questions that have to be answered are, where the tenant has said by which scorecard.</summary>
public static class QualifyLead
{
    /// <summary>The rule.</summary>
    public static async ValueTask<Lead> Rule(Session session, Lead? before, Lead after)
    {
        if (after.Status != LeadStatus.Qualified || before is null || before.Status >= LeadStatus.Qualified
            || (await LeadBook.Of(session)).Settings.ScorecardId is not { } card)
            return after;
        if (await session.List<Scorecard>("id = @card and deleted_at is null", new { card }) is not [var scorecard])
            return after;
        var answer = (await session.List<ScorecardAnswer>(
            "lead_id = @id and scorecard_id = @card and deleted_at is null", new { id = after.Id, card })).FirstOrDefault();
        string[] missing = answer?.Missing ?? [.. scorecard.Questions.Where(q => q.Required).Select(q => q.Key)];
        if (missing.Length > 0)
            throw NotYet($"These questions are to be answered first: {string.Join(", ", missing)}.", missing, answer, scorecard);
        if (scorecard.PointsToQualify is { } points && (answer?.Points ?? 0) < points)
            throw NotYet($"The answers come to {answer?.Points ?? 0} points; it takes {points}.", [], answer, scorecard);
        return after;
    }

    private static Refusal NotYet(string message, string[] missing, ScorecardAnswer? answer, Scorecard scorecard) => new(422, "not_qualified", message)
    {
        Facts = new Dictionary<string, object?>
        {
            ["scorecardId"] = scorecard.Id,
            ["missing"] = missing,
            ["points"] = answer?.Points ?? 0,
            ["pointsToQualify"] = scorecard.PointsToQualify,
        },
    };
}
