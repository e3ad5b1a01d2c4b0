using CrmPlatform.Query.Syntax;
using Xunit;

namespace CrmPlatform.Query.Tests;

/// <summary>Trees compared by what they say, not where.</summary>
internal static class Tree
{
    public static void Same(Node expected, Node actual, string about) =>
        Assert.True(Shown(expected) == Shown(actual), $"{about}\n{Shown(expected)}\n{Shown(actual)}");

    public static string Shown(Node node) => node switch
    {
        Literal l => $"{l.Value?.GetType().Name}:{Formatter.Format(l)}",
        Word w => w.Name,
        FieldPath p => string.Join('.', p.Names.Select(n => $"`{n.Text}`")),
        _ => $"({node.GetType().Name} {Said(node)} {string.Join(' ', node.Parts.Select(Shown))})",
    };

    private static string Said(Node node) => node switch
    {
        Call c => c.Function.Text,
        Unary u => u.Operator,
        Binary b => b.Operator,
        Junction j => j.Operator,
        Membership m => m.Operator,
        NullTest t => $"{t.Negated}",
        Between b => $"{b.Negated}",
        _ => "",
    };
}
