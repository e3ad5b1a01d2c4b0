using CrmPlatform.Query.Meaning;
using CrmPlatform.Query.Memory;
using CrmPlatform.Query.Sql;
using CrmPlatform.Query.Syntax;

namespace CrmPlatform.Query;

/// <summary>
/// An order of records: <c>-amount,lastName,account.name</c>. Text is ordered without regard to case; what is not given comes last
/// either way.
/// </summary>
public sealed class Sort
{
    private const int Most = 8;

    private Sort(IReadOnlyList<SortKey> keys) => Keys = keys;

    /// <summary>What is compared, the most important first.</summary>
    public IReadOnlyList<SortKey> Keys { get; }

    /// <summary>Reads an order; throws a <see cref="QueryException"/> that says what is wrong and where.</summary>
    public static Sort Parse(string text, Shape shape, Limits? limits = null)
    {
        List<SortKey> keys = [];
        var meter = new Meter(limits ?? Limits.Usual);
        var offset = 0;
        foreach (var part in text.Split(',', Most + 1))
        {
            if (keys.Count == Most)
                throw Limits.Exceeded(new(offset, part.Length), $"An order has at most {Most} fields.");
            keys.Add(Key(part, offset, shape, meter));
            offset += part.Length + 1;
        }
        return new(keys);
    }

    private static SortKey Key(string part, int offset, Shape shape, Meter meter)
    {
        var sign = part.TrimStart().StartsWith('-') ? part.IndexOf('-', StringComparison.Ordinal) + 1 : 0;
        // The sign is blanked, so that what is wrong is found where it stands.
        var written = new string(' ', sign) + part[sign..];
        try
        {
            if (Parser.Parse(written, meter.Limits) is not FieldPath path)
                throw new QueryException(QueryFault.Syntax, new(0, part.Length), "Expected a field, as in `-amount,lastName`.");
            var value = new Binder(shape, meter, []).Ordered(path);
            return new(Formatter.Format(path), sign > 0, value);
        }
        catch (QueryException e)
        {
            throw e.Moved(offset);
        }
    }

    /// <summary>The canonical text.</summary>
    public override string ToString() => string.Join(',', Keys.Select(k => k.Descending ? $"-{k.Field}" : k.Field));

    /// <summary>What comes after <c>order by</c>.</summary>
    public string ToSql(string row = "r") =>
        string.Join(", ", Keys.Select(k => $"{k.ToSql(row)}{(k.Descending ? " desc" : "")} nulls last"));

    /// <summary>The order for somebody: what formulas make of each row is joined to it once, and named like a column.</summary>
    public OrderSql ToSql(Context context, SqlPlace place)
    {
        var (join, keys, values) = ("", new List<string>(), new List<object>());
        foreach (var key in Keys)
            if (key.IsPlain)
                keys.Add(key.ToSql(place.Row));
            else
            {
                var (name, sql) = ($"{place.Row}_key{keys.Count}", key.ToSql(context, place with { First = place.First + values.Count }));
                join += $" cross join lateral (select {sql.Text} offset 0) {name}({name})";
                keys.Add($"{name}.{name}");
                values.AddRange(sql.Parameters);
            }
        return new(join, keys, string.Join(", ", keys.Zip(Keys, (sql, k) => $"{sql}{(k.Descending ? " desc" : "")} nulls last")), values);
    }

    /// <summary>The same order for rows in memory.</summary>
    public IComparer<object> ToComparer()
    {
        var keys = Keys.Select(k => (Read: k.ToFunction(), k)).ToArray();
        return Comparer<object>.Create((a, b) => keys.Select(k => k.k.Compare(k.Read(a), k.Read(b))).FirstOrDefault(order => order != 0));
    }
}

/// <summary>An order in SQL.</summary>
/// <param name="Join">What is joined to the row.</param>
/// <param name="Keys">What is compared, in order.</param>
/// <param name="By">What comes after <c>order by</c>.</param>
/// <param name="Parameters">What belongs in its places.</param>
public sealed record OrderSql(string Join, IReadOnlyList<string> Keys, string By, IReadOnlyList<object> Parameters);

/// <summary>One field of an order.</summary>
public sealed class SortKey
{
    private static readonly Context Nobody = new(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc);
    private readonly Value value;

    internal SortKey(string field, bool descending, Value value) => (Field, Descending, this.value) = (field, descending, value);

    /// <summary>The path of the field.</summary>
    public string Field { get; }

    /// <summary>Whether the greatest comes first.</summary>
    public bool Descending { get; }

    /// <summary>What the compared value is; of a choice or text the folded text.</summary>
    public Kind Kind => value.Kind;

    /// <summary>The value as SQL has it, for an order and for the cursor that goes on from it.</summary>
    public string ToSql(string row = "r") => new SqlWriter(Nobody, new(row)).Plain(value);

    /// <summary>Whether it is a field as it stands, here or in another record: the same for everybody.</summary>
    internal bool IsPlain => Plain(value);

    internal SqlText ToSql(Context context, SqlPlace place) => new SqlWriter(context, place).Key(value);

    private static bool Plain(Value value) => value switch
    {
        FieldValue => true,
        Through through => Plain(through.Of),
        Applied { Function.Name: "lower", Arguments: [var text] } => Plain(text),
        _ => false,
    };

    /// <summary>The value of a row in memory.</summary>
    public Func<object, object?> ToFunction() => new Evaluator(Nobody).Read(value);

    internal int Compare(object? left, object? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        _ => Order.Compare(Kind, left, right) * (Descending ? -1 : 1),
    };
}
