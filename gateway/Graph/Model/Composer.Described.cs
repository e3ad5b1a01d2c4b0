using System.Text.Json;
using CrmPlatform.Access;
using CrmPlatform.Access.Roles;
using CrmPlatform.Graph.Plan;
using CrmPlatform.Graph.Schema;

namespace CrmPlatform.Graph.Model;

/// <content>What there is, and who asks: enough to draw lists, forms and record pages from.</content>
internal sealed partial class Composer
{
    /// <summary>The field that says what there is.</summary>
    public const string Model = "model";

    /// <summary>The field that says who asks.</summary>
    public const string Viewer = "viewer";

    /// <summary>The door that says what a service keeps.</summary>
    public const string ModelRoute = "/api/v1/model";

    private void Described(ObjectType query)
    {
        if (schemas.Values.Select(of => of.Operation(ModelRoute, "GET")?.Answer).FirstOrDefault(a => a is not null)?.Named is ObjectType published)
        {
            Called("RecordModel", "RecordNames", "What it is called here.");
            Called("FieldModel", "FieldNames", "What it is called here.");
            if (made.GetValueOrDefault("SliceModel") is ObjectType slice)
                slice.Fields.TryAdd("graph", new("graph", common["SliceNames"].NonNull.List.NonNull)
                {
                    Says = "The fields it is here.",
                    Read = (json, _) => Values.Of((JsonElement)json, "graph"),
                });
            foreach (var type in (string[])["PublishedModel", "RecordModel", "FieldModel", "ChoiceModel"])
                Always(type, "inputs", "operators", "privileges");
            Deeds();
            var described = new Described(models, all);
            var asSomebody = Has(Privilege.DataModel);
            query.Fields.TryAdd(Model, new(Model, published.NonNull)
            {
                Says = "What there is for the caller: record types with their fields, rules and doors, slices, and what the graph calls them.",
                Arguments = asSomebody ? [new(ModelRead.Role, BuiltIn.String) { Says = "What there is for somebody who has this role alone." }] : [],
                Fetched = new ModelRead(described.In, asRole => Describe(asRole, documents)),
            });
        }
        query.Fields.TryAdd(Viewer, new(Viewer, WhoAsks().NonNull) { Says = "Who asks, and what they may.", Read = (who, _) => who });
    }

    private void Called(string type, string names, string says)
    {
        if (made.GetValueOrDefault(type) is ObjectType of)
            of.Fields.TryAdd("graph", new("graph", common[names].NonNull) { Says = says, Read = (json, _) => Values.Of((JsonElement)json, "graph") });
    }

    // What is always said: yes or no, and lists that may be empty.
    private void Always(string type, params string[] lists)
    {
        if (made.GetValueOrDefault(type) is not ObjectType of)
            return;
        foreach (var field in of.Fields.Values.Where(f => ReferenceEquals(f.Type, BuiltIn.Boolean) || lists.Contains(f.Name)).ToList())
            of.Fields[field.Name] = new(field.Name, field.Type.NonNull) { Says = field.Says, Read = field.Read };
    }

    private void Deeds()
    {
        if (made.GetValueOrDefault("RecordModel") is not ObjectType of || of.Fields.GetValueOrDefault("deeds") is not { } deeds)
            return;
        static string Camel<T>(T value) => JsonNamingPolicy.CamelCase.ConvertName($"{value}");
        var reach = new EnumType("Reach") { Says = "With which records a deed is allowed." };
        foreach (var value in Enum.GetValues<Reach>())
            reach.Values.Add(Camel(value), new(Camel(value)));
        var type = new ObjectType("Deeds") { Says = deeds.Says };
        foreach (var name in Enum.GetValues<Deed>().Select(Camel))
            type.Add(new(name, reach.NonNull) { Says = $"With which records one may {name}.", Read = (json, _) => Values.Of((JsonElement)json, name) });
        of.Fields["deeds"] = new("deeds", type.NonNull) { Says = deeds.Says, Read = deeds.Read };
    }

    private ObjectType WhoAsks()
    {
        var viewer = new ObjectType("Viewer") { Says = "Who asks: a person, or a program with credentials of its own." };
        void Add(string name, GraphType type, string says, Func<Caller, object?> read) =>
            viewer.Add(new(name, type) { Says = says, Read = (who, _) => read((Caller)who) });
        string[] privileges = [.. models.SelectMany(m => m.Privileges).Distinct()];
        Add("kind", BuiltIn.String.NonNull, "What they are: `user`, `system`.", who => JsonNamingPolicy.CamelCase.ConvertName($"{who.Actor.Kind}"));
        Add("id", BuiltIn.String.NonNull, "Which one: of a person the id of their `User`.", who => who.Actor.Id);
        Add("name", BuiltIn.String.NonNull, "What they are called.", who => who.Actor.Name);
        Add("tenant", BuiltIn.Id.NonNull, "Whose records they work with: the id of the `Company`.", who => $"{who.Tenant}");
        Add("scopes", BuiltIn.String.NonNull.List.NonNull, "What their token allows.", who => who.Scopes.Order(StringComparer.Ordinal).ToArray());
        Add("roles", BuiltIn.String.NonNull.List, "Their roles, as their token names them; nothing where it is held to none.", who => who.Roles);
        Add("teams", BuiltIn.Id.NonNull.List.NonNull, "Their teams, the main one first.", who => who.Teams.Select(t => $"{t}").ToArray());
        Add("privileges", BuiltIn.String.NonNull.List.NonNull, "What their roles switch on: `bulkEdit`, `dataModel`.", _ => privileges);
        Add("plan", BuiltIn.String.NonNull, "What their company has signed up for.", who => who.Plan);
        Add("expires", Scalars.DateTime.NonNull, "When their token ends.", who => who.Expires);
        Own(viewer, "user", "Their record, where they are a person: with `locale` and `timeZone` where these are not the company's.",
            who => Guid.TryParse(who.Actor.Id, out var id) ? id : null);
        Own(viewer, "company", "Their company, with what counts where they have said nothing else.", who => who.Tenant);
        return viewer;
    }

    private void Own(ObjectType viewer, string name, string says, Func<Caller, Guid?> which)
    {
        if (all.Find(of => of.Model.Service == "identity" && of.Model.Record == name) is { } kept)
            viewer.Add(new(name, kept.Type) { Says = says, Fetched = new OfCaller(kept, which) });
    }
}
