using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Journal.Roles;
using CrmPlatform.Query;
using CrmPlatform.Records.Fields;
using Field = CrmPlatform.Journal.Records.Field;

namespace CrmPlatform.Records;

/// <summary>
/// What can be asked of each record type, for the filter language: declared fields, those of the tenant, what it refers to, who refers to it.
/// As far as the caller knows: a field that is kept from them is not there, and other records count only where they see them.
/// </summary>
/// <remarks>Links have no way in memory: lists are answered by the database.</remarks>
public sealed partial class Shapes(RecordTypes types, CustomFields customFields)
{
    // A tenant's shapes live as long as what is known of its fields, and of what its roles allow.
    private readonly ConditionalWeakTable<CustomFieldsOfTenant, ConditionalWeakTable<Rights, Built>> known = [];

    /// <summary>The same for the rules of a session.</summary>
    internal static Shapes In(Session session) => new(session.Model.Types, session.Model.Own);

    /// <summary>What the caller of a session can ask of a record type.</summary>
    public async ValueTask<Shape> Of(RecordType type, Session session, CancellationToken cancel)
    {
        var (own, rights, sights) = (await customFields.Of(session.Cause.Tenant, cancel), (await session.Standing()).Rights, session.Sights);
        return Of(type, own, known.GetOrCreateValue(own).GetValue(rights, _ => new(rights, sights)));
    }

    /// <summary>What can be asked of a record by itself, in memory too: without other records, and as the platform knows it.</summary>
    internal static Shape Alone(RecordType type, CustomFieldsOfTenant own) => new(type.Name, type.Table,
    [
        .. Platform,
        .. type.Fields.Select(Itself).OfType<Member>(),
        new Group(RecordType.Custom, new Shape(RecordType.Custom, type.Table, own.Of(type.Name).Where(f => !FieldDefinition.IsComputed(f)).Select(Added))),
    ]);

    /// <summary>The same as if these were the tenant's own fields.</summary>
    internal Shape Of(RecordType type, IReadOnlyCollection<CustomField> own, Rights rights, Sights sights) =>
        Of(type, new CustomFieldsOfTenant(own), new Built(rights, sights));

    /// <summary>Which formulas and roll-ups could be computed if these were the tenant's own fields: <c>contact age</c>.</summary>
    internal IEnumerable<string> Computed(IReadOnlyCollection<CustomField> own, Rights rights, Sights sights)
    {
        var (all, built) = (new CustomFieldsOfTenant(own), new Built(rights, sights));
        return types.All.Where(built.IsSeen).SelectMany(type => ComputedFields.In(Of(type, all, built)).Select(c => $"{type.Name} {c.Name}"));
    }

    private Shape Of(RecordType type, CustomFieldsOfTenant own, Built built) => built.Shapes.GetOrAdd(
        type.Name, _ => new Shape(type.Name, type.Table, Members(type, own, built), $"{{r}}.deleted_at is null{built.Reach(type).And("{r}")}"));

    private IEnumerable<Member> Members(RecordType type, CustomFieldsOfTenant own, Built built)
    {
        var sight = built.Sight(type);
        foreach (var member in Platform)
            if (sight.Shows(member.Name))
                yield return member;
        foreach (var field in type.Fields)
            if (sight.Shows(field.Name) && Declared(field, own, built) is { } member)
            {
                yield return member;
                // account.industry reads better than accountId.industry; both are understood.
                if (member is Query.Field { Link: not null } reference && field.Name.EndsWith("Id", StringComparison.Ordinal)
                    && type.Find(field.Name[..^2]) is null)
                    yield return reference with { Name = field.Name[..^2] };
            }
        var added = own.Of(type.Name).Where(f => sight.Shows(RecordType.Own(f.Name)));
        yield return new Group(RecordType.Custom, new Shape(
            RecordType.Custom, type.Table,
            added.Select(f => FieldDefinition.IsComputed(f) ? ComputedFields.Of(f, () => Of(type, own, built)) : (Member)Added(f))));
        foreach (var other in types.All.Where(built.IsSeen))
            foreach (var back in other.Fields.Where(f => f.Refers == type.Name && built.Sight(other).Shows(f.Name)))
                yield return new Children(BackName(type, other, back), Link.Back(() => Of(other, own, built), back.Column, NotInMemory)) { By = back.Name };
    }

    private Member? Declared(Field field, CustomFieldsOfTenant own, Built built)
    {
        var itself = Itself(field);
        return itself is not Query.Field value || field.Refers is not { } refers ? itself
            : types.Find(refers) is not { } target ? value with { Link = ToCopy(refers, field.Column, built) }
            : built.IsSeen(target) ? value with { Link = Link.To(() => Of(target, own, built), field.Column, InDatabase) } : value;
    }

    private static Member? Itself(Field field)
    {
        object? Get(object row) => field.Of((Record)row);
        switch (field.Kind)
        {
            case FieldKind.List:
                var element = field.Property.PropertyType.GetGenericArguments()[0];
                var inside = Parts(element);
                return new Children(field.Name, Link.Inside(() => inside, $"{{r}}.{field.Column}", row => (IEnumerable<object>?)Get(row) ?? []))
                {
                    Main = Camel(element.GetProperties()[0].Name),
                };
            case FieldKind.Address:
                return new Group(field.Name, new Shape(field.Name, "", field.Type.GetProperties().Select(p => new Query.Field(
                    Camel(p.Name), Kind.Text, $"({{r}}.{field.Column}->>'{Camel(p.Name)}')", row => Get(row) is { } all ? p.GetValue(all) : null))));
            case FieldKind.Json or FieldKind.Custom:
                return null;
            case FieldKind.Money:
                return new Query.Field(
                    field.Name, Kind.Money, $"({{r}}.{field.Column}->>'amount')::numeric",
                    row => Asked(Get(row)))
                {
                    CurrencySql = $"({{r}}.{field.Column}->>'currency')",
                };
            default:
                return Query.Field.Column(field.Name, KindOf(field.Kind), field.Column, row => field.ForColumn((Record)row)) with
                {
                    Choices = field.Choices,
                    Whole = field.Kind is FieldKind.Integer or FieldKind.Rating,
                };
        }
    }

    internal static Query.Field Added(CustomField field)
    {
        object? Get(object row) => ((Record)row).Custom.TryGetValue(field.Name, out var value) ? Value(field, value) : null;
        return new Query.Field(field.Name, KindOf(field), FieldSql.Of(field), Get)
        {
            Json = KindOf(field) == Kind.List,
            CurrencySql = FieldSql.Currency(field),
            Choices = field.Choices.Count > 0 ? [.. field.Choices.Select(c => c.Value)] : null,
        };
    }

    private static object? Value(CustomField field, JsonElement value) => KindOf(field) switch
    {
        Kind.Number => value.GetDecimal(),
        Kind.Boolean => value.GetBoolean(),
        Kind.Date => DateOnly.Parse(value.GetString()!, System.Globalization.CultureInfo.InvariantCulture),
        Kind.Instant => value.GetDateTimeOffset().ToUniversalTime(),
        Kind.Reference => value.GetGuid(),
        Kind.List => value.EnumerateArray().Select(v => v.GetString()).ToArray(),
        Kind.Money => new Query.Money(
            decimal.Parse(value.GetProperty("amount").ToString(), System.Globalization.CultureInfo.InvariantCulture),
            value.GetProperty("currency").GetString()!),
        _ => value.ToString(),
    };

    internal static Kind KindOf(CustomField field) => (field.Gives ?? field.Kind) switch
    {
        CustomKind.Number or CustomKind.Rating => Kind.Number,
        CustomKind.Money => Kind.Money,
        CustomKind.Date => Kind.Date,
        CustomKind.Instant => Kind.Instant,
        CustomKind.Boolean => Kind.Boolean,
        CustomKind.Choice => Kind.Choice,
        CustomKind.MultiChoice => Kind.List,
        CustomKind.Reference => Kind.Reference,
        _ => Kind.Text,
    };

    private static Kind KindOf(FieldKind kind) => kind switch
    {
        FieldKind.Integer or FieldKind.Number or FieldKind.Rating => Kind.Number,
        FieldKind.Date => Kind.Date,
        FieldKind.Instant => Kind.Instant,
        FieldKind.Boolean => Kind.Boolean,
        FieldKind.Choice => Kind.Choice,
        FieldKind.Texts or FieldKind.MultiChoice => Kind.List,
        FieldKind.Reference => Kind.Reference,
        _ => Kind.Text,
    };

    // A member of a JSON array is {r}.value to its shape.
    private static Shape Parts(Type element) => new(Camel(element.Name), "", element.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p =>
    {
        var type = Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType;
        var several = type == typeof(string) ? null : type.GetInterfaces().Prepend(type)
            .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
        var kind = type == typeof(bool) ? Kind.Boolean : type == typeof(Guid) ? Kind.Reference : type == typeof(DateOnly) ? Kind.Date
            : type == typeof(DateTimeOffset) ? Kind.Instant : type == typeof(int) || type == typeof(decimal) ? Kind.Number
            : type == typeof(Journal.Records.Money) ? Kind.Money
            : several == typeof(string) || several == typeof(DayOfWeek) ? Kind.List : Kind.Text;
        return Query.Field.InJson(Camel(p.Name), kind, "value", Camel(p.Name), row => Asked(p.GetValue(row))) with
        {
            Json = several is not null,
        };
    }));

    // The language has an amount of its own; everything else is what it is.
    private static object? Asked(object? value) => value switch
    {
        Journal.Records.Money money => new Query.Money(money.Amount, money.Currency),
        IEnumerable<DayOfWeek> days => days.Select(day => Camel($"{day}")),
        _ => value,
    };

    // contacts of an account; contactsByReportsTo where the reference is not named like the type.
    private static string BackName(RecordType type, RecordType other, Field back)
    {
        var plural = other.Name.EndsWith('y') ? other.Name[..^1] + "ies" : other.Name + "s";
        return back.Name == type.Name + "Id" ? plural : $"{plural}By{back.Property.Name[..^2]}";
    }

    private static readonly Member[] Platform =
    [
        Query.Field.Column("id", Kind.Reference, "id", r => ((Record)r).Id),
        Query.Field.Column("version", Kind.Number, "version", r => ((Record)r).Version) with { Whole = true },
        Query.Field.Column("createdAt", Kind.Instant, "created_at", r => ((Record)r).CreatedAt),
        Query.Field.Column("updatedAt", Kind.Instant, "updated_at", r => ((Record)r).UpdatedAt),
        Query.Field.Column("deletedAt", Kind.Instant, "deleted_at", r => ((Record)r).DeletedAt),
        new Query.Field("createdBy", Kind.Text, "({r}.created_by->>'name')", r => ((Record)r).CreatedBy?.Name),
        new Query.Field("updatedBy", Kind.Text, "({r}.updated_by->>'name')", r => ((Record)r).UpdatedBy?.Name),
    ];

    // For one set of rights. What its conditions say of the caller and their teams is put in when they are asked.
    private sealed class Built(Rights rights, Sights sights)
    {
        public ConcurrentDictionary<string, Shape> Shapes { get; } = new();

        public Sight Sight(RecordType type) => sights.Of(rights, type);

        public Reaching Reach(RecordType type) => Reaching.Of(new Standing(rights, null, []), type, Deed.Read);

        public Rights Rights => rights;

        public bool IsSeen(RecordType type) => Reach(type).Reach != Access.Roles.Reach.None;
    }

    private static object? InDatabase(object row) => throw new InvalidOperationException(NotHere);

    private const string NotHere = "Other records are asked for in the database.";

    private static readonly Func<object, IEnumerable<object>> NotInMemory = _ => throw new InvalidOperationException(NotHere);

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
