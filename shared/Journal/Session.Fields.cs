using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;

namespace CrmPlatform.Journal;

/// <summary>Fields by their names, where which ones matter is data of the tenant's.</summary>
public sealed partial class Session
{
    /// <summary>The names of a record type's fields, those the tenant has added among them (<c>custom.size</c>); not of what is computed.</summary>
    public async ValueTask<IReadOnlySet<string>> FieldNames<T>()
        where T : Record
    {
        var type = home.Types.Of<T>();
        return type.Fields.Where(f => f != type.CustomField).Select(f => f.Name)
            .Concat((await Own(type)).Where(IsFilled).Select(f => RecordType.Own(f.Name))).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Those of some fields in which a record has nothing, each with what people call it.</summary>
    public async ValueTask<IReadOnlyDictionary<string, string>> Lacking(Record record, IEnumerable<string> fields)
    {
        var type = home.Types.Of(record);
        var own = await Own(type);
        return fields.Where(name => type.Find(name) is { } field ? Field.IsEmpty(field.Of(record))
                : RecordType.IsOwn(name, out var added) && own.Any(f => f.Name == added && IsFilled(f)) && !record.Custom.ContainsKey(added))
            .ToDictionary(name => name, name => type.Find(name)?.Label ?? own.First(f => RecordType.Own(f.Name) == name).Label);
    }

    private static bool IsFilled(CustomField field) => !field.Retired && !FieldDefinition.IsComputed(field);
}
