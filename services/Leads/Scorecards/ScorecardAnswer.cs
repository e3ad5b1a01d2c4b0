using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Leads.Scorecards;

/// <summary>What is known of a lead by the questions of a scorecard. There is one for each lead and scorecard.</summary>
public sealed record ScorecardAnswer : Record
{
    /// <summary>Of whom.</summary>
    [Required, Refers("lead")]
    public Guid? LeadId { get; init; }

    /// <summary>Whose questions.</summary>
    [Required, Refers("scorecard")]
    public Guid? ScorecardId { get; init; }

    /// <summary>The answers, by question.</summary>
    [MaxItems(50)]
    public IReadOnlyList<Answer> Answers { get; init; } = [];

    /// <summary>What the answers come to.</summary>
    [SetBySlices(nameof(Answers))]
    public int Points { get; init; }

    /// <summary>The required questions that have no answer.</summary>
    [SetBySlices(nameof(Answers))]
    public string[] Missing { get; init; } = [];

    /// <summary>The rule: answers are ones there are, and come to what the scorecard says.</summary>
    public static async ValueTask<ScorecardAnswer> Rule(Session session, ScorecardAnswer? before, ScorecardAnswer after)
    {
        if (after.ScorecardId is not { } id || await session.List<Scorecard>("id = @id", new { id }) is not [var card])
            return after;
        var questions = card.Questions.ToDictionary(q => q.Key);
        var points = 0;
        foreach (var answer in after.Answers)
            points += questions.TryGetValue(answer.Question, out var question) && question.Worth(answer.Text) is { } worth ? worth
                : throw Refusal.Invalid("answers", question is null ? $"There is no question {answer.Question}."
                    : $"The answer to {answer.Question} is one of {string.Join(", ", question.Answers.Select(a => a.Key))}.");
        if (after.Answers.DistinctBy(a => a.Question).Count() < after.Answers.Count)
            throw Refusal.Invalid("answers", "A question is answered once.");
        var answered = after.Answers.Select(a => a.Question).ToHashSet();
        return after with { Points = points, Missing = [.. card.Questions.Where(q => q.Required && !answered.Contains(q.Key)).Select(q => q.Key)] };
    }
}

/// <summary>An answer to a question.</summary>
/// <param name="Question">The question's key.</param>
/// <param name="Text">The answer: the key of one there is, or any text where there are none.</param>
public sealed record Answer([property: Required, StringLength(50)] string Question, [property: Required, StringLength(2000)] string Text);
