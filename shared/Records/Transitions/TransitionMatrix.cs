using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;

namespace CrmPlatform.Records.Transitions;

/// <summary>
/// Which steps there are between states, and whose they are: from × to × roles, kept as data by whoever uses it. What is not in it is refused, with
/// what would be allowed; one who may override it takes any step, and says why.
/// </summary>
/// <param name="steps">The steps there are.</param>
/// <param name="states">The states there are, in the order people think of them.</param>
public sealed class TransitionMatrix(IEnumerable<Transition> steps, IReadOnlyList<string> states)
{
    /// <summary>The code of a step that is refused.</summary>
    public const string NotAllowed = "transition_not_allowed";

    private readonly Transition[] steps = [.. steps];

    /// <summary>The states somebody may go to from one.</summary>
    public IReadOnlyList<string> Allowed(string from, Rights who) => [.. states.Where(to => Allows(from, to, who))];

    /// <summary>Whether somebody may take a step. Staying is no step.</summary>
    public bool Allows(string from, string to, Rights who) => from != to && Of(from, to).Any(step => IsFor(step, who));

    /// <summary>
    /// Refuses a step that is not in the matrix, unless a reason is given to take it all the same and the caller may override.
    /// </summary>
    /// <param name="session">Whose step it is.</param>
    /// <param name="step">What is taken from where to where.</param>
    /// <param name="reason">Why it is taken though the matrix does not have it.</param>
    /// <param name="permission">What has to be allowed to override (<c>overrideLeadTransition</c>); nothing more where the slice is for that alone.</param>
    /// <returns>Whether the matrix was overridden, which is to be on record.</returns>
    public async ValueTask<bool> Demand(Session session, Step step, string? reason, Override? permission)
    {
        if (!states.Contains(step.To))
            throw Refusal.Invalid("to", $"A {step.Record} has no state {step.To}; it has {string.Join(", ", states)}.", BrokenRule.OneOf(states));
        var rights = (await session.Standing()).Rights;
        if (Allows(step.From, step.To, rights))
            return false;
        if (step.From == step.To || reason is null)
            throw Refused(step, rights, permission);
        if (permission is not null)
            await session.Demand(permission);
        return !string.IsNullOrWhiteSpace(reason) ? true
            : throw Refusal.Invalid("override", "Say why this step is taken though it is not foreseen.", BrokenRule.Required);
    }

    private Refusal Refused(Step step, Rights who, Override? permission)
    {
        var allowed = Allowed(step.From, who);
        var roles = step.From == step.To ? [] : Of(step.From, step.To).SelectMany(s => s.Roles).Distinct().Order().ToList();
        return new Refusal(409, NotAllowed, step.From == step.To ? $"The {step.Record} is {step.From} already."
            : $"A {step.Record} that is {step.From} does not become {step.To}{(roles.Count > 0 ? $" but by {string.Join(", ", roles)}" : "")}; "
                + (allowed.Count > 0 ? $"it may become {string.Join(", ", allowed)}." : "you may not take it any further."))
        {
            About = (step.Record, step.Id),
            Facts = new Dictionary<string, object?>
            {
                ["from"] = step.From,
                ["to"] = step.To,
                ["allowed"] = allowed,
                ["roles"] = roles,
                ["mayOverride"] = step.From != step.To && (permission is null || who.May(permission)),
            },
        };
    }

    private IEnumerable<Transition> Of(string from, string to) =>
        steps.Where(s => (s.From == from || s.From == Transition.Any) && (s.To == to || s.To == Transition.Any));

    // Who is held to no roles is held to the steps there are all the same.
    private static bool IsFor(Transition step, Rights who) => step.Roles.Count == 0 || who.IsEverything || step.Roles.Any(who.Includes);
}

/// <summary>A step of one record.</summary>
/// <param name="Record">Its type.</param>
/// <param name="Id">Which one.</param>
/// <param name="From">The state it is in.</param>
/// <param name="To">The state it is to be in.</param>
public sealed record Step(string Record, Guid Id, string From, string To);
