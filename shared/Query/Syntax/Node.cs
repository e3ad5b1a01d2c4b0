namespace CrmPlatform.Query.Syntax;

/// <summary>A part of an expression as it was written, before anybody knows what its names mean.</summary>
/// <param name="At">Where it stands.</param>
public abstract record Node(Span At)
{
    /// <summary>The parts it is made of, in order.</summary>
    public virtual IReadOnlyList<Node> Parts => [];
}

/// <summary>A value written out: string, decimal, bool, null, DateOnly, DateTimeOffset, Duration or Money.</summary>
public sealed record Literal(Span At, object? Value) : Node(At);

/// <summary>A value that depends on who asks and when: <c>me</c>, <c>today</c>, <c>lastquarter</c>.</summary>
public sealed record Word(Span At, string Name) : Node(At);

/// <summary>A field, perhaps of another record: <c>account.owner.name</c>.</summary>
public sealed record FieldPath(Span At, IReadOnlyList<Name> Names) : Node(At)
{
    /// <inheritdoc/>
    public override string ToString() => string.Join('.', Names.Select(n => n.Text));
}

/// <summary>One name of a path.</summary>
/// <param name="At">Where it stands.</param>
/// <param name="Text">The name, without quotes.</param>
public sealed record Name(Span At, string Text);

/// <summary>A function, a quantifier or a roll-up with its arguments.</summary>
public sealed record Call(Span At, Name Function, IReadOnlyList<Node> Arguments) : Node(At)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Node> Parts => Arguments;
}

/// <summary><c>not</c>, or a sign.</summary>
public sealed record Unary(Span At, string Operator, Node Operand) : Node(At)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Node> Parts => [Operand];
}

/// <summary>Two values and what is between them: a comparison, a match, <c>has</c>, or arithmetic.</summary>
public sealed record Binary(Span At, string Operator, Node Left, Node Right) : Node(At)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Node> Parts => [Left, Right];
}

/// <summary>Two or more conditions joined by <c>and</c>, or by <c>or</c>.</summary>
public sealed record Junction(Span At, string Operator, IReadOnlyList<Node> Operands) : Node(At)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Node> Parts => Operands;
}

/// <summary><c>in</c>, <c>not in</c>, <c>has any</c> or <c>has all</c> with a list.</summary>
public sealed record Membership(Span At, string Operator, Node Operand, IReadOnlyList<Node> Items) : Node(At)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Node> Parts => [Operand, .. Items];
}

/// <summary><c>is null</c> or <c>is not null</c>.</summary>
public sealed record NullTest(Span At, Node Operand, bool Negated) : Node(At)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Node> Parts => [Operand];
}

/// <summary><c>between</c> or <c>not between</c>; both ends belong to it.</summary>
public sealed record Between(Span At, Node Operand, Node Low, Node High, bool Negated) : Node(At)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Node> Parts => [Operand, Low, High];
}
