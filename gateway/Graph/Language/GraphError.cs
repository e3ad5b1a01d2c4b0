namespace CrmPlatform.Graph.Language;

/// <summary>A place in a document: lines and columns begin at 1, a column is a UTF-16 code unit.</summary>
public readonly record struct Location(int Line, int Column)
{
    /// <summary>The place of an offset.</summary>
    public static Location Of(ReadOnlySpan<char> text, int offset)
    {
        var (line, begin) = (1, 0);
        for (var i = 0; i < offset && i < text.Length; i++)
        {
            if (text[i] is not ('\n' or '\r'))
                continue;
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                i++; // both are one line's end
            (line, begin) = (line + 1, i + 1);
        }
        return new(line, offset + 1 - begin);
    }
}

/// <summary>What is wrong with a document, or went wrong while it was answered.</summary>
/// <param name="Message">For people.</param>
/// <param name="Code">Stable name of the reason, for programs.</param>
public sealed record GraphError(string Message, string Code)
{
    /// <summary>Where in the document.</summary>
    public IReadOnlyList<Location> Locations { get; init; } = [];

    /// <summary>Where in the answer: names and indexes.</summary>
    public IReadOnlyList<object>? Path { get; init; }

    /// <summary>What else programs may want to know.</summary>
    public IReadOnlyDictionary<string, object?> Facts { get; init; } = new Dictionary<string, object?>();
}

/// <summary>A document, a value or an answer that stops here.</summary>
public sealed class GraphException(GraphError error) : Exception(error.Message)
{
    /// <summary>Why.</summary>
    public GraphError Error { get; } = error;
}

/// <summary>The codes of errors that the language itself knows.</summary>
public static class Codes
{
    /// <summary>The document cannot be read.</summary>
    public const string Syntax = "syntax";

    /// <summary>The document asks for what the schema does not have.</summary>
    public const string Validation = "validation";

    /// <summary>A variable or an argument does not hold what it should.</summary>
    public const string BadInput = "bad_input";

    /// <summary>The document asks for more than is answered at once.</summary>
    public const string TooMuch = "too_much";

    /// <summary>Something went wrong here.</summary>
    public const string Internal = "internal";
}
