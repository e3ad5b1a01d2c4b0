using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Plan;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Graph.Schema.Execution;
using CrmPlatform.Records.Model;

namespace CrmPlatform.Graph.Model;

/// <summary>
/// Makes a graph of what services say their records are, as they say it to one caller: what is hidden from the caller is not in it. A record type is a
/// type, a reference leads to its record and back, lists are connections, slices and edits are mutations.
/// </summary>
internal sealed partial class Composer
{
    private readonly Dictionary<string, NamedType> common;
    private readonly List<Kept> all = [];
    private readonly InterfaceType record;

    private readonly IReadOnlyList<PublishedModel> models;
    private readonly IReadOnlyList<SliceModel> slices;
    private readonly IReadOnlyDictionary<string, JsonElement> documents;
    private readonly Dictionary<string, Schemas> schemas;

    private Composer(IReadOnlyList<PublishedModel> models, IReadOnlyDictionary<string, JsonElement> documents)
    {
        (this.models, this.documents) = (models, documents);
        slices = [.. models.SelectMany(m => m.Slices)];
        common = Common();
        record = (InterfaceType)common["Record"];
        var names = new HashSet<string>(common.Keys, StringComparer.Ordinal)
        {
            "Query", "Mutation", "Subscription", "RecordChange", "WatchedType", "Viewer", "RecordType", "RecordConnection", "Deeds", "Reach",
        };
        foreach (var model in models.SelectMany(m => m.Records).Where(m => m.Deeds.GetValueOrDefault("read") != Reach.None && Names.Is(m.Record)))
        {
            var name = Names.Type(model.Record);
            if (!names.Add(name) && !names.Add(name = Names.Type(model.Service) + name))
                continue; // a service says it twice
            all.Add(new(model, new ObjectType(name) { Says = model.Label, Interfaces = [record, (InterfaceType)common["Node"]] }));
        }
        var sources = new Dictionary<string, (Schemas, JsonElement)>(StringComparer.Ordinal);
        schemas = documents.ToDictionary(
            d => d.Key, d => new Schemas(d.Key, d.Value, all, made, names, common["Actor"], sources), StringComparer.Ordinal);
    }

    /// <summary>The graph of these records; what slices are told and answer is read from the documents of their services.</summary>
    public static TypeSystem Compose(IReadOnlyList<PublishedModel> models, IReadOnlyDictionary<string, JsonElement> documents) =>
        new Composer(models, documents).Compose();

    // What the graph of these records says of them, for who does not ask it but wants to know.
    private static JsonElement Describe(IReadOnlyList<PublishedModel> models, IReadOnlyDictionary<string, JsonElement> documents)
    {
        var composer = new Composer(models, documents);
        var types = composer.Compose();
        return new Described(models, composer.all).In(types);
    }

    private TypeSystem Compose()
    {
        foreach (var of in all)
            Fill(of);
        foreach (var from in all)
            foreach (var field in References(from.Model))
                if (Find(from.Model, field.Refers!) is { } to)
                    Back(to, field, from);
        var query = Query();
        Described(query);
        Reads(query);
        var mutation = Mutation();
        Operations(query, mutation);
        Audit(query);
        OfEveryType(query, mutation);
        foreach (var many in common.Values.OfType<AbstractType>())
            many.TypeOf = value => (value as Row)?.Of.Type.Name;
        return new(
            query, mutation.Fields.Count > 0 ? mutation : null, Subscription(), types: all.Select(of => of.Type),
            says: "Records of all services, as far as the caller may see them.");
    }

    private ObjectType Query()
    {
        var query = new ObjectType("Query") { Says = "Asks, and changes nothing." };
        query.Add(new("node", common["Node"])
        {
            Says = "The record with an id, whatever it is. Who knows its type asks for that: it costs less.",
            Arguments = [new("id", BuiltIn.Id.NonNull)],
            Fetched = new AnyById(all),
        });
        Kept[] searched = [.. all.Where(of => of.Model.Fields.Any(f => f.Searchable))];
        if (searched.Length > 0)
            query.Add(new("search", record.NonNull.List)
            {
                Says = "Records of all types that are found by words: the best of each type, then the next best of each.",
                Arguments =
                [
                    new("q", BuiltIn.String.NonNull) { Says = "Words or parts of them, each of which must be found." },
                    new("types", Searched(searched).NonNull.List) { Says = "Only of these types." },
                    First(Plan.Found.Usual),
                ],
                Fetched = new Found(searched),
            });
        foreach (var of in all)
        {
            query.Fields.TryAdd(of.Model.Record, new(of.Model.Record, of.Type)
            {
                Says = $"One {of.Model.Label}, as it is or as it was at a time.",
                Arguments = [new("id", BuiltIn.Id.NonNull), new("asOf", Scalars.DateTime) { Says = "A time: the record as it was then." }],
                Fetched = new ById(of),
            });
            var plural = query.Fields.ContainsKey(of.Model.Plural) ? $"{of.Model.Plural}List" : of.Model.Plural;
            query.Fields.TryAdd(plural, new(plural, Connection(of))
            {
                Says = $"{of.Model.Labels}: those that a filter describes, in any order, page by page.",
                Arguments = [.. ListArguments, .. of.Model.Fields.Any(f => f.Searchable) ? [Q] : Array.Empty<InputValue>()],
                Fetched = new Listed(of, null),
            });
        }
        return query;
    }

    private static EnumType Searched(IEnumerable<Kept> searched)
    {
        var types = new EnumType("SearchedType") { Says = "Record types that words are found in." };
        foreach (var of in searched)
            types.Values.Add(of.Type.Name, new(of.Type.Name, of.Model.Labels));
        return types;
    }

    private void Back(Kept to, FieldModel field, Kept from)
    {
        var noun = field.Name.EndsWith("Id", StringComparison.Ordinal) ? field.Name[..^2] : field.Name;
        var name = noun == to.Model.Record ? from.Model.Plural : $"{from.Model.Plural}By{Names.Type(noun)}";
        to.Type.Fields.TryAdd(name, new(name, Connection(from))
        {
            Says = $"{from.Model.Labels} whose {field.Label} this is.",
            Arguments = ListArguments,
            Fetched = new Listed(from, field.Name),
        });
    }

    private static IEnumerable<FieldModel> References(RecordModel model) =>
        model.Fields.Where(f => f is { Kind: "reference", Refers: not null, Masked: false } && Names.Is(f.Name));

    // A type of the same service first; of another it may be named with it: identity.user.
    private Kept? Find(RecordModel from, string refers)
    {
        var (service, name) = refers.Split('.') is [var one, var two] ? (one, two) : (from.Service, refers);
        return all.Find(of => of.Model.Service == service && of.Model.Record == name)
            ?? (refers.Contains('.', StringComparison.Ordinal) ? null : all.Find(of => of.Model.Record == name));
    }

    private static Dictionary<string, NamedType> Common()
    {
        using var file = new StreamReader(typeof(Composer).Assembly.GetManifestResourceStream("common.graphql")!);
        var text = file.ReadToEnd()
            + " type Query { node: Node record: Record actor: Actor page: PageInfo history: HistoryEntry error: WriteError kind: ChangeKind"
            + " records: RecordNames fields: FieldNames slices: SliceNames }";
        return new SchemaReader(Parser.Read(text), Reading, Scalars.All).Read().Types
            .Where(t => t.Key != "Query" && !t.Key.StartsWith("__", StringComparison.Ordinal)).ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal);
    }

    private static Reading? Reading(string type, string field) => (type, field) switch
    {
        ("PageInfo", "hasNextPage") => (page, _) => ((Page)page).Next is not null,
        ("PageInfo", "hasPreviousPage") => (page, _) => !((Page)page).IsFirst,
        ("PageInfo", "endCursor") => (page, _) => ((Page)page).Next ?? (((Page)page).Cursors is [.., var last] ? last : null),
        ("PageInfo", "startCursor") => (page, _) => ((Page)page).Cursors is [var first, ..] ? first : null,
        ("WriteError", "code") => (error, _) => ((WriteError)error).Code,
        ("WriteError", "message") => (error, _) => ((WriteError)error).Message,
        ("WriteError", "field") => (error, _) => ((WriteError)error).Field,
        ("WriteError", "facts") => (error, _) => ((WriteError)error).Facts,
        _ => (json, _) => Values.Of((JsonElement)json, field),
    };

    private static InputValue First(int usual) =>
        new("first", BuiltIn.Int) { Says = "How many at most: up to 200.", Otherwise = new IntNode(0, $"{usual}") };

    private static readonly InputValue Q = new("q", BuiltIn.String) { Says = "Words to search for; what fits best comes first where no order is asked for." };

    private static readonly IReadOnlyList<InputValue> ListArguments =
    [
        new("filter", BuiltIn.String) { Says = "Which records, in the language of filters: `lastName ~ \"*ada*\" and account.industry = \"Finance\"`." },
        new("sort", BuiltIn.String) { Says = "The order: `-createdAt`, `lastName,-updatedAt`. The newest first where none is given." },
        First(Listed.Usual),
        new("after", BuiltIn.String) { Says = "The `endCursor` of the page before." },
        new("zone", BuiltIn.String) { Says = "The time zone days of the filter begin in: `Europe/Berlin`." },
    ];
}
