using CrmPlatform.Query.Meaning;
using CultureInfo = System.Globalization.CultureInfo;

namespace CrmPlatform.Query.Memory;

/// <summary>Makes functions of what is meant, for one asker and moment. Their meaning is that of the SQL, to the letter.</summary>
internal sealed class Evaluator(Context context)
{
    public Func<object, bool> Test(Condition condition)
    {
        switch (condition)
        {
            case Joined joined:
                var parts = joined.Parts.Select(Test).ToArray();
                return joined.All ? row => System.Array.TrueForAll(parts, p => p(row)) : row => System.Array.Exists(parts, p => p(row));
            case Not not:
                var operand = Test(not.Operand);
                return row => !operand(row);
            case Exists { Where: null, Link: var link }:
                return row => link.Get(row).Any();
            case Exists exists:
                var where = Test(exists.Where);
                return row => exists.Link.Get(row).Any(where);
            case Compare compare:
                return Comparison(compare);
            case Within within:
                var (kind, value, low, high) = (within.Operand.Kind, Read(within.Operand), Read(within.Low), Read(within.High));
                return row => value(row) is { } v && low(row) is { } l && high(row) is { } h
                    && Order.Compare(kind, v, l) >= 0 && Order.Compare(kind, v, h) <= 0;
            case OneOf one:
                var (member, members) = (Read(one.Operand), ((IEnumerable<object>)one.List.In(context)!).ToHashSet());
                return row => member(row) is { } v && members.Contains(v is Exact exact ? exact.ToDecimal() ?? v : v);
            case Matches match:
                var text = Read(match.Operand);
                return row => text(row) is string s && match.Pattern.Matches(s);
            case Present { Operand.Kind: Kind.List } filled:
                var list = Read(filled.Operand);
                return row => list(row) is IReadOnlyCollection<string> { Count: > 0 };
            case Present present:
                var given = Read(present.Operand);
                return row => given(row) is not null;
            case Holds has:
                var (holder, texts) = (Read(has.Operand), (string[])has.List.In(context)!);
                return row => holder(row) is IReadOnlyCollection<string> all
                    && (has.All ? texts.All(all.Contains) : texts.Any(all.Contains));
            case Indexed indexed:
                return Test(indexed.Meaning);
            case Truth truth:
                var boolean = Read(truth.Operand);
                return row => boolean(row) is true;
        }
        throw new InvalidOperationException($"No function says {condition.GetType().Name}.");
    }

    private Func<object, bool> Comparison(Compare compare)
    {
        var (kind, left, right) = (compare.Left.Kind, Read(compare.Left), Read(compare.Right));
        Func<int, bool> fits = compare.Operator switch
        {
            "=" => order => order == 0,
            "<" => order => order < 0,
            "<=" => order => order <= 0,
            ">" => order => order > 0,
            _ => order => order >= 0,
        };
        return row => left(row) is { } l && right(row) is { } r && fits(Order.Compare(kind, l, r));
    }

    public Func<object, object?> Read(Value value)
    {
        switch (value)
        {
            case Constant constant:
                var known = constant.In(context);
                return _ => known;
            case FieldValue field:
                return Field(field);
            case Through through:
                var of = Read(through.Of);
                return row => through.Link.Get(row).FirstOrDefault() is { } other ? of(other) : null;
            case Applied applied:
                var arguments = applied.Arguments.Select(Read).ToArray();
                return row => applied.Function.Run(System.Array.ConvertAll(arguments, a => a(row)));
            case Chosen chosen:
                var (test, then, otherwise) = (Test(chosen.If), Read(chosen.Then), Read(chosen.Else));
                return row => test(row) ? then(row) : otherwise(row);
            case Verdict verdict:
                var holds = Test(verdict.Condition);
                return row => holds(row);
            case DayOf day:
                var instant = Read(day.Instant);
                return row => instant(row) is DateTimeOffset t ? Calendar.Day(t, context.Zone) : null;
            case RollUp rollUp:
                return Rolled(rollUp);
        }
        throw new InvalidOperationException($"No function says {value.GetType().Name}.");
    }

    private static Func<object, object?> Field(FieldValue value)
    {
        var get = value.Field.Get;
        return value.Part switch
        {
            Part.Amount => row => get(row) is Money m ? m.Amount : null,
            Part.Currency => row => get(row) is Money m ? m.Currency : null,
            _ when value.Kind == Kind.Number => row => get(row) is { } n ? Convert.ToDecimal(n, CultureInfo.InvariantCulture) : null,
            _ when value.Kind == Kind.Instant => row => get(row) is DateTime t ? new DateTimeOffset(t, TimeSpan.Zero) : get(row),
            _ when value.Kind == Kind.List => row =>
                get(row) is IEnumerable<string> all ? all as IReadOnlyCollection<string> ?? [.. all] : null,
            _ => get,
        };
    }

    private Func<object, object?> Rolled(RollUp rollUp)
    {
        var where = rollUp.Where is { } condition ? Test(condition) : _ => true;
        var get = rollUp.Link.Get;
        if (rollUp.Of is null)
            return row => (decimal)get(row).Count(where);
        var of = Read(rollUp.Of);
        return row =>
        {
            var values = get(row).Where(where).Select(of).OfType<object>().ToList();
            if (values.OfType<Money>().DistinctBy(m => m.Currency).Skip(1).Any())
                return null;
            return Rolled(rollUp.Name, rollUp.Kind, [.. values.Select(v => v is Money m ? m.Amount : v)]);
        };
    }

    private static object? Rolled(string name, Kind kind, IReadOnlyList<object> values) => name switch
    {
        "sum" => values.Aggregate(default(Exact), (sum, v) => sum + Exact.Of(v)),
        "avg" => values.Aggregate(default(Exact), (sum, v) => sum + Exact.Of(v)) / new Exact(values.Count),
        "min" => values.Count == 0 ? null : values.Aggregate((best, v) => Order.Compare(kind, v, best) < 0 ? v : best),
        _ => values.Count == 0 ? null : values.Aggregate((best, v) => Order.Compare(kind, v, best) > 0 ? v : best),
    };
}
