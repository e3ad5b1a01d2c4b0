namespace CrmPlatform.Leads.Scoring;

/// <summary>Why a score is what it is: a rule, and what it gives at the time.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Points">What it gave when it happened.</param>
/// <param name="Now">What is left of it.</param>
/// <param name="Since">When it happened, or since when the lead is like this.</param>
/// <param name="Event">What happened, if something did.</param>
public sealed record Reason(Guid Rule, string Name, int Points, decimal Now, DateTimeOffset? Since, Guid? Event = null);

/// <summary>A score on one axis with its reasons.</summary>
/// <param name="Points">The score, 0 to 100.</param>
/// <param name="Reasons">Why, the weightiest first.</param>
/// <param name="Capped">What the caps of groups take away.</param>
public sealed record AxisScore(int Points, IReadOnlyList<Reason> Reasons, decimal Capped);

/// <summary>What adds up to a score, as a function of rules, what happened and the time alone.</summary>
public static class Score
{
    private static readonly TimeSpan Soon = TimeSpan.FromHours(1), Far = TimeSpan.FromDays(730);

    /// <summary>How well a lead fits, by the rules it satisfies.</summary>
    public static AxisScore OfFit(IEnumerable<ScoringRule> satisfied, Func<Guid, int?> capOf) =>
        Sum(satisfied.Select(rule => (rule, new Reason(rule.Id, rule.Name, rule.Points, rule.Points, null))), capOf);

    /// <summary>How much somebody deals with us at a time, by the rules that are for them and what happened.</summary>
    public static AxisScore OfEngagement(
        IEnumerable<ScoringRule> rules, IReadOnlyCollection<Happened> happened, Func<Guid, int?> capOf, DateTimeOffset at) => Sum(
        from rule in rules
        from one in Counting(rule, happened)
        select (rule, new Reason(rule.Id, rule.Name, rule.Points, rule.Points * Left(rule, at - one.At), one.At, one.Id)), capOf);

    /// <summary>What is left of a rule's points after a time, 0 to 1.</summary>
    public static decimal Left(ScoringRule rule, TimeSpan age)
    {
        if (rule.Decay is null || rule.DecayDays is not { } days || age <= TimeSpan.Zero)
            return 1;
        var part = age.TotalDays / days;
        return rule.Decay == ScoringDecay.Half ? (decimal)Math.Pow(0.5, Math.Min(part, 60)) : (decimal)Math.Max(0, 1 - part);
    }

    /// <summary>
    /// When a score that nothing happens to is worth another look: it has lost five points, or its grade another number. Null when it never will be.
    /// </summary>
    public static DateTimeOffset? WorthALook(DateTimeOffset from, Func<DateTimeOffset, int> scoreAt, Func<int, char> numberOf)
    {
        var (now, number) = (scoreAt(from), numberOf(scoreAt(from)));
        bool Differs(TimeSpan after) => scoreAt(from + after) is var then && (Math.Abs(then - now) >= 5 || numberOf(then) != number);
        var (before, beyond) = (TimeSpan.Zero, Soon);
        for (; !Differs(beyond); beyond *= 2)
        {
            if (beyond > Far)
                return null;
            before = beyond;
        }
        while (beyond - before > Soon)
        {
            var middle = (before + beyond) / 2;
            (before, beyond) = Differs(middle) ? (before, middle) : (middle, beyond);
        }
        return from + beyond;
    }

    // Once: the last time alone.
    private static IEnumerable<Happened> Counting(ScoringRule rule, IEnumerable<Happened> happened)
    {
        var these = happened.Where(h => h.Kind == rule.Event);
        return rule.Repeatable ? these : these.OrderByDescending(h => h.At).ThenBy(h => h.Id).Take(1);
    }

    private static AxisScore Sum(IEnumerable<(ScoringRule Rule, Reason Reason)> given, Func<Guid, int?> capOf)
    {
        var all = given.ToList();
        decimal sum = 0, whole = 0;
        foreach (var group in all.GroupBy(g => g.Rule.GroupId))
        {
            var points = group.Sum(g => g.Reason.Now);
            whole += points;
            sum += group.Key is { } id && capOf(id) is { } cap ? Math.Clamp(points, -cap, cap) : points;
        }
        var score = (int)Math.Clamp(Math.Round(sum, MidpointRounding.AwayFromZero), 0, 100);
        return new AxisScore(score, [.. all.Select(g => g.Reason).OrderByDescending(r => Math.Abs(r.Now))], whole - sum);
    }
}

/// <summary>Something that happened to a lead.</summary>
public sealed record Happened(Guid Id, string Kind, DateTimeOffset At);
