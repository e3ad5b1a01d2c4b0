namespace CrmPlatform.Query;

/// <summary>How to get from a row to others.</summary>
/// <param name="Shape">What the others are; asked late, because shapes refer to each other.</param>
/// <param name="On">What joins them in SQL: <c>{r}</c> is the row, <c>{o}</c> the other. It includes the tenant.</param>
/// <param name="Get">What joins them in memory: the other rows of a row.</param>
public sealed record Link(Func<Shape> Shape, string On, Func<object, IEnumerable<object>> Get)
{
    /// <summary>Where the other rows are, if not where their shape says.</summary>
    public string? From { get; init; }

    /// <summary>To the record of the same tenant whose id a column holds.</summary>
    public static Link To(Func<Shape> shape, string column, Func<object, object?> get) =>
        new(shape, $"{{o}}.tenant = {{r}}.tenant and {{o}}.id = {{r}}.{column}", row => get(row) is { } other ? [other] : []);

    /// <summary>Back to the records of the same tenant that hold this one's id in a column of theirs.</summary>
    public static Link Back(Func<Shape> shape, string column, Func<object, IEnumerable<object>> get) =>
        new(shape, $"{{o}}.tenant = {{r}}.tenant and {{o}}.{column} = {{r}}.id", get);

    /// <summary>To the members of a JSON array the row itself has; each is <c>{r}.value</c> to its shape.</summary>
    public static Link Inside(Func<Shape> shape, string arraySql, Func<object, IEnumerable<object>> get) => new(shape, "true", get)
    {
        From = $"jsonb_array_elements(case jsonb_typeof({arraySql}) when 'array' then {arraySql} end) as {{o}}(value)",
    };
}

/// <summary>SQL with a place for the row it speaks of.</summary>
internal static class Template
{
    public static string Fill(string template, string row, string other = "") =>
        template.Replace("{r}", row, StringComparison.Ordinal).Replace("{o}", other, StringComparison.Ordinal);

    /// <summary>A text constant that no place can be found in.</summary>
    public static string Quote(string text)
    {
        var quoted = text.Replace("'", "''", StringComparison.Ordinal);
        return text.AsSpan().IndexOfAny('{', '\\') < 0
            ? $"'{quoted}'"
            : $"E'{quoted.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("{", "\\x7b", StringComparison.Ordinal)}'";
    }
}
