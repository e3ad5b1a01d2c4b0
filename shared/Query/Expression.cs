using CrmPlatform.Query.Meaning;
using CrmPlatform.Query.Memory;
using CrmPlatform.Query.Sql;
using CrmPlatform.Query.Syntax;

namespace CrmPlatform.Query;

/// <summary>A text of the language that means something over a shape.</summary>
public abstract class Expression
{
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    private protected Expression(string text, Shape shape, Limits? limits, Computed? itself = null)
    {
        Limits = limits ?? Limits.Usual;
        Tree = Parser.Parse(text, Limits);
        Binder = new Binder(shape, new Meter(Limits), used, within: itself is null ? null : [itself]);
    }

    private protected Limits Limits { get; }

    private protected Binder Binder { get; }

    /// <summary>What was written, as a tree to walk.</summary>
    public Node Tree { get; }

    /// <summary>The paths of all fields and lists it asks about (<c>amount</c>, <c>account.industry</c>, <c>contacts.email</c>).</summary>
    public IReadOnlySet<string> Fields => used;

    /// <summary>The text in its canonical form, which means the same.</summary>
    public override string ToString() => Formatter.Format(Tree);

    /// <summary>The canonical form of a text, whatever its names mean.</summary>
    public static string Format(string text) => Formatter.Format(Parser.Parse(text, Limits.Usual));

    /// <summary>A text as it is written in an expression.</summary>
    public static string Quote(string text) => Formatter.Format(new Literal(default, text));
}

/// <summary>Which records are meant.</summary>
public sealed class Filter : Expression
{
    private readonly Condition condition;

    private Filter(string text, Shape shape, Limits? limits) : base(text, shape, limits) => condition = Binder.Condition(Tree);

    /// <summary>Reads a filter; throws a <see cref="QueryException"/> that says what is wrong and where.</summary>
    public static Filter Parse(string text, Shape shape, Limits? limits = null) => new(text, shape, limits);

    /// <summary>A condition for a where clause.</summary>
    public SqlText ToSql(Context context, SqlPlace? place = null) => new SqlWriter(context, place ?? new()).Where(condition);

    /// <summary>The same condition for rows in memory.</summary>
    public Func<object, bool> ToPredicate(Context context) => new Evaluator(context).Test(condition);
}

/// <summary>A value computed from a record.</summary>
public sealed class Formula : Expression
{
    private readonly Value value;

    private Formula(string text, Shape shape, Limits? limits) : base(text, shape, limits) => value = Binder.Result(Tree);

    private Formula(Computed computed) : base(computed.Text, computed.Over(), null, computed) => value = Binder.Result(Tree);

    /// <summary>What it gives: text, number, date, instant, boolean or reference.</summary>
    public Kind Kind => value.Kind;

    /// <summary>Reads a formula; throws a <see cref="QueryException"/> that says what is wrong and where.</summary>
    public static Formula Parse(string text, Shape shape, Limits? limits = null) => new(text, shape, limits);

    /// <summary>Reads the formula that a name stands for, which cannot use itself.</summary>
    public static Formula Parse(Computed computed) => new(computed);

    /// <summary>The value, for a select list.</summary>
    public SqlText ToSql(Context context, SqlPlace? place = null) => new SqlWriter(context, place ?? new()).Result(value);

    /// <summary>The same value of rows in memory. A number has ten decimals at most, and is null from 10^18 on.</summary>
    public Func<object, object?> ToFunction(Context context)
    {
        var read = new Evaluator(context).Read(value);
        return Kind == Kind.Number ? row => read(row) is { } number ? Exact.Of(number).Result() : null : read;
    }
}
