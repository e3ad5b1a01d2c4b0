using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Journal.Roles;
using CrmPlatform.Query;
using CrmPlatform.Records.Fields;

namespace CrmPlatform.Records.Model;

/// <summary>The fields of a record type that the caller knows, from its declaration, what a tenant has added, and what a filter can ask.</summary>
internal sealed class FieldModels(
    RecordType type, Sight sight, Shape shape, IReadOnlyList<CustomField> own, IReadOnlyDictionary<string, FieldIndexState> indexes)
{
    private readonly Dictionary<string, Member> members = shape.Members.ToDictionary(m => m.Name);

    public IEnumerable<FieldModel> All() => Everything().Where(f => sight.Knows(f.Name)).Select(f => sight[f.Name] switch
    {
        FieldRight.Full => f,
        FieldRight.ReadOnly => f with { ReadOnly = true },
        _ => f with { ReadOnly = true, Masked = true, Searchable = false, Sortable = false, Operators = [], Parts = null },
    });

    /// <summary>What is understood where one is written, and not kept.</summary>
    public IEnumerable<FieldModel> Inputs() => type.Inputs.Where(i => sight.Shows(i.Name)).Select(Declared);

    private IEnumerable<FieldModel> Everything() =>
    [
        .. Platform.Select(p => Asked(new FieldModel(p.Name, p.Label, p.Kind, "platform") { SetBySlices = true }, members.GetValueOrDefault(p.Name))),
        .. type.Fields.Where(f => f.Kind != FieldKind.Custom).Select(Declared),
        .. ComputedFields.Known(own, shape).Select(Custom),
    ];

    private FieldModel Declared(Journal.Records.Field field)
    {
        var (range, length) = (Rule<RangeAttribute>(field), Rule<StringLengthAttribute>(field));
        var model = new FieldModel(field.Name, field.Label, Camel(field.Kind), "declared")
        {
            Required = field.IsRequired,
            SetBySlices = field.IsSetBySlices,
            Sensitive = field.IsSensitive,
            Searchable = field.SearchWeight > 0,
            Refers = field.Refers,
            Deprecated = field.Deprecated?.Says,
            Choices = field.Choices?.Select(c => new ChoiceModel(c, field.LabelOf(c) ?? Words(c))).ToList(),
            Min = range is not null ? Number(range.Minimum) : length is { MinimumLength: > 0 } ? length.MinimumLength : null,
            Max = range is not null ? Number(range.Maximum) : length?.MaximumLength,
            Pattern = Rule<RegularExpressionAttribute>(field)?.Pattern,
        };
        return Asked(model, members.GetValueOrDefault(field.Name));
    }

    private FieldModel Custom(CustomField field)
    {
        var model = new FieldModel(RecordType.Own(field.Name), field.Label, Camel(field.Kind!.Value), "custom")
        {
            Required = field.Required,
            Sensitive = field.Sensitive,
            Retired = field.Retired,
            Help = field.Help,
            Default = field.Default,
            Min = field.Min,
            Max = field.Max,
            Pattern = field.Pattern,
            Choices = field.Choices.Count == 0 ? null : [.. field.Choices.Select(c => new ChoiceModel(c.Value, c.Label ?? c.Value, c.Color, c.Retired))],
            Index = FieldIndexState.Of(type, field, indexes),
        };
        return FieldDefinition.IsComputed(field)
            ? Asked(model with { SetBySlices = true, Gives = Camel(field.Gives!.Value), Formula = ComputedFields.Text(field) }, Computed(field))
            : Asked(model, Shapes.Added(field));
    }

    private Computed Computed(CustomField field) => ComputedFields.In(shape).First(c => c.Name == field.Name);

    private static FieldModel Asked(FieldModel model, Member? member) => model with
    {
        Operators = Operators.Of(member),
        Sortable = member is Query.Field { Kind: not Kind.List } or Query.Computed,
        Parts = member switch
        {
            Group group => Parts(group.Shape),
            Children inside => Parts(inside.Link.Shape()),
            _ => null,
        },
    };

    private static List<PartModel> Parts(Shape shape) =>
        [.. shape.Members.OfType<Query.Field>().Select(f => f is { Json: true, Kind: not Kind.List }
            ? new PartModel(f.Name, "json", []) : new PartModel(f.Name, Camel(f.Kind), Operators.Of(f)))];

    private static T? Rule<T>(Journal.Records.Field field) => field.Rules.OfType<T>().FirstOrDefault();

    private static decimal? Number(object? bound) => bound is null ? null : Convert.ToDecimal(bound, CultureInfo.InvariantCulture);

    private static string Camel<T>(T kind)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    // coldCall → Cold call
    internal static string Words(string name) =>
        char.ToUpperInvariant(name[0]) + string.Concat(name.Skip(1).Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));

    private static readonly (string Name, string Label, string Kind)[] Platform =
    [
        ("id", "Id", "reference"), ("version", "Version", "integer"), ("createdAt", "Created", "instant"), ("updatedAt", "Changed", "instant"),
        ("deletedAt", "Deleted", "instant"), ("createdBy", "Created by", "text"), ("updatedBy", "Changed by", "text"),
    ];
}
