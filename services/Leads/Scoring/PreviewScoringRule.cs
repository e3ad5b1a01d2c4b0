using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Leads.Leads;
using CrmPlatform.Records;

namespace CrmPlatform.Leads.Scoring;

/// <summary>What a rule would do to the leads there are, before it is saved.</summary>
public static class PreviewScoringRule
{
    private const int Most = 5000;

    /// <summary>The rule, and which one it would take the place of.</summary>
    /// <param name="Rule">Its fields, as they would be entered.</param>
    /// <param name="Replaces">The rule it takes the place of, if it is one that is there.</param>
    public sealed record Request(Dictionary<string, JsonElement> Rule, Guid? Replaces = null);

    /// <summary>How many leads it is for, how many change their grade, and how many leads have which grade before and after.</summary>
    /// <param name="Looked">How many leads were looked at: the newest open ones that the caller sees.</param>
    /// <param name="Matches">For how many of them the rule is.</param>
    /// <param name="Changed">How many of them get another grade.</param>
    /// <param name="Before">How many have which grade now.</param>
    /// <param name="After">How many would have which grade.</param>
    public sealed record Preview(int Looked, int Matches, int Changed, IReadOnlyDictionary<string, int> Before, IReadOnlyDictionary<string, int> After);

    /// <summary>Says what a rule would do to the leads there are; nothing is changed.</summary>
    public static async Task<Preview> Handle(Request request, Session session)
    {
        await session.Demand(Privilege.DataModel);
        if (request.Rule is null)
            throw Refusal.Invalid("rule", "Say which rule it is about.");
        await session.Check<ScoringRule>(request.Rule);
        var rule = await Read(session, request);
        var book = await LeadBook.Of(session);
        var changed = book with { Scoring = [.. book.Scoring.Where(r => r.Id != rule.Id), .. rule.Inactive ? [] : (ScoringRule[])[rule]] };
        var leads = await session.List<Lead>(
            $"deleted_at is null and {Rescore.Which} order by created_at desc limit {Most}", new { });
        var seen = await session.Seen<Lead>(leads.Select(l => l.Id));
        leads.RemoveAll(l => !seen.Contains(l.Id));
        var happened = await Engagement.Of(session, [.. leads.Select(l => l.Id)]);

        var (matches, moved) = (0, 0);
        var (before, after) = (new SortedDictionary<string, int>(), new SortedDictionary<string, int>());
        foreach (var lead in leads)
        {
            IReadOnlyCollection<Happened> these = [.. happened[lead.Id]];
            var (was, will) = (await Grade(session, book, lead, these), await Grade(session, changed, lead, these));
            (before[was], after[will]) = (before.GetValueOrDefault(was) + 1, after.GetValueOrDefault(will) + 1);
            moved += was == will ? 0 : 1;
            matches += await session.Holds(rule.Condition, lead) && (rule.Axis == ScoringAxis.Fit || these.Any(h => h.Kind == rule.Event)) ? 1 : 0;
        }
        return new Preview(leads.Count, matches, moved, before, after);
    }

    // The same words as when it is entered, read by the same reader.
    private static async Task<ScoringRule> Read(Session session, Request request)
    {
        var known = request.Replaces is { } id ? await session.Find<ScoringRule>(id) ?? throw Refusal.NotFound("scoringRule", id) : new ScoringRule();
        var whole = JsonSerializer.SerializeToNode(known, Contracts.Changes.Json)!.AsObject();
        foreach (var (name, value) in request.Rule)
            whole[name] = JsonSerializer.SerializeToNode(value);
        var rule = whole.Deserialize<ScoringRule>(Contracts.Changes.Json)!;
        return await ScoringRule.Checked(session, rule with { Id = request.Replaces ?? Guid.CreateVersion7(session.Now) });
    }

    private static async Task<string> Grade(Session session, LeadBook book, Lead lead, IReadOnlyCollection<Happened> happened)
    {
        var (fit, engagement) = await ScoreLead.For(session, book, lead);
        return ScoreLead.Grade(
            book.Settings, Score.OfFit(fit, book.CapOf).Points, Score.OfEngagement(engagement, happened, book.CapOf, session.Now).Points);
    }
}
