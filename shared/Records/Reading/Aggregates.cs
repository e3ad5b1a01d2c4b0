using System.Text.Json;
using CrmPlatform.Journal;
using CrmPlatform.Query;
using CrmPlatform.Records.Doors;

namespace CrmPlatform.Records.Reading;

/// <summary>Computes from the records of a list, in the database: only of fields that the caller may ask about.</summary>
internal sealed class Aggregates
{
    private const int MostFields = 20;
    private const int MostGroups = 1000;

    private static readonly Kind[] Numbers = [Kind.Number, Kind.Money];
    private static readonly Kind[] Ordered = [Kind.Number, Kind.Money, Kind.Date, Kind.Instant];
    private static readonly Kind[] Dividing = [Kind.Text, Kind.Choice, Kind.Boolean, Kind.Date, Kind.Reference, Kind.Number];

    private readonly List<string> groups = [];
    private readonly List<string> columns = ["count(*)"];
    private readonly AggregateRequest wanted;

    public Aggregates(Shape shape, AggregateRequest wanted)
    {
        this.wanted = wanted;
        groups.AddRange(wanted.GroupBy.Distinct().Select(name => Sql(Find(shape, "groupBy", name, Dividing))));
        columns.AddRange(wanted.Sum.Distinct().Select(name => OneCurrency(Find(shape, "sum", name, Numbers), "sum")));
        columns.AddRange(wanted.Avg.Distinct().Select(name => OneCurrency(Find(shape, "avg", name, Numbers), "avg")));
        columns.AddRange(wanted.Min.Distinct().Select(name => OneCurrency(Find(shape, "min", name, Ordered), "min")));
        columns.AddRange(wanted.Max.Distinct().Select(name => OneCurrency(Find(shape, "max", name, Ordered), "max")));
        if (groups.Count + columns.Count > MostFields)
            throw Refusal.Invalid("aggregate", $"At most {MostFields - 1} things are computed at once.");
    }

    /// <summary>What is computed; with a column, for each parent that it refers to.</summary>
    public async Task<List<(Guid? Of, AggregateItem Item)>> Of(Listing listing, string? column = null, Guid[]? parents = null)
    {
        var found = await listing.Computed(groups, columns, column, parents ?? [], MostGroups);
        return found.ConvertAll(row => (row.Of, Item(row.Columns)));
    }

    private AggregateItem Item(string[] row)
    {
        var at = 0;
        JsonElement Next() => JsonSerializer.Deserialize<JsonElement>(row[at++]);
        Dictionary<string, JsonElement> Named(IEnumerable<string> names) => names.Distinct().ToDictionary(name => name, _ => Next());
        return new(Named(wanted.GroupBy), Next().GetInt64(), Named(wanted.Sum), Named(wanted.Avg), Named(wanted.Min), Named(wanted.Max));
    }

    private static Field Find(Shape shape, string parameter, string name, Kind[] kinds)
    {
        var found = name.Split('.', 2) is [var group, var inside]
            ? shape.Members.OfType<Group>().FirstOrDefault(g => g.Name == group)?.Shape.Members.FirstOrDefault(m => m.Name == inside)
            : shape.Members.FirstOrDefault(m => m.Name == name);
        return found is Field field && kinds.Contains(field.Kind) ? field
            : throw Refusal.Invalid(parameter, $"A {shape.Name} has no field {name} for this.");
    }

    private static string Sql(Field field) => field.Sql.Replace("{r}", "r", StringComparison.Ordinal);

    private static string OneCurrency(Field field, string function) => field.CurrencySql is not { } currency ? $"{function}({Sql(field)})"
        : $"case when count(distinct {currency.Replace("{r}", "r", StringComparison.Ordinal)}) = 1 then {function}({Sql(field)}) end";
}
