using System.Collections.Frozen;
using CrmPlatform.Journal.Intake;

namespace CrmPlatform.Journal.Records;

/// <summary>The record types of one service.</summary>
public sealed class RecordTypes(IEnumerable<RecordType> types)
{
    private readonly FrozenDictionary<Type, RecordType> byClass = types.ToFrozenDictionary(t => t.Clr);
    private readonly FrozenDictionary<string, RecordType> byName = types.ToFrozenDictionary(t => t.Name);

    /// <summary>The records of other services it keeps copies of.</summary>
    public IReadOnlyList<Copy> Copies { get; init; } = [];

    /// <summary>Every type, for start-up checks and documents.</summary>
    public IEnumerable<RecordType> All => byName.Values;

    /// <summary>The type of a name, if this service keeps it.</summary>
    public RecordType? Find(string name) => byName.GetValueOrDefault(name);

    internal RecordType this[string name] => byName[name];

    internal RecordType Of(Record record) => byClass[record.GetType()];

    internal RecordType<T> Of<T>()
        where T : Record => (RecordType<T>)byClass[typeof(T)];
}
