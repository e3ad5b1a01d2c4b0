using CrmPlatform.Journal;
using CrmPlatform.Leads.Leads;
using CrmPlatform.Records;

namespace CrmPlatform.Leads.Scoring;

/// <summary>Why a lead is scored as it is, now.</summary>
public static class ReadLeadScore
{
    /// <summary>Both scores with their reasons, and the grade.</summary>
    public sealed record Explained(string Grade, AxisScore Fit, AxisScore Engagement, DateTimeOffset At);

    /// <summary>Which rules give a lead points, how many, since when, and what is left of them now.</summary>
    public static async Task<Explained> Handle(Guid id, Session session)
    {
        var lead = await session.Find<Lead>(id) ?? throw Refusal.NotFound("lead", id);
        var book = await LeadBook.Of(session);
        var (fitting, engaging) = await ScoreLead.For(session, book, lead);
        var fit = Score.OfFit(fitting, book.CapOf);
        fit = fit with { Reasons = await Dated(session, id, fitting, fit.Reasons) };
        var engagement = Score.OfEngagement(engaging, [.. (await Engagement.Of(session, id))[id]], book.CapOf, session.Now);
        return new Explained(ScoreLead.Grade(book.Settings, fit.Points, engagement.Points), fit, engagement, session.Now);
    }

    // A lead is like this since one of the fields that the condition asks about changed last.
    private static async Task<List<Reason>> Dated(Session session, Guid id, List<ScoringRule> rules, IReadOnlyList<Reason> reasons)
    {
        var dated = new List<Reason>();
        foreach (var reason in reasons)
        {
            var fields = (await Conditions.Fields<Lead>(session, rules.Find(r => r.Id == reason.Rule)!.Condition)).Select(f => f.Split('.') switch
            {
                ["custom", var own, ..] => $"custom.{own}",
                ["email" or "emails", ..] => "emails",
                ["phone" or "phones", ..] => "phones",
                var path => path[0],
            });
            dated.Add(reason with
            {
                Since = (await session.Query<DateTimeOffset?>(
                    """
                    select max(at) from journal
                    where tenant = @tenant and record_id = @id and record = 'lead' and (version = 1 or data -> 'changes' ?| @fields)
                    """,
                    new { id, fields = fields.ToArray() }))[0],
            });
        }
        return dated;
    }
}
