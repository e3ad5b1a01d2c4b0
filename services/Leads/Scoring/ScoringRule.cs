using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Leads.Leads;
using CrmPlatform.Records;

namespace CrmPlatform.Leads.Scoring;

/// <summary>What a score says something of.</summary>
public enum ScoringAxis
{
    /// <summary>How well they fit what we sell: a condition over the lead.</summary>
    Fit,

    /// <summary>How much they deal with us: what happens, and how long ago.</summary>
    Engagement,
}

/// <summary>How a rule's points fade.</summary>
public enum ScoringDecay
{
    /// <summary>Half of them after some days, half of the rest after as many again.</summary>
    Half,

    /// <summary>Evenly, until none are left after some days.</summary>
    Even,
}

/// <summary>Points for leads that are like this, or to whom this happens.</summary>
[PartOfModel]
public sealed record ScoringRule : Record
{
    /// <summary>What it is called.</summary>
    [Required, StringLength(100), Searched]
    public string Name { get; init; } = "";

    /// <summary>What it says something of.</summary>
    [Required]
    public ScoringAxis? Axis { get; init; }

    /// <summary>Which leads it is for, in the filter language; all where none is said.</summary>
    [Kind(FieldKind.LongText), StringLength(5000)]
    public string? Condition { get; init; }

    /// <summary>Of engagement: the kind of event it is for, <c>emailOpened</c>.</summary>
    [StringLength(50), RegularExpression("[a-z][A-Za-z0-9]*", ErrorMessage = "An event looks like emailOpened.")]
    public string? Event { get; init; }

    /// <summary>How many points; fewer than none speak against a lead.</summary>
    [Range(-100, 100)]
    public int Points { get; init; }

    /// <summary>Rules of a group give no more points together than its cap.</summary>
    [Refers("scoringGroup"), Label("Group")]
    public Guid? GroupId { get; init; }

    /// <summary>How the points fade; not at all where nothing is said.</summary>
    public ScoringDecay? Decay { get; init; }

    /// <summary>After how many days half of them are gone, or all.</summary>
    [Range(1, 3650), Label("Days of decay")]
    public int? DecayDays { get; init; }

    /// <summary>Whether each such event counts; else the last one alone.</summary>
    public bool Repeatable { get; init; }

    /// <summary>Whether it is not used.</summary>
    public bool Inactive { get; init; }

    /// <summary>The rule: it can be understood, and when it changes, all leads are scored anew.</summary>
    public static async ValueTask<ScoringRule> Rule(Session session, ScoringRule? before, ScoringRule after)
    {
        after = await Checked(session, after);
        await Rescore.Ask(session);
        return after;
    }

    /// <summary>The same with its condition in canonical form; refused where it cannot be meant.</summary>
    internal static async ValueTask<ScoringRule> Checked(Session session, ScoringRule rule)
    {
        if (rule.Axis == ScoringAxis.Engagement != rule.Event is not null && rule.DeletedAt is null)
            throw Refusal.Invalid("event", rule.Event is null ? "Say which event it is for." : "How well a lead fits is no matter of events.");
        if (rule.Decay is null != rule.DecayDays is null)
            throw Refusal.Invalid("decayDays", "Points fade in some way and within some days, or not at all.");
        return rule with { Condition = await Conditions.Checked<Lead>(session, "condition", rule.Condition) };
    }
}

/// <summary>Rules that give no more points together than this.</summary>
[PartOfModel]
public sealed record ScoringGroup : Record
{
    /// <summary>What it is called.</summary>
    [Required, StringLength(100), Searched]
    public string Name { get; init; } = "";

    /// <summary>How many points its rules give together at most, for a lead or against it.</summary>
    [Range(1, 100)]
    public int Cap { get; init; } = 100;

    /// <summary>The rule: when it changes, all leads are scored anew.</summary>
    public static async ValueTask<ScoringGroup> Rule(Session session, ScoringGroup? before, ScoringGroup after)
    {
        if (before is not null)
            await Rescore.Ask(session);
        return after;
    }
}
