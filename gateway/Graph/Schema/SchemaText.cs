using System.Globalization;
using System.Text;
using System.Text.Json;
using CrmPlatform.Graph.Language;

namespace CrmPlatform.Graph.Schema;

/// <summary>A graph as text, in the language it could be read from again.</summary>
public static class SchemaText
{
    /// <summary>All types but those every graph has.</summary>
    public static string Of(TypeSystem types) => string.Join("\n\n",
    [
        .. Header(types),
        .. types.Directives.Where(d => !BuiltIn.Directives.Contains(d)).Select(Of),
        .. types.Types.Values.Where(t => !t.Name.StartsWith("__", StringComparison.Ordinal) && !BuiltIn.Scalars.Contains(t)).Select(Of),
    ]);

    /// <summary>A value as a document would have it.</summary>
    public static string Value(object? value, GraphType type) => (type.Nullable, value) switch
    {
        (_, null) => "null",
        (ListType list, object?[] items) => $"[{string.Join(", ", items.Select(i => Value(i, list.Of)))}]",
        (InputType input, IReadOnlyDictionary<string, object?> fields) => "{" + string.Join(
            ", ", input.Fields.Values.Where(f => fields.ContainsKey(f.Name)).Select(f => $"{f.Name}: {Value(fields[f.Name], f.Type)}")) + "}",
        (EnumType choice, _) => choice.Values.Values.First(v => v.Value.Equals(value)).Name,
        (ScalarType { Name: "ID" }, string text) when IsWhole(text) => text,
        (_, string text) => Literals.Quoted(text),
        (_, bool truth) => truth ? "true" : "false",
        (_, double number) => number.ToString("R", CultureInfo.InvariantCulture),
        (_, JsonElement json) => json.GetRawText(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static bool IsWhole(string text) =>
        text.AsSpan().TrimStart('-') is { Length: > 0 } digits && !digits.ContainsAnyExceptInRange('0', '9') && (digits[0] != '0' || digits.Length == 1);

    private static IEnumerable<string> Header(TypeSystem types)
    {
        if (types.Says is null && types.Query.Name == "Query" && types.Mutation is null or { Name: "Mutation" }
            && types.Subscription is null or { Name: "Subscription" })
            yield break;
        var operations = new[] { ("query", types.Query), ("mutation", types.Mutation), ("subscription", types.Subscription) }
            .Where(o => o.Item2 is not null).Select(o => $"  {o.Item1}: {o.Item2}");
        yield return $"{Says(types.Says)}schema {{\n{string.Join('\n', operations)}\n}}";
    }

    private static string Of(NamedType type) => Says(type.Says) + type switch
    {
        ScalarType scalar => $"scalar {scalar}{(scalar.SpecifiedBy is { } url ? $" @specifiedBy(url: {Literals.Quoted(url)})" : "")}",
        ObjectType one => $"type {one}{Implements(one)}{Block(one.Fields.Values.Select(Of))}",
        InterfaceType one => $"interface {one}{Implements(one)}{Block(one.Fields.Values.Select(Of))}",
        UnionType union => $"union {union}{(union.Types.Count > 0 ? $" = {string.Join(" | ", union.Types)}" : "")}",
        EnumType choice => $"enum {choice}{Block(choice.Values.Values.Select((v, i) => $"{Says(v.Says, "  ", i == 0)}  {v.Name}{Deprecated(v.Deprecated)}"))}",
        InputType input => $"input {input}{(input.OneOf ? " @oneOf" : "")}"
            + Block(input.Fields.Values.Select((v, i) => $"{Says(v.Says, "  ", i == 0)}  {Of(v)}")),
        _ => "",
    };

    private static string Of(Field field, int index) =>
        $"{Says(field.Says, "  ", index == 0)}  {field.Name}{Arguments(field.Arguments, "  ")}: {field.Type}{Deprecated(field.Deprecated)}";

    private static string Of(InputValue value) =>
        $"{value.Name}: {value.Type}{(value.Otherwise is null ? "" : $" = {Value(value.Default, value.Type)}")}{Deprecated(value.Deprecated)}";

    private static string Of(DirectiveType directive) =>
        $"{Says(directive.Says)}directive @{directive.Name}{Arguments(directive.Arguments, "")}{(directive.Repeatable ? " repeatable" : "")}"
        + $" on {string.Join(" | ", directive.Places)}";

    private static string Arguments(IReadOnlyList<InputValue> all, string indent) => all.Count == 0 ? ""
        : all.All(a => a.Says is null) ? $"({string.Join(", ", all.Select(Of))})"
        : $"(\n{string.Join('\n', all.Select((a, i) => $"{Says(a.Says, $"  {indent}", i == 0)}  {indent}{Of(a)}"))}\n{indent})";

    private static string Implements(IHasFields one) => one.Interfaces.Count > 0 ? $" implements {string.Join(" & ", one.Interfaces)}" : "";

    private static string Block(IEnumerable<string> lines) => string.Join('\n', lines) is { Length: > 0 } text ? $" {{\n{text}\n}}" : "";

    private static string Deprecated(string? reason) => reason switch
    {
        null => "",
        BuiltIn.NoReason => " @deprecated",
        _ => $" @deprecated(reason: {Literals.Quoted(reason)})",
    };

    private static string Says(string? words, string indent = "", bool first = true)
    {
        if (words is null)
            return "";
        var text = IsBlock(words) ? Block(words) : Literals.Quoted(words);
        return $"{(indent.Length > 0 && !first ? "\n" : "")}{indent}{text.Replace("\n", $"\n{indent}", StringComparison.Ordinal)}\n";
    }

    // A block can hold what has no signs of its own and no indent or empty lines that reading it would take away.
    private static bool IsBlock(string words)
    {
        var lines = words.Split('\n');
        return words.Length == 0 || (!words.AsSpan().ContainsAnyInRange('\0', '\b') && !words.AsSpan().ContainsAnyInRange('\v', '\u001F')
            && !string.IsNullOrWhiteSpace(lines[0]) && !string.IsNullOrWhiteSpace(lines[^1]) && !char.IsWhiteSpace(words[0])
            && (lines.Length == 1 || lines.Skip(1).Any(l => l.Length > 0 && l[0] is not (' ' or '\t'))));
    }

    private static string Block(string words)
    {
        var escaped = words.Replace("\"\"\"", "\\\"\"\"", StringComparison.Ordinal);
        var single = !words.Contains('\n', StringComparison.Ordinal);
        var ends = (words.EndsWith('"') && !words.EndsWith("\"\"\"", StringComparison.Ordinal)) || words.EndsWith('\\');
        var lines = !single || words.Length > 70 || ends;
        var text = new StringBuilder("\"\"\"");
        if (lines)
            text.Append('\n');
        text.Append(escaped);
        if (lines)
            text.Append('\n');
        return text.Append("\"\"\"").ToString();
    }
}
