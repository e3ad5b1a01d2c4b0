using CrmPlatform.Journal;
using CrmPlatform.Leads.Leads;
using CrmPlatform.Records;
using CrmPlatform.Records.Deadlines;

namespace CrmPlatform.Leads.Scoring;

/// <summary>
/// Scores a lead whenever it is written, something happens to it, the rules change, or what is left of its points by now would grade it otherwise. The
/// score kept is that of then: it is never more than five points from what it would be now, and its grade never another.
/// </summary>
public static class ScoreLead
{
    /// <summary>When enough has faded, and what then: it is scored anew.</summary>
    public static readonly Deadline<Lead> Due = new("rescored", nameof(Lead.RescoreAt), (session, lead) =>
        session.Change(lead, lead with { RescoreAt = null }));

    /// <summary>The rule.</summary>
    public static async ValueTask<Lead> Rule(Session session, Lead? before, Lead after)
    {
        var book = await LeadBook.Of(session);
        if (book.Scoring.Count == 0)
            return after with { FitScore = null, EngagementScore = null, Grade = null, RescoreAt = null };
        var happened = before is not null && after.Id != default && book.Scoring.Any(r => r.Axis == ScoringAxis.Engagement)
            ? (await Engagement.Of(session, after.Id))[after.Id].ToList() : [];
        return await Scored(session, book, after, happened);
    }

    /// <summary>A lead with the score that rules give it now.</summary>
    internal static async Task<Lead> Scored(Session session, LeadBook book, Lead lead, IReadOnlyCollection<Happened> happened)
    {
        var (fitting, engaging) = await For(session, book, lead);
        var fit = Score.OfFit(fitting, book.CapOf).Points;
        int At(DateTimeOffset at) => Score.OfEngagement(engaging, happened, book.CapOf, at).Points;
        var engagement = At(session.Now);
        return lead with
        {
            FitScore = fit,
            EngagementScore = engagement,
            Grade = Grade(book.Settings, fit, engagement),
            RescoreAt = happened.Count == 0 || lead.Status is LeadStatus.Converted or LeadStatus.Disqualified ? null
                : Score.WorthALook(session.Now, At, points => Number(book.Settings, points)),
        };
    }

    /// <summary>The rules that are for a lead, of either axis.</summary>
    internal static async Task<(List<ScoringRule> Fit, List<ScoringRule> Engagement)> For(Session session, LeadBook book, Lead lead)
    {
        var (fit, engagement) = (new List<ScoringRule>(), new List<ScoringRule>());
        foreach (var rule in book.Scoring)
            if (await session.Holds(rule.Condition, lead))
                (rule.Axis == ScoringAxis.Fit ? fit : engagement).Add(rule);
        return (fit, engagement);
    }

    /// <summary>Both scores in one: <c>B2</c>.</summary>
    internal static string Grade(LeadSettings settings, int fit, int engagement) =>
        $"{(fit >= settings.FitA ? 'A' : fit >= settings.FitB ? 'B' : 'C')}{Number(settings, engagement)}";

    private static char Number(LeadSettings settings, int engagement) =>
        engagement >= settings.Engagement1 ? '1' : engagement >= settings.Engagement2 ? '2' : '3';
}
