namespace CrmPlatform.Query;

/// <summary>A condition or value in SQL, with what belongs in its places.</summary>
/// <param name="Text">The SQL, with parameters by number.</param>
/// <param name="Parameters">
/// Their values in order: string, decimal, long, DateOnly, DateTimeOffset in UTC, bool, Guid, or an array of one of these.
/// </param>
public sealed record SqlText(string Text, IReadOnlyList<object> Parameters);

/// <summary>Where SQL is to be put.</summary>
/// <param name="Row">The alias of the row it speaks of.</param>
/// <param name="First">The number of the first parameter.</param>
/// <param name="Prefix">What stands before a parameter's number: <c>$</c>, or for names <c>@q</c>.</param>
public sealed record SqlPlace(string Row = "r", int First = 1, string Prefix = "$");
