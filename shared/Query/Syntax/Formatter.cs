using System.Globalization;
using System.Text;

namespace CrmPlatform.Query.Syntax;

/// <summary>Writes a tree in the one canonical way: reading it again gives the same tree.</summary>
internal static class Formatter
{
    private const int Or = 0, And = 1, Not = 2, Comparison = 3, Concatenation = 4, Sum = 5, Product = 6, Sign = 7, Value = 8;

    public static string Format(Node node)
    {
        var text = new StringBuilder();
        Write(text, node, Or);
        return text.ToString();
    }

    private static void Write(StringBuilder to, Node node, int least)
    {
        var level = Level(node);
        if (level < least)
            to.Append('(');
        WriteBare(to, node, level);
        if (level < least)
            to.Append(')');
    }

    private static void WriteBare(StringBuilder to, Node node, int level)
    {
        switch (node)
        {
            case Literal literal:
                to.Append(Written(literal.Value));
                break;
            case Word word:
                to.Append(word.Name);
                break;
            case FieldPath path:
                to.AppendJoin('.', path.Names.Select(n => Words.Quoted(n.Text)));
                break;
            case Call call:
                List(to.Append(call.Function.Text), call.Arguments, Or);
                break;
            case Unary { Operator: "not" } not:
                Write(to.Append("not "), not.Operand, Not);
                break;
            case Unary unary:
                Write(to.Append(unary.Operator), unary.Operand, IsSigned(unary.Operand) ? Value + 1 : Sign);
                break;
            case Junction junction:
                for (var i = 0; i < junction.Operands.Count; i++)
                    Write(i == 0 ? to : to.Append(' ').Append(junction.Operator).Append(' '), junction.Operands[i], level + 1);
                break;
            case Binary binary:
                // Arithmetic leans left; a comparison does not go on.
                Write(to, binary.Left, level == Comparison ? level + 1 : level);
                Write(to.Append(' ').Append(binary.Operator).Append(' '), binary.Right, level + 1);
                break;
            case NullTest test:
                Write(to, test.Operand, Concatenation);
                to.Append(test.Negated ? " is not null" : " is null");
                break;
            case Between between:
                Write(to, between.Operand, Concatenation);
                Write(to.Append(between.Negated ? " not between " : " between "), between.Low, Concatenation);
                Write(to.Append(" and "), between.High, Concatenation);
                break;
            case Membership members:
                Write(to, members.Operand, Concatenation);
                to.Append(' ').Append(members.Operator).Append(' ');
                if (members.Items is [Word only] && members.Operator is "in" or "not in")
                    to.Append(only.Name);
                else
                    List(to, members.Items, Concatenation);
                break;
        }
    }

    private static void List(StringBuilder to, IReadOnlyList<Node> items, int least)
    {
        to.Append('(');
        for (var i = 0; i < items.Count; i++)
            Write(i == 0 ? to : to.Append(", "), items[i], least);
        to.Append(')');
    }

    private static int Level(Node node) => node switch
    {
        Junction { Operator: "or" } => Or,
        Junction => And,
        Unary { Operator: "not" } => Not,
        Unary or Literal { Value: decimal and < 0 or Money { Amount: < 0 } } => Sign,
        Binary { Operator: "&" } => Concatenation,
        Binary { Operator: "+" or "-" } => Sum,
        Binary { Operator: "*" or "/" or "%" } => Product,
        Binary or NullTest or Between or Membership => Comparison,
        _ => Value,
    };

    private static bool IsSigned(Node node) => Level(node) == Sign || node is Literal { Value: decimal or Money };

    private static string Written(object? value) => value switch
    {
        null => "null",
        bool b => b ? "true" : "false",
        string s => Quoted(s),
        decimal d => Number(d),
        Money m => $"{Number(m.Amount)} {m.Currency}",
        DateOnly d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset t => t.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        Duration d => $"{d.Count}{d.Unit}",
        _ => throw new InvalidOperationException($"No literal holds a {value.GetType().Name}."),
    };

    /// <summary>A number without an exponent and without zeros that say nothing.</summary>
    internal static string Number(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    private static string Quoted(string text) => new StringBuilder(text)
        .Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r").Replace("\t", "\\t")
        .Insert(0, '"').Append('"').ToString();
}
