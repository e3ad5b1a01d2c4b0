using CrmPlatform.Query.Syntax;

namespace CrmPlatform.Query;

/// <summary>What can stand at a place of an unfinished filter.</summary>
/// <param name="Offset">Where the unfinished word begins that a proposal replaces.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Proposals">What can stand there.</param>
public sealed record Completion(int Offset, int Length, IReadOnlyList<Proposal> Proposals)
{
    private static readonly string[] Quantifiers = ["any", "all", "none", "count", "sum", "avg", "min", "max"];

    /// <summary>What can stand at the caret.</summary>
    public static Completion At(string text, int caret, Shape shape)
    {
        caret = Math.Clamp(caret, 0, Math.Min(text.Length, Limits.Usual.Length));
        var start = caret;
        while (start > 0 && Words.IsPart(text[start - 1]))
            start--;
        var reader = new Reader(shape);
        var lexer = new Lexer(text[..start]);
        try
        {
            for (var token = lexer.Next(); token.Kind != TokenKind.End; token = lexer.Next())
                reader.Read(token);
        }
        catch (QueryException open)
        {
            // A text that is just being written.
            start = open.Offset;
        }
        var begun = text[start..caret].TrimStart('"', '\'');
        return new(start, caret - start,
            [.. reader.Proposals().Where(p => p.Text.TrimStart('"').StartsWith(begun, StringComparison.OrdinalIgnoreCase)).Take(50)]);
    }

    private enum Next
    {
        Operand,
        Member,
        Operator,
        Value,
        Null,
    }

    private sealed class Reader(Shape shape)
    {
        private readonly Stack<(Shape Shape, string? Function, Member? Subject)> frames = new();
        private Shape now = shape;
        private Shape? inside = shape;
        private Member? member;
        private Member? subject;
        private string? name;
        private Next next = Next.Operand;

        public void Read(Token token)
        {
            if (token.Kind == TokenKind.Value || token.Kind == TokenKind.Name && (Words.IsValue(token.Text) || Words.IsLiteral(token.Text)))
                (member, next) = (null, Next.Operator);
            else if (token.Kind == TokenKind.QuotedName
                || token.Kind == TokenKind.Name && !Words.IsReserved(token.Text) && next != Next.Operator)
                Named(token.Text);
            else if (token.Is("("))
            {
                frames.Push((now, name, subject));
                (next, name) = (next == Next.Value ? Next.Value : Next.Operand, null);
            }
            else if (token.Is(")") && frames.TryPop(out var frame))
                (now, member, subject, next) = (frame.Shape, null, frame.Subject, Next.Operator);
            else if (token.Is(","))
            {
                if (frames.TryPeek(out var call) && Quantifiers.Contains(call.Function) && member is Children children)
                    now = children.Link.Shape();
                next = subject is null ? Next.Operand : Next.Value;
            }
            else if (token.Is("."))
                (inside, next) = (member switch { Field f => f.Link?.Shape(), Children c => c.Link.Shape(), _ => null }, Next.Member);
            else if (token.Is("and") || token.Is("or") || token.Is("not"))
                (subject, next) = (token.Is("not") ? subject : null, token.Is("not") && next == Next.Null ? Next.Null : Next.Operand);
            else if (token.Is("is"))
                next = Next.Null;
            else if (!token.Is("any") && !token.Is("all"))
                (subject, next) = (member ?? subject, Next.Value);
        }

        private void Named(string text)
        {
            member = (next == Next.Member ? inside : now)?.Find(text);
            (name, next) = (text, Next.Operator);
        }

        public IEnumerable<Proposal> Proposals() => next switch
        {
            Next.Operand => Fields(now).Concat(Quantifiers.Select(f => new Proposal($"{f}(", "function"))).Append(new("not", "operator")),
            Next.Member => Fields(inside).Concat(Parts()),
            Next.Operator => Operators.Of(member).Concat(["and", "or"]).Select(o => new Proposal(o, "operator")),
            Next.Null => [new("null", "value"), new("not null", "value")],
            _ => Values().Select(v => new Proposal(v, "value")).Concat(subject is Field { Choices: not null } ? [] : Fields(now)),
        };

        private static IEnumerable<Proposal> Fields(Shape? of) =>
            of?.Members.Select(m => new Proposal(Words.Quoted(m.Name), KindOf(m)?.ToString().ToLowerInvariant() ?? "rows")) ?? [];

        private static Kind? KindOf(Member member) => (member as Field)?.Kind ?? (member as Computed)?.Kind;

        private IEnumerable<Proposal> Parts() => (member switch
        {
            Children or Field { Kind: Kind.List } => (string[])["count"],
            Field { Kind: Kind.Money } => ["amount", "currency"],
            _ => [],
        }).Select(p => new Proposal(p, "number"));

        private IEnumerable<string> Values() => subject switch
        {
            Field { Choices: { } choices } => choices.Select(c => Formatter.Format(new Literal(default, c))),
            Field { Kind: Kind.Boolean } => ["true", "false"],
            Field { Kind: Kind.Reference } => ["me", "myteam"],
            Field { Kind: Kind.Date or Kind.Instant } => ["now", .. Words.Days, .. Words.Periods, "-30d", "+30d"],
            _ => [],
        };
    }
}

/// <summary>Something that can be written next.</summary>
/// <param name="Text">What to write.</param>
/// <param name="Kind">Of a field its kind; otherwise <c>function</c>, <c>operator</c>, <c>value</c> or, of a list, <c>rows</c>.</param>
public sealed record Proposal(string Text, string Kind);
