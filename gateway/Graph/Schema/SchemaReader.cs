using CrmPlatform.Graph.Language;

namespace CrmPlatform.Graph.Schema;

/// <summary>
/// Makes a graph of its text. The text is ours: what it refers to must be there. How fields answer is given for each of them; scalars that are given
/// stand for those the text only names.
/// </summary>
public sealed class SchemaReader(Document document, Func<string, string, Execution.Reading?> read, IEnumerable<ScalarType>? scalars = null)
{
    private readonly Dictionary<string, NamedType> types =
        BuiltIn.Scalars.Concat(scalars ?? []).ToDictionary(s => s.Name, s => (NamedType)s, StringComparer.Ordinal);

    /// <summary>Reads it.</summary>
    public TypeSystem Read()
    {
        var definitions = document.Definitions.OfType<TypeDefinition>().ToList();
        foreach (var definition in definitions.Where(d => d.Kind is not ("schema" or "directive")))
            types.TryAdd(definition.Name!.Text, Made(definition));
        foreach (var definition in definitions)
            Fill(definition);
        var schema = definitions.Find(d => d.Kind == "schema");
        return new(
            (ObjectType)Root(schema, "query", "Query")!, (ObjectType?)Root(schema, "mutation", "Mutation"),
            (ObjectType?)Root(schema, "subscription", "Subscription"),
            definitions.Where(d => d.Kind is not ("schema" or "directive")).Select(d => types[d.Name!.Text]),
            definitions.Where(d => d.Kind == "directive").Select(Directive), schema?.Says);
    }

    private NamedType? Root(TypeDefinition? schema, string operation, string usual) => schema is null
        ? types.GetValueOrDefault(usual)
        : schema.Members.FirstOrDefault(m => m.Name.Text == operation)?.Type is NamedTypeNode named ? types[named.Name.Text] : null;

    private static NamedType Made(TypeDefinition definition)
    {
        var (name, says) = (definition.Name!.Text, definition.Says);
        return definition.Kind switch
        {
            "type" => new ObjectType(name) { Says = says },
            "interface" => new InterfaceType(name) { Says = says },
            "union" => new UnionType(name) { Says = says },
            "enum" => new EnumType(name) { Says = says },
            "input" => new InputType(name) { Says = says },
            _ => new ScalarType(name) { Says = says, SpecifiedBy = Told(definition.Directives, BuiltIn.SpecifiedBy.Name, "url", null) },
        };
    }

    private void Fill(TypeDefinition definition)
    {
        switch (definition.Name is null ? null : types.GetValueOrDefault(definition.Name.Text))
        {
            case ObjectType one:
                one.Interfaces = [.. definition.Types.Select(t => (InterfaceType)types[t.Name.Text])];
                foreach (var member in definition.Members)
                    one.Fields.Add(member.Name.Text, Field(one.Name, member));
                break;
            case InterfaceType one:
                one.Interfaces = [.. definition.Types.Select(t => (InterfaceType)types[t.Name.Text])];
                foreach (var member in definition.Members)
                    one.Fields.Add(member.Name.Text, Field(one.Name, member));
                break;
            case UnionType union:
                union.Types = [.. definition.Types.Select(t => (ObjectType)types[t.Name.Text])];
                break;
            case EnumType choice:
                foreach (var member in definition.Members)
                    choice.Values.Add(member.Name.Text, new(member.Name.Text, member.Says, Deprecated(member.Directives)));
                break;
            case InputType input:
                input.OneOf = definition.Directives.Any(d => d.Name.Text == BuiltIn.OneOf.Name);
                foreach (var member in definition.Members)
                    input.Fields.Add(member.Name.Text, Input(member));
                break;
        }
    }

    private Field Field(string type, MemberDefinition member) => new(member.Name.Text, Type(member.Type!))
    {
        Says = member.Says,
        Arguments = [.. member.Arguments.Select(Input)],
        Deprecated = Deprecated(member.Directives),
        Read = read(type, member.Name.Text),
    };

    private InputValue Input(MemberDefinition member) => new(member.Name.Text, Type(member.Type!))
    {
        Says = member.Says,
        Otherwise = member.Otherwise,
        Deprecated = Deprecated(member.Directives),
    };

    private DirectiveType Directive(TypeDefinition definition) =>
        new(definition.Name!.Text, [.. definition.Places.Select(p => p.Text)], [.. definition.Members.Select(Input)])
        {
            Says = definition.Says,
            Repeatable = definition.Repeatable,
        };

    private GraphType Type(TypeNode node) => node switch
    {
        NonNullTypeNode some => Type(some.Of).NonNull,
        ListTypeNode list => Type(list.Of).List,
        _ => types[((NamedTypeNode)node).Name.Text],
    };

    private static string? Deprecated(IReadOnlyList<Directive> directives) =>
        Told(directives, BuiltIn.Deprecated.Name, "reason", BuiltIn.NoReason);

    private static string? Told(IReadOnlyList<Directive> directives, string name, string argument, string? otherwise) =>
        directives.FirstOrDefault(d => d.Name.Text == name) is { } said
            ? (said.Arguments.FirstOrDefault(a => a.Name.Text == argument)?.Value as StringNode)?.Text ?? otherwise : null;
}
