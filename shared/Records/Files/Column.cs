using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Journal.Roles;

namespace CrmPlatform.Records.Files;

/// <summary>A column of a table of records.</summary>
/// <param name="Name">The field's name, a tenant's own as <c>custom.size</c>.</param>
/// <param name="Label">The field's name for people.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Cell">A record's cell there.</param>
/// <param name="IsKept">Whether an import sets it: not what the platform or slices keep, nor what is computed.</param>
internal sealed record Column(string Name, string Label, FieldKind Kind, Func<Record, string?> Cell, bool IsKept)
{
    /// <summary>Whether a formula or a roll-up gives it, so that it can be in a file and is nobody's to set.</summary>
    public bool IsComputed { get; init; }

    /// <summary>The columns asked for, or all: the id, the fields in the order of their declaration, the tenant's own, what the platform keeps.</summary>
    public static IReadOnlyList<Column> Of(RecordType type, Sight sight, IReadOnlyList<CustomField> own, string? asked)
    {
        Column[] all = [.. All(type, sight, own)];
        if (string.IsNullOrWhiteSpace(asked))
            return all;
        return [.. asked.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name =>
            Array.Find(all, c => c.Name == name) ?? throw Refusal.Invalid("fields", $"A {type.Name} has no field {name}."))];
    }

    /// <summary>All that the caller sees.</summary>
    public static IEnumerable<Column> All(RecordType type, Sight sight, IReadOnlyList<CustomField> own) =>
        All(type, own).Where(c => sight.Shows(c.Name));

    private static IEnumerable<Column> All(RecordType type, IReadOnlyList<CustomField> own)
    {
        yield return Platform("id", FieldKind.Reference, r => r.Id);
        foreach (var field in type.Fields)
            if (field.Kind != FieldKind.Custom)
                yield return new(field.Name, field.Label, field.Kind, r => Cells.Of(field.Kind, field.Of(r)), !field.IsSetBySlices && !field.IsDerived);
        foreach (var field in own)
        {
            var kind = Enum.Parse<FieldKind>((field.Gives ?? field.Kind!.Value).ToString());
            yield return new(
                RecordType.Own(field.Name), field.Label, kind, r => r.Custom.TryGetValue(field.Name, out var value) ? Cells.Of(kind, value) : null,
                !field.Retired && !FieldDefinition.IsComputed(field))
            {
                IsComputed = FieldDefinition.IsComputed(field),
            };
        }
        yield return Platform("version", FieldKind.Integer, r => r.Version);
        yield return Platform("createdAt", FieldKind.Instant, r => r.CreatedAt);
        yield return Platform("createdBy", FieldKind.Text, r => r.CreatedBy?.Name);
        yield return Platform("updatedAt", FieldKind.Instant, r => r.UpdatedAt);
        yield return Platform("updatedBy", FieldKind.Text, r => r.UpdatedBy?.Name);
    }

    private static Column Platform(string name, FieldKind kind, Func<Record, object?> value) => new(name, name, kind, r => Cells.Of(kind, value(r)), false);
}
