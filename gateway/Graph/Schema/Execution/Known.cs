using System.Collections.Concurrent;

namespace CrmPlatform.Graph.Schema.Execution;

/// <summary>
/// What follows from a document alone, worked out once: which fields are asked of which type where, and what others make of that. It is the same for
/// all who ask the document, unless it says what is to be skipped.
/// </summary>
public sealed class Known
{
    private readonly ConcurrentDictionary<(string What, NamedType Of, object At), object> all = new();

    /// <summary>What follows for a type at a place of the document.</summary>
    public T Of<T>(string what, NamedType of, object at, Func<T> make)
        where T : class =>
        all.TryGetValue((what, of, at), out var known) ? (T)known : (T)all.GetOrAdd((what, of, at), make());
}
