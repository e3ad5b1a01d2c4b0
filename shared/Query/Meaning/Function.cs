namespace CrmPlatform.Query.Meaning;

/// <summary>
/// A function or arithmetic sign: what it takes and gives, how SQL says it, how memory computes it. Both are null if an argument is null,
/// unless it takes null; neither ever fails; in SQL no argument is said twice, so that nesting does not multiply.
/// </summary>
internal sealed record Function(
    string Name, Kind[] Takes, Kind Gives, Func<IReadOnlyList<string>, string> Sql, Func<IReadOnlyList<object?>, object?> Compute)
{
    public bool TakesNull { get; init; }

    /// <summary>Whether the last argument may come several times, or not at all.</summary>
    public bool Many { get; init; }

    /// <summary>What to write, for people.</summary>
    public string Usage =>
        $"{Name}({string.Join(", ", Takes.Select(kind => kind.ToString().ToLowerInvariant()))}{(Many ? ", …" : "")})";

    public object? Run(IReadOnlyList<object?> arguments) => !TakesNull && arguments.Contains(null) ? null : Compute(arguments);
}
