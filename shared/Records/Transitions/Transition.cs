namespace CrmPlatform.Records.Transitions;

/// <summary>A step from one state to another, and who may take it.</summary>
/// <param name="From">The state it begins in, or <see cref="Any"/>.</param>
/// <param name="To">The state it leads to, or <see cref="Any"/>.</param>
/// <param name="Roles">The names of the roles that may take it; none named is everybody.</param>
public sealed record Transition(string From, string To, params IReadOnlyList<string> Roles)
{
    /// <summary>Stands for every state.</summary>
    public const string Any = "*";
}
