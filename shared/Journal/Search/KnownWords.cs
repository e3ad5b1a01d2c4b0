using System.Collections.Concurrent;

namespace CrmPlatform.Journal.Search;

/// <summary>
/// Words that are kept for certain, so that nobody looks for them with every record. Words never go; one forgotten here is looked for again.
/// </summary>
internal sealed class KnownWords
{
    private const int Most = 200_000;

    private readonly ConcurrentDictionary<(Guid Tenant, string Word), bool> known = new();

    public bool Has(Guid tenant, string word) => known.ContainsKey((tenant, word));

    /// <summary>These have become durable.</summary>
    public void Add(IEnumerable<(Guid Tenant, string Word)> words)
    {
        if (known.Count > Most)
            known.Clear();
        foreach (var word in words)
            known.TryAdd(word, true);
    }
}
