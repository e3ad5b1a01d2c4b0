using System.Text.Json;
using CrmPlatform.Graph.Language;

namespace CrmPlatform.Graph.Schema;

/// <summary>
/// Makes values of what documents and variables say. A list is an array, an input a dictionary with its defaults filled in, a scalar what it makes of it.
/// </summary>
public static class Inputs
{
    /// <summary>Stands where no value can be made.</summary>
    public static readonly object Nothing = new();

    private const int MostErrors = 50;

    /// <summary>The value that is written in a document, or <see cref="Nothing"/>.</summary>
    public static object? FromNode(ValueNode node, GraphType type, IReadOnlyDictionary<string, object?>? variables)
    {
        if (node is VariableNode variable)
            return variables is null || !variables.TryGetValue(variable.Name.Text, out var given) || (given is null && type is NonNullType) ? Nothing : given;
        if (type is NonNullType some)
            return node is NullNode ? Nothing : FromNode(node, some.Of, variables);
        if (node is NullNode)
            return null;
        switch (type)
        {
            case ListType list when node is ListNode many:
                var items = new object?[many.Items.Count];
                for (var i = 0; i < items.Length; i++)
                {
                    var missing = IsMissing(many.Items[i], variables);
                    items[i] = missing && list.Of is not NonNullType ? null : FromNode(many.Items[i], list.Of, variables);
                    if (items[i] == Nothing)
                        return Nothing;
                }
                return items;
            case ListType list:
                return FromNode(node, list.Of, variables) is var one && one == Nothing ? Nothing : new[] { one };
            case InputType input:
                return node is ObjectNode fields ? FromNode(fields, input, variables) : Nothing;
            case EnumType choice:
                return node is EnumNode word && choice.Values.TryGetValue(word.Text, out var value) ? value.Value : Nothing;
            default:
                try
                {
                    return ((ScalarType)type).FromNode(node, variables);
                }
                catch (FormatException)
                {
                    return Nothing;
                }
        }
    }

    /// <summary>What an operation's variables hold, or what is wrong with them.</summary>
    public static (IReadOnlyDictionary<string, object?> Values, IReadOnlyList<GraphError> Errors) Variables(
        TypeSystem types, Document document, Operation operation, JsonElement given)
    {
        var (values, errors) = (new Dictionary<string, object?>(StringComparer.Ordinal), new List<GraphError>());
        foreach (var variable in operation.Variables)
        {
            var name = variable.Node.Name.Text;
            void Wrong(string message) => errors.Add(new(message, Codes.BadInput) { Locations = [document.Locate(variable)] });
            if (types.Find(variable.Type) is not { IsInput: true } type)
                errors.Add(new($"Variable \"${name}\" expected value of type \"{variable.Type}\" which cannot be used as an input type.", Codes.BadInput)
                {
                    Locations = [document.Locate(variable.Type)],
                });
            else if (given.ValueKind != JsonValueKind.Object || !given.TryGetProperty(name, out var value))
            {
                if (variable.Otherwise is { } otherwise)
                    values[name] = FromNode(otherwise, type, null);
                else if (type is NonNullType)
                    Wrong($"Variable \"${name}\" of required type \"{type}\" was not provided.");
            }
            else if (value.ValueKind == JsonValueKind.Null && type is NonNullType)
                Wrong($"Variable \"${name}\" of non-null type \"{type}\" must not be null.");
            else
                values[name] = new JsonInput((path, why) => Wrong($"Variable \"${name}\" got invalid value{At(name, path)}; {why}")).Read(value, type, "");
            if (errors.Count > MostErrors)
                return (values, [.. errors.Take(MostErrors), new("Too many errors processing variables, error limit reached.", Codes.BadInput)]);
        }
        return (values, errors);
    }

    /// <summary>What a field or directive is told; throws what is wrong with it.</summary>
    public static IReadOnlyDictionary<string, object?> Arguments(
        IReadOnlyList<InputValue> known, IReadOnlyList<Argument> given, Node at, IReadOnlyDictionary<string, object?> variables, Document document)
    {
        if (known.Count == 0)
            return None;
        var values = new Dictionary<string, object?>(known.Count, StringComparer.Ordinal);
        foreach (var argument in known)
        {
            GraphException Wrong(string why, Node node) => new(
                new($"Argument \"{argument.Name}\" {why}", Codes.BadInput) { Locations = [document.Locate(node)] });
            var value = given.FirstOrDefault(a => a.Name.Text == argument.Name)?.Value;
            if (value is null || IsMissing(value, variables))
            {
                if (argument.Otherwise is not null)
                    values[argument.Name] = argument.Default;
                else if (argument.Type is NonNullType)
                    throw Wrong($"of required type \"{argument.Type}\" was not provided.", value ?? at);
                continue;
            }
            var made = FromNode(value, argument.Type, variables);
            if (made == Nothing)
                throw Wrong($"of type \"{argument.Type}\" has an invalid value.", value);
            values[argument.Name] = made;
        }
        return values;
    }

    private static readonly IReadOnlyDictionary<string, object?> None = new Dictionary<string, object?>();

    private static object FromNode(ObjectNode node, InputType input, IReadOnlyDictionary<string, object?>? variables)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in input.Fields.Values)
        {
            var given = node.Fields.LastOrDefault(f => f.Name.Text == field.Name)?.Value;
            if (given is null || IsMissing(given, variables))
            {
                if (field.Otherwise is not null)
                    values[field.Name] = field.Default;
                else if (field.Type is NonNullType)
                    return Nothing;
                continue;
            }
            if ((values[field.Name] = FromNode(given, field.Type, variables)) == Nothing)
                return Nothing;
        }
        return input.OneOf && (values.Count != 1 || values.ContainsValue(null)) ? Nothing : values;
    }

    private static bool IsMissing(ValueNode node, IReadOnlyDictionary<string, object?>? variables) =>
        node is VariableNode variable && variables?.ContainsKey(variable.Name.Text) is not true;

    private static string At(string name, string path) => path.Length > 0 ? $" at \"{name}{path}\"" : "";
}
