using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Journal.Roles;

/// <summary>What somebody may know of the fields of a record type, and set. Where nothing is kept from them, it answers without looking.</summary>
/// <remarks>
/// What is computed from a field says something of it, so it is as hidden as that; setting it changes what it is computed from, so it can be
/// set as little. The same the other way round.
/// </remarks>
internal sealed class Sight
{
    private readonly Rights rights;
    private readonly RecordType type;
    private readonly Dictionary<string, FieldRight> declared = [];

    public Sight(Rights rights, RecordType type)
    {
        (this.rights, this.type) = (rights, type);
        IsWhole = rights.IsEverything || type.IsModel;
        if (IsWhole)
            return;
        foreach (var name in RecordType.Platform)
            declared[name] = name is "createdBy" or "updatedBy" ? Said(name) : FieldRight.Full; // the others are what lists and edits need of any record
        foreach (var field in type.Fields)
            declared[field.Name] = Together(field);
        foreach (var input in type.Inputs)
            declared[input.Name] = Narrowest(Said(input.Name), type.Fields.Where(f => input.MadeFrom.Contains(f.Property.Name)).Select(f => declared[f.Name]));
        HidesSearched = type.Fields.Any(f => f is { SearchWeight: > 0, Refers: null } && !Shows(f.Name));
    }

    /// <summary>Whether everything can be read and set.</summary>
    public bool IsWhole { get; }

    /// <summary>Whether something is searched that must not be found.</summary>
    public bool HidesSearched { get; }

    /// <summary>What may be done with a field, declared or the tenant's own.</summary>
    public FieldRight this[string name] => IsWhole ? FieldRight.Full
        : declared.TryGetValue(name, out var right) ? right
        : RecordType.IsOwn(name, out _) ? Narrowest(Said(name), [Said(RecordType.Custom)])
        : Said(name);

    /// <summary>Whether a field can be read.</summary>
    public bool Shows(string name) => this[name] >= FieldRight.ReadOnly;

    /// <summary>Whether there is such a field at all, as far as this somebody knows.</summary>
    public bool Knows(string name) => this[name] > FieldRight.Hidden;

    /// <summary>The tenant's own fields of a record that can be read.</summary>
    public IReadOnlyDictionary<string, JsonElement> Own(IReadOnlyDictionary<string, JsonElement> all) =>
        IsWhole ? all : all.Where(own => Shows(RecordType.Own(own.Key))).ToDictionary();

    /// <summary>The fields of a record whose value is not shown though it has one; null when there are none.</summary>
    public string[]? Masked(Record record)
    {
        string[] masked = IsWhole ? [] : [.. type.Fields.Where(f => f.Kind != FieldKind.Custom).Select(f => (f.Name, IsEmpty: Field.IsEmpty(f.Of(record))))
            .Concat(record.Custom.Keys.Select(own => (Name: RecordType.Own(own), IsEmpty: false)))
            .Where(f => !f.IsEmpty && this[f.Name] == FieldRight.Masked).Select(f => f.Name)];
        return masked.Length == 0 ? null : masked;
    }

    private FieldRight Together(Field field) => Narrowest(
        Said(field.Name),
        type.Fields.Where(f => field.MadeFrom.Contains(f.Property.Name)).Select(f => Said(f.Name))
            .Concat(type.Fields.Where(f => f.MadeFrom.Contains(field.Property.Name)).Select(f => Said(f.Name))
                .Where(said => said < FieldRight.ReadOnly || !field.IsSetBySlices)));

    private FieldRight Said(string name) => rights.Field(type.Name, name);

    private static FieldRight Narrowest(FieldRight one, IEnumerable<FieldRight> others) => others.Prepend(one).Min();
}
