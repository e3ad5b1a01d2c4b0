using CrmPlatform.Journal;
using CrmPlatform.Leads.Leads;

namespace CrmPlatform.Leads.Scorecards;

/// <summary>Answers questions of a scorecard about a lead.</summary>
public static class AnswerScorecard
{
    /// <summary>The scorecard, and its answers by question; null takes one back.</summary>
    public sealed record Request(Guid ScorecardId, Dictionary<string, string?> Answers);

    /// <summary>Answers questions about a lead; those that were answered before and are not named keep their answers.</summary>
    public static async Task<ScorecardAnswer> Handle(Guid id, Request request, Session session)
    {
        if (request.Answers is null)
            throw Refusal.Invalid("answers", "Say what is answered.", BrokenRule.Required);
        await session.Lock<Lead>(id); // of two who answer at once one comes first
        var known = (await session.List<ScorecardAnswer>(
            "lead_id = @id and scorecard_id = @card and deleted_at is null", new { id, card = request.ScorecardId }, locks: true)).FirstOrDefault();
        var answers = (known?.Answers ?? []).Where(a => !request.Answers.ContainsKey(a.Question))
            .Concat(request.Answers.Where(a => a.Value is not null).Select(a => new Answer(a.Key, a.Value!))).ToList();
        return known is null
            ? await session.Create(new ScorecardAnswer { LeadId = id, ScorecardId = request.ScorecardId, Answers = answers })
            : await session.Change(known, known with { Answers = answers });
    }
}
