using CrmPlatform.Journal.Records;
using Npgsql;

namespace CrmPlatform.Journal.Search;

/// <summary>What is kept beside records to find them by – searched texts, their words, by what they are recognised – and is no statement yet.</summary>
internal sealed class Beside(KnownWords known)
{
    private readonly Dictionary<(SearchText Search, bool IsNew), Dictionary<Guid, string>> searched = [];
    private readonly Dictionary<(RecordType Type, Guid Id), (bool IsNew, IReadOnlySet<string> Was, IReadOnlySet<string> Is)> recognised = [];
    private readonly List<(Guid Tenant, string Word)> words = [];

    /// <summary>A record was entered or has changed.</summary>
    public void Keep(RecordType type, Record? before, Record after)
    {
        if (type.IsRecognised)
        {
            var since = recognised.TryGetValue((type, after.Id), out var earlier) ? earlier : (IsNew: before is null, Was: KeyStatements.Of(before), Is: null!);
            recognised[(type, after.Id)] = since with { Is = KeyStatements.Of(after) };
        }
        var search = type.Search;
        if (!search.IsKept || search.Of(after) is var text && before is not null && text == search.Of(before))
            return;
        var isNew = before is null || searched.TryGetValue((search, true), out var entered) && entered.ContainsKey(after.Id);
        if (!searched.TryGetValue((search, isNew), out var texts))
            searched[(search, isNew)] = texts = [];
        texts[after.Id] = text;
    }

    /// <summary>The statements for everything that waits; then nothing waits any more.</summary>
    public IEnumerable<NpgsqlBatchCommand> Take(Guid tenant)
    {
        foreach (var ((search, isNew), texts) in searched)
            yield return isNew ? SearchStatements.Enter(search, tenant, texts) : SearchStatements.Keep(search, tenant, texts);
        if (SearchText.Words(searched.Values.SelectMany(texts => texts.Values)).Where(w => !known.Has(tenant, w)).ToList() is { Count: > 0 } unknown)
        {
            words.AddRange(unknown.Select(w => (tenant, w)));
            yield return SearchStatements.Words(tenant, unknown);
        }
        foreach (var group in recognised.GroupBy(r => (r.Key.Type, r.Value.IsNew)))
        {
            var gone = group.SelectMany(r => r.Value.Was.Except(r.Value.Is).Select(key => (r.Key.Id, key))).ToList();
            var come = group.SelectMany(r => r.Value.Is.Except(r.Value.Was).Select(key => (r.Key.Id, key))).ToList();
            if (gone.Count > 0)
                yield return KeyStatements.Remove(group.Key.Type, tenant, gone);
            if (come.Count > 0)
                yield return KeyStatements.Add(group.Key.Type, tenant, come, group.Key.IsNew);
        }
        Forget();
    }

    /// <summary>Nothing that waits is written.</summary>
    public void Forget()
    {
        searched.Clear();
        recognised.Clear();
    }

    /// <summary>Everything taken has become durable.</summary>
    public void Committed()
    {
        known.Add(words);
        words.Clear();
    }

    /// <summary>Something taken was taken back.</summary>
    public void TakenBack()
    {
        Forget();
        words.Clear();
    }
}
