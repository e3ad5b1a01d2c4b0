namespace CrmPlatform.Access.Roles;

/// <summary>
/// Passing over a rule with a reason, which roles allow by its name among their slices. It is never meant by <see cref="RoleRules.Any"/>: who may do
/// everything that is foreseen may not therefore do what is not.
/// </summary>
/// <param name="Name">What roles call it: <c>overrideDealMove</c>.</param>
/// <param name="Says">What it lets its holder do.</param>
public sealed record Override(string Name, string Says);
