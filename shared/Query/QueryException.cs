namespace CrmPlatform.Query;

/// <summary>An expression that cannot be meant: where it fails, what was expected there, and what the writer may have meant.</summary>
public sealed class QueryException : Exception
{
    internal QueryException(QueryFault fault, Span at, string message, string? suggestion = null)
        : base(suggestion is null ? Short(message) : $"{Short(message).TrimEnd('.')}, did you mean `{suggestion}`?") =>
        (Fault, Offset, Length, Suggestion) = (fault, at.Offset, at.Length, suggestion);

    private QueryException(QueryException of, int by) : base(of.Message, of) =>
        (Fault, Offset, Length, Suggestion) = (of.Fault, of.Offset + by, of.Length, of.Suggestion);

    /// <summary>The same, of a text this one is a part of.</summary>
    internal QueryException Moved(int by) => new(this, by);

    // What a caller wrote may be quoted, but not at any length.
    private static string Short(string message) => message.Length <= 300 ? message : message[..299] + "…";

    /// <summary>What kind of mistake it is.</summary>
    public QueryFault Fault { get; }

    /// <summary>Where the mistake begins, in characters from the start.</summary>
    public int Offset { get; }

    /// <summary>How many characters it covers.</summary>
    public int Length { get; }

    /// <summary>What may have been meant, if something is near enough.</summary>
    public string? Suggestion { get; }
}

/// <summary>The kinds of mistake an expression can hold.</summary>
public enum QueryFault
{
    /// <summary>It is not a sentence of the language.</summary>
    Syntax,

    /// <summary>It names a field or function that does not exist for this caller.</summary>
    UnknownName,

    /// <summary>It compares a choice with a value the choice does not have.</summary>
    UnknownChoice,

    /// <summary>It puts together what does not fit.</summary>
    Type,

    /// <summary>It is larger, deeper or more expensive than allowed.</summary>
    Limit,
}

/// <summary>A stretch of the text.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">How many characters it has.</param>
public readonly record struct Span(int Offset, int Length)
{
    internal Span To(Span end) => new(Offset, end.Offset + end.Length - Offset);
}
