using System.Text.Json;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Query;

namespace CrmPlatform.Records.Fields;

/// <summary>Formulas and roll-ups as the language has them: a roll-up is a formula that is put together from its parts.</summary>
internal static class ComputedFields
{
    /// <summary>A field as a name of the language.</summary>
    public static Computed Of(CustomField field, Func<Shape> over) => new(field.Name, Shapes.KindOf(field), Text(field), over);

    /// <summary>What computes it.</summary>
    public static string Text(CustomField field)
    {
        if (field.Kind == CustomKind.Formula)
            return field.Formula ?? "";
        var of = string.Join('.', $"{field.List}{(field.Field is null ? "" : $".{field.Field}")}".Split('.').Select(name => $"`{name}`"));
        var function = JsonNamingPolicy.CamelCase.ConvertName($"{field.Function}");
        return Expression.Format($"{function}({of}{(field.Filter is null ? "" : $", {field.Filter}")})");
    }

    /// <summary>Those that mean something to who asks with a shape.</summary>
    public static IEnumerable<Computed> In(Shape shape) =>
        shape.Members.FirstOrDefault(m => m.Name == RecordType.Custom) is Group own ? own.Shape.Members.OfType<Computed>() : [];

    /// <summary>Of a tenant's own fields those that there are for who asks with a shape: what is made of a hidden field is hidden.</summary>
    public static IReadOnlyList<CustomField> Known(IReadOnlyList<CustomField> own, Shape shape)
    {
        if (!own.Any(FieldDefinition.IsComputed))
            return own;
        var known = In(shape).Select(c => c.Name).ToHashSet();
        return [.. own.Where(f => !FieldDefinition.IsComputed(f) || known.Contains(f.Name))];
    }
}
