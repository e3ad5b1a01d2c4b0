namespace CrmPlatform.Access.Roles;

/// <summary>Where somebody stands: what they may do, and which records are theirs.</summary>
/// <param name="Rights">What they may do.</param>
/// <param name="Me">Whose records are their own; nobody's when the actor is no user with an id.</param>
/// <param name="Teams">Whose records are their team's: their teams, the main one first, and those below.</param>
public sealed record Standing(Rights Rights, Guid? Me, TeamSet Teams)
{
    /// <summary>Everything is allowed: the platform itself, and callers without roles.</summary>
    public static Standing Everything { get; } = new(Rights.Everything, null, []);
}
