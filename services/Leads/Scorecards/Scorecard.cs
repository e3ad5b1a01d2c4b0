using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Leads.Scorecards;

/// <summary>Questions whose answers say what a lead is worth.</summary>
[PartOfModel]
public sealed record Scorecard : Record
{
    /// <summary>What it is called.</summary>
    [Required, StringLength(100), Searched]
    public string Name { get; init; } = "";

    /// <summary>The questions, in the order in which they are asked.</summary>
    [MaxItems(50)]
    public IReadOnlyList<Question> Questions { get; init; } = [];

    /// <summary>How many points the answers have to come to for a lead to be qualified by it; none have to where nothing is said.</summary>
    [Range(0, 10_000), Label("Points to qualify")]
    public int? PointsToQualify { get; init; }

    /// <summary>The rule: each question can be told from the others, and so can its answers.</summary>
    public static ValueTask<Scorecard> Rule(Session session, Scorecard? before, Scorecard after)
    {
        if (after.Questions.GroupBy(q => q.Key).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw Refusal.Invalid("questions", $"There are two questions {twice.Key}.");
        foreach (var question in after.Questions)
            if (question.Answers.Select(a => a.Key).Distinct().Count() < question.Answers.Count)
                throw Refusal.Invalid("questions", $"Two answers to {question.Key} cannot be told from each other.");
        return new(after);
    }
}

/// <summary>A question of a scorecard.</summary>
/// <param name="Key">What programs call it: <c>budget</c>.</param>
/// <param name="Text">The question.</param>
/// <param name="Required">Whether a lead is qualified only once it is answered.</param>
/// <param name="Answers">The answers there are, each with its points; any text where there are none.</param>
/// <param name="Points">What an answer of any text is worth.</param>
public sealed record Question(
    [property: Required, StringLength(50), RegularExpression("[a-z][A-Za-z0-9]*", ErrorMessage = "A key looks like budget.")] string Key,
    [property: Required, StringLength(500)] string Text,
    bool Required = false,
    IReadOnlyList<Choice>? Answers = null,
    [property: Range(-1000, 1000)] int Points = 0)
{
    /// <summary>The answers there are.</summary>
    public IReadOnlyList<Choice> Answers { get; init; } = Answers ?? [];

    /// <summary>What an answer is worth; null where it is none.</summary>
    public int? Worth(string answer) => Answers.Count == 0 ? Points : Answers.FirstOrDefault(a => a.Key == answer)?.Points;
}

/// <summary>An answer that can be given.</summary>
/// <param name="Key">What programs call it.</param>
/// <param name="Text">The answer.</param>
/// <param name="Points">What it is worth.</param>
public sealed record Choice(
    [property: Required, StringLength(50)] string Key, [property: Required, StringLength(200)] string Text, [property: Range(-1000, 1000)] int Points = 0);
