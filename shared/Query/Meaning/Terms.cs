using CrmPlatform.Query.Syntax;

namespace CrmPlatform.Query.Meaning;

// What an expression means, reduced to what both back ends must know. Truth has two values: a condition about null is false, its
// negation true. There is no `!=`, `between days`, `all` or `none` here: they are said with these.

/// <summary>True or false of a row.</summary>
internal abstract record Condition;

/// <summary>All of them, or one of them.</summary>
internal sealed record Joined(bool All, IReadOnlyList<Condition> Parts) : Condition;

internal sealed record Not(Condition Operand) : Condition;

/// <summary><c>=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c> or <c>&gt;=</c> of two values of one kind.</summary>
internal sealed record Compare(string Operator, Value Left, Value Right) : Condition;

/// <summary>From low up to high, which belongs to it.</summary>
internal sealed record Within(Value Operand, Value Low, Value High) : Condition;

internal sealed record OneOf(Value Operand, Constant List) : Condition;

internal sealed record Matches(Value Operand, Pattern Pattern) : Condition;

internal sealed record Present(Value Operand) : Condition;

/// <summary>A list that holds all, or one, of the texts.</summary>
internal sealed record Holds(Value Operand, bool All, Constant List) : Condition;

/// <summary>A boolean that is true.</summary>
internal sealed record Truth(Value Operand) : Condition;

/// <summary>There is another row, of which a condition holds.</summary>
internal sealed record Exists(Link Link, Condition? Where) : Condition;

/// <summary>What an index can answer although it is about other rows; in memory the long way round.</summary>
internal sealed record Indexed(Condition Meaning, string Sql, Constant Text) : Condition;

/// <summary>Something of a kind, or null.</summary>
internal abstract record Value(Kind Kind);

/// <summary>The same for all rows. What depends on who asks and when is computed when that is known.</summary>
internal sealed record Constant(Kind Kind, Func<Context, object?> In) : Value(Kind)
{
    public static Constant Of(Kind kind, object? value) => new(kind, _ => value);
}

internal enum Part
{
    Whole,
    Amount,
    Currency,
}

internal sealed record FieldValue(Field Field, Part Part) : Value(Part switch
{
    Part.Amount => Kind.Number,
    Part.Currency => Kind.Text,
    _ => Field.Kind,
});

/// <summary>A value of the record a reference leads to.</summary>
internal sealed record Through(Link Link, Value Of) : Value(Of.Kind);

internal sealed record Applied(Function Function, IReadOnlyList<Value> Arguments, Kind Kind) : Value(Kind);

internal sealed record Chosen(Condition If, Value Then, Value Else) : Value(Then.Kind == Kind.Nothing ? Else.Kind : Then.Kind);

/// <summary>A condition as a value.</summary>
internal sealed record Verdict(Condition Condition) : Value(Kind.Boolean);

/// <summary>The day of a moment in the zone of who asks.</summary>
internal sealed record DayOf(Value Instant) : Value(Kind.Date);

/// <summary>Count, sum, min, max or avg over other rows.</summary>
internal sealed record RollUp(string Name, Link Link, Value? Of, Condition? Where, Kind Kind) : Value(Kind);
