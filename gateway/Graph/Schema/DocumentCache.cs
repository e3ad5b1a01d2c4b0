using System.Collections.Concurrent;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Schema.Execution;
using CrmPlatform.Graph.Schema.Validation;

namespace CrmPlatform.Graph.Schema;

/// <summary>A document that was read and held against a graph.</summary>
/// <param name="Document">The document, where it could be read.</param>
/// <param name="Errors">What is wrong with it; nothing, where it can be answered.</param>
public sealed record CheckedDocument(Document? Document, IReadOnlyList<GraphError> Errors)
{
    /// <summary>What follows from it for all who ask it; nothing, where it depends on what they say.</summary>
    public Known? Known { get; } = Document?.Text.Contains('@', StringComparison.Ordinal) == false ? new() : null;

    /// <summary>Whether it asks what there is to be asked.</summary>
    public bool Introspects { get; } = Document?.Definitions.Any(d => Asks((d as Operation)?.Selections) || Asks((d as Fragment)?.Selections)) is true;

    private static bool Asks(SelectionSet? set) => set?.Selections.Any(s =>
        s is FieldNode { Name.Text: "__schema" or "__type" } || (s is Inline inline && Asks(inline.Selections))) is true;
}

/// <summary>Reads and checks each document once: programs ask the same again and again.</summary>
public sealed class DocumentCache(TypeSystem types, ParseLimits parsing, ExtentLimits extent)
{
    private const int Most = 1_000;
    private const int LongestKept = 20_000;

    private readonly ConcurrentDictionary<string, CheckedDocument> known = new(StringComparer.Ordinal);

    /// <summary>The document of a text.</summary>
    public CheckedDocument Read(string text)
    {
        if (known.TryGetValue(text, out var kept))
            return kept;
        var read = Check(text);
        if (text.Length > LongestKept)
            return read;
        if (known.Count >= Most)
            known.Clear(); // what is asked again is there again at once
        return known.GetOrAdd(text, read);
    }

    private CheckedDocument Check(string text)
    {
        try
        {
            var document = Parser.Read(text, parsing);
            var errors = Validator.Check(types, document);
            return errors.Count > 0 ? new(document, errors)
                : Extent.Refuse(document, extent) is { } tooMuch ? new(document, [tooMuch]) : new(document, []);
        }
        catch (GraphException e)
        {
            return new(null, [e.Error]);
        }
    }
}
