using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Schema;

namespace CrmPlatform.Graph.Tests.Language;

/// <summary>
/// Writes documents by chance, the same ones for a seed. Every other is written with care, and mostly right; the rest have all that people get wrong,
/// and are torn now and then.
/// </summary>
internal sealed class Generator(TypeSystem types, int seed)
{
    private const int Constant = 5; // so deep that there are no variables

    private static readonly string[] Words =
    [
        "{", "}", "(", ")", "[", "]", ":", "!", "$", "...", "@", "|", "&", "=", "on", "fragment", "query", "\"", "\"\"\"",
        "1", "-", "0.", "null", "\r\n", "#", "é", "type",
    ];

    private readonly Random random = new(seed);
    private readonly bool careful = seed % 2 == 0;
    private readonly List<(string Name, GraphType Type)> variables = [];
    private readonly StringBuilder text = new();

    public Asked Document()
    {
        var (fragments, operations) = (random.Next(4), Flawed(10) ? 2 : 1);
        for (var i = 0; i < fragments; i++)
        {
            var on = careful ? types.Query : Composite();
            text.Append($"fragment F{(Flawed(20) ? random.Next(4) : i)} on {on} ");
            Selections(on, 2, careful ? 0 : fragments);
            text.Append('\n');
        }
        for (var i = 0; i < operations; i++)
            Operation(fragments);
        return new(Flawed(4) ? Torn(text.ToString()) : text.ToString(), Given());
    }

    /// <summary>A text with a few pieces taken out, put in or moved.</summary>
    public string Torn(string document)
    {
        var torn = new StringBuilder(document);
        for (var i = random.Next(1, 4); i > 0 && torn.Length > 0; i--)
        {
            var at = random.Next(torn.Length);
            switch (random.Next(4))
            {
                case 0:
                    torn.Remove(at, Math.Min(random.Next(1, 9), torn.Length - at));
                    break;
                case 1:
                    torn.Insert(at, Pick(Words));
                    break;
                case 2:
                    torn[at] = (char)random.Next(random.Next(3) == 0 ? 0x10000 : 128);
                    break;
                default:
                    torn.Insert(random.Next(torn.Length), torn.ToString(at, Math.Min(random.Next(1, 40), torn.Length - at)));
                    break;
            }
        }
        return torn.ToString();
    }

    private void Operation(int fragments)
    {
        var (name, root) = random.Next(careful ? 40 : 12) switch
        {
            0 => ("mutation", types.Mutation!),
            1 => ("subscription", types.Subscription!),
            _ => ("query", types.Query),
        };
        var head = text.Length;
        Selections(root, 0, careful ? 0 : fragments);
        if (careful && root == types.Query)
            text.Insert(text.Length - 2, string.Concat(Enumerable.Range(0, fragments).Select(f => $"...F{f} ")));
        var body = text.ToString(head, text.Length - head);
        text.Length = head;
        var defined = variables.DistinctBy(v => v.Name).Where(_ => !Flawed(25)).Select(v => $"{v.Name}: {Written(v.Type)}").ToList();
        if (Flawed(15))
            defined.Add("$unused: Int");
        text.Append(name).Append(Rarely(2) ? "" : $" Q{random.Next(3)}")
            .Append(defined.Count > 0 ? $"({string.Join(", ", defined)}) " : " ").Append(body).Append('\n');
    }

    private string Written(GraphType type) => (Flawed(8) ? Pick(["Int", "[Kind!]", "Dog", "Point"]) : $"{(Flawed(3) ? type.Nullable : type)}")
        + (Rarely(6) && type is not NonNullType ? $" = {Value(type, Constant)}" : "");

    private JsonElement? Given()
    {
        var given = new JsonObject();
        foreach (var (name, type) in variables.Where(_ => !Rarely(5)))
            given[name[1..]] = JsonNode.Parse(Literals.Json(Parser.ReadValue(Rarely(10) ? "[{x: null}]" : Value(type, Constant))).GetRawText());
        return JsonSerializer.SerializeToElement(given);
    }

    private void Selections(NamedType type, int depth, int fragments)
    {
        text.Append("{ ");
        for (var i = random.Next(1, depth > 3 ? 2 : 5); i > 0; i--)
            switch (random.Next(14))
            {
                case 0 when fragments > 0:
                    text.Append($"...F{random.Next(Flawed(12) ? fragments + 1 : fragments)} ");
                    Directives();
                    break;
                case 1 or 2 when depth < 5:
                    var on = Flawed(4) ? Composite() : Possible(type);
                    text.Append(Flawed(5) ? "... " : $"... on {on} ");
                    Directives();
                    Selections(on, depth + 1, fragments);
                    break;
                default:
                    Field(type, depth, fragments);
                    break;
            }
        text.Append("} ");
    }

    private void Field(NamedType type, int depth, int fragments)
    {
        var fields = type is IHasFields has ? has.Fields.Values.ToList() : [];
        if (fields.Count == 0 || Flawed(30))
        {
            text.Append(fields.Count == 0 ? "__typename " : Pick(["nothing ", "name ", "id "]));
            return;
        }
        var leaves = fields.Where(f => f.Type.Named.IsLeaf).ToList();
        var field = Pick(depth > 3 && leaves.Count > 0 ? leaves : fields);
        if (careful || Rarely(5))
            text.Append(careful ? $"a{text.Length}" : Pick(["a", "b", "name", "id"])).Append(": ");
        text.Append(field.Name);
        var given = field.Arguments.Where(a => a.IsRequired ? !Flawed(25) : !Rarely(2)).ToList();
        if (given.Count > 0)
            text.Append('(').AppendJoin(", ", given.Select(a => $"{(Flawed(40) ? "wrong" : a.Name)}: {Value(a.Type, 0)}")).Append(')');
        text.Append(' ');
        Directives();
        if (field.Type.Named.IsComposite ? careful || (!Rarely(30) && depth < 6) : Flawed(60))
            Selections(field.Type.Named, depth + 1, fragments);
    }

    private string Value(GraphType type, int depth)
    {
        if (depth < Constant && Rarely(7))
        {
            var name = careful ? $"$v{variables.Count}" : $"$v{random.Next(3)}{type.Named.Name[0]}";
            variables.Add((name, type));
            return name;
        }
        if (Flawed(14))
            return depth < Constant && Rarely(10) ? "$lost" : Pick(["null", "1", "1.5", "\"x\"", "true", "DOG", "[]", "{}", "[1, null]", "{x: 1}", "{id: 1}"]);
        return type.Nullable switch
        {
            ListType list => Rarely(4) ? Value(list.Of, depth + 1)
                : $"[{string.Join(", ", Enumerable.Range(0, random.Next(3)).Select(_ => Value(list.Of, depth + 1)))}]",
            EnumType choice => Pick(choice.Values.Keys.ToList()),
            InputType { OneOf: true } input => $"{{{Entry(Pick(input.Fields.Values.ToList()), depth)}}}",
            InputType input =>
                $"{{{string.Join(", ", input.Fields.Values.Where(f => f.IsRequired || (depth < 8 && Rarely(3))).Select(f => Entry(f, depth)))}}}",
            ScalarType { Name: "Int" } => $"{random.Next(-3, 9)}",
            ScalarType { Name: "Float" } => Pick(["1", "2.5", "-1e2", "0.0"]),
            ScalarType { Name: "Boolean" } => Pick(["true", "false"]),
            ScalarType { Name: "ID" } => Pick(["1", "\"p1\""]),
            _ => Pick(["\"x\"", "\"\"\"y\"\"\"", "\"\\u00e4\\n\""]),
        };
    }

    private string Entry(InputValue field, int depth) => $"{field.Name}: {Value(field.Type, depth + 1)}";

    private void Directives()
    {
        if (Rarely(8))
            text.Append(Flawed(2)
                ? Pick(["@once @once ", "@many(word: \"x\") ", "@unknown ", "@skip ", "@include(if: 1) "])
                : Pick(["@skip(if: false) ", "@include(if: true) ", "@skip(if: true) ", "@once "]));
    }

    private NamedType Composite() => Pick(types.Types.Values.Where(t => t.IsComposite && !t.Name.StartsWith("__", StringComparison.Ordinal)).ToList());

    private NamedType Possible(NamedType type) =>
        type.IsComposite ? Pick(types.Types.Values.Where(t => t.IsComposite && types.Overlap(t, type)).ToList()) : Composite();

    private bool Flawed(int times) => !careful && Rarely(times);

    private bool Rarely(int times) => random.Next(times) == 0;

    private T Pick<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];
}
