using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Leads.Leads;
using CrmPlatform.Records;

namespace CrmPlatform.Leads.Assignment;

/// <summary>How one of several is chosen.</summary>
public enum AssignmentMode
{
    /// <summary>One after the other.</summary>
    RoundRobin,

    /// <summary>Who has the fewest open leads.</summary>
    LeastOpen,
}

/// <summary>Who gets leads that are like this. Rules are asked in order; the first that finds somebody decides.</summary>
[PartOfModel]
public sealed record AssignmentRule : Record
{
    /// <summary>What it is called.</summary>
    [Required, StringLength(100), Searched]
    public string Name { get; init; } = "";

    /// <summary>Its place among the rules; the least is asked first.</summary>
    [Range(0, 10_000)]
    public int Position { get; init; }

    /// <summary>Which leads it is for, in the filter language; all where none is said.</summary>
    [Kind(FieldKind.LongText), StringLength(5000)]
    public string? Condition { get; init; }

    /// <summary>Those who get the leads, in order.</summary>
    [MaxItems(200)]
    [Example("[{\"userId\": \"{user}\"}]")]
    public IReadOnlyList<Candidate> Users { get; init; } = [];

    /// <summary>The team whose people get the leads, where nobody is named.</summary>
    [Refers("identity.team"), Label("Team that gets them")]
    public Guid? ToTeamId { get; init; }

    /// <summary>How one of them is chosen.</summary>
    public AssignmentMode Mode { get; init; }

    /// <summary>How many open leads somebody may have at most to be given another.</summary>
    [Range(1, 100_000)]
    public int? Capacity { get; init; }

    /// <summary>Whether only those are given leads who are at work at the time.</summary>
    public bool OnlyAtWork { get; init; }

    /// <summary>Whether it is not used.</summary>
    public bool Inactive { get; init; }

    /// <summary>The rule: it can be understood, and there is somebody who gets the leads.</summary>
    public static async ValueTask<AssignmentRule> Rule(Session session, AssignmentRule? before, AssignmentRule after)
    {
        if (after.Users.Count == 0 && after.ToTeamId is null && (before is null || before.Users.Count > 0 || before.ToTeamId is not null))
            throw Refusal.Invalid("users", "Say who gets the leads: people or a team.");
        return after with { Condition = await Conditions.Checked<Lead>(session, "condition", after.Condition) };
    }
}

/// <summary>Somebody who can be given leads.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Capacity">How many open leads they may have at most, where it is not what the rule says.</param>
public sealed record Candidate(Guid UserId, [property: Range(1, 100_000)] int? Capacity = null);
