using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Graph.Plan;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Graph.Schema.Execution;

namespace CrmPlatform.Graph.Model;

/// <content>What every record type has beside its records: views, added fields, jobs, the trash. They are there once, and told which type is meant.</content>
internal sealed partial class Composer
{
    private const int MostListed = 200;

    private void OfEveryType(ObjectType query, ObjectType mutation)
    {
        if (all.Count == 0)
            return;
        var named = new EnumType("RecordType") { Says = "Record types." };
        foreach (var of in all)
            named.Values.TryAdd(of.Type.Name, new(of.Type.Name, of.Model.Labels));
        var every = new Every(new(all), new(TypesByName.Argument, named.NonNull) { Says = "Of which records." }, query, mutation);
        Views(every);
        AddedFields(every);
        Batches(every);
        Jobs(every);
        query.Fields.TryAdd("trash", new("trash", Trash().NonNull)
        {
            Says = "What is in the trash, page by page.",
            Arguments = [every.Type, .. ListArguments],
            Fetched = new Trashed(every.Types),
        });
    }

    private void Views(Every every)
    {
        Asks(every, "views", "/views", "items", call => new Dictionary<string, object?>
        {
            ["limit"] = MostListed,
            ["include"] = call.Run.Below((ObjectType)call.Field.Type.Named, call.Selected.Nodes).Any(s => s.Field.Name is "count" or "countCapped")
                ? "counts" : null,
        });
        Also("View", "count", BuiltIn.Int, "How many records it shows: up to 10,000, and nothing where there was no time to count.");
        Also("View", "countCapped", BuiltIn.Boolean, "Whether it shows more than that.");
        Also("View", "problems", BuiltIn.String.NonNull.List, "What of it does not fit any more: fields that are gone or out of use.");
        Edits(every, "View", "/views", ofModel: false);
    }

    private void AddedFields(Every every)
    {
        Asks(every, "customFields", "/fields", "items", _ => new Dictionary<string, object?> { ["limit"] = MostListed }, "trash");
        Also("CustomField", "index", BuiltIn.String, "The state of its index, where it has one: `building`, `ready`, `failed`.");
        Also("CustomField", "problems", BuiltIn.String.NonNull.List, "Of a computed one: what it uses that is gone or out of use.");
        if (Has(Privilege.DataModel))
            Edits(every, "CustomField", "/fields", ofModel: true);
    }

    private void Jobs(Every every)
    {
        Asks(every, "jobs", "/jobs", "items", null);
        Asks(every, "job", "/jobs/{id}", null, null);
        Does(every, "cancelJob", "POST", "/jobs/{id}/cancel", null);
        Does(every, "startImport", "POST", "/imports/{id}/start", "Import");
        if (!Has(Privilege.BulkEdit) || Door("POST", "/bulk-edit") is not { Begun: { } job } told || told.Input("BulkEdit", anything: "set") is not { } input)
            return;
        Field Of(string name, GraphType type, string says, Func<JsonElement, object?> read) => new(name, type)
        {
            Says = says,
            Read = (o, _) => o is Outcome { Errors: [], Answer: { } answer } ? read(answer) : null,
        };
        every.Mutation.Fields.TryAdd("bulkEdit", new("bulkEdit", new ObjectType("BulkEditPayload") { Says = "What became of it." }
            .Add(Of("count", BuiltIn.Int, "How many records it is about.", a => Values.Of(a, "count") ?? Values.Of(a, "total")))
            .Add(Of("job", job.Nullable, "The job that does it; nothing of a dry run.", a => Values.Of(a, "state") is null ? null : a))
            .Add(Operation).Add(Errors).NonNull)
        {
            Says = told.Says,
            Arguments = [every.Type, new("input", input.NonNull), Key],
            Fetched = new WriteOfType(every.Types, "POST", "/bulk-edit"),
        });
    }

    // Entering, changing, deleting and restoring of what is itself a record.
    private void Edits(Every every, string what, string door, bool ofModel)
    {
        Does(every, $"create{what}", "POST", door, what, ofModel);
        Does(every, $"update{what}", "PATCH", $"{door}/{{id}}", what, ofModel, IfMatch, Base);
        Does(every, $"delete{what}", "DELETE", $"{door}/{{id}}", null, ofModel, IfMatch);
        Does(every, $"restore{what}", "POST", $"{door}/{{id}}/restore", null, ofModel);
    }

    // Where something is said beside what callers tell, they tell no more than this.
    private void Asks(
        Every every, string name, string door, string? member, Func<Call, IReadOnlyDictionary<string, object?>>? beside, params string[] telling)
    {
        if (Door("GET", door) is not { Answer: { } answer } told
            || (member is null ? answer : (answer.Named as ObjectType)?.Fields.GetValueOrDefault(member)?.Type) is not { } type)
            return;
        every.Query.Fields.TryAdd(name, new(name, type.Nullable)
        {
            Says = told.Says,
            Arguments =
            [
                every.Type, .. told.Arguments(path: true), .. told.Arguments(path: false).Where(a => beside is null || telling.Contains(a.Name)),
            ],
            Fetched = new ReadOfType(every.Types, door, member, beside),
        });
    }

    private void Does(Every every, string name, string method, string door, string? input, bool ofModel = false, params InputValue[] also)
    {
        if (Door(method, door) is not { } told)
            return;
        // What is entered and what is changed is told alike: what must be there is refused at its field.
        InputValue[] body = input is not null && (Door("PATCH", $"{door}/{{id}}") ?? told).Input(input) is { } type ? [new("input", type.NonNull)] : [];
        every.Mutation.Fields.TryAdd(name, new(name, (method == "DELETE" ? Gone(name) : Result(name, told.Answer)).NonNull)
        {
            Says = told.Says,
            Arguments = [every.Type, .. told.Arguments(path: true), .. body, .. told.Arguments(path: false), .. also, Key],
            Fetched = new WriteOfType(every.Types, method, door) { OfModel = ofModel },
        });
    }

    private ObjectType Gone(string name) => new ObjectType($"{Names.Type(name)}Payload") { Says = "What became of it." }.Add(Operation).Add(Errors);

    private ObjectType Trash() => new ObjectType("RecordConnection") { Says = "A page of records of one type." }
        .Add(new("nodes", record.NonNull.List.NonNull) { Says = "The records.", Read = (page, _) => ((Page)page).Rows })
        .Add(new("pageInfo", common["PageInfo"].NonNull) { Says = "Where the page is in the list.", Read = (page, _) => page })
        .Add(new("totalCount", BuiltIn.Int.NonNull) { Says = "How many records the whole list has.", Read = (page, _) => ((Page)page).Total });

    // What is shown of them beside their fields.
    private void Also(string type, string name, GraphType holds, string says)
    {
        if (made.GetValueOrDefault(type) is ObjectType of)
            of.Fields.TryAdd(name, new(name, holds) { Says = says, Read = (json, _) => Values.Of((JsonElement)json, name) });
    }

    // Alike for all types: what it is told is read off the first.
    private SliceOperation? Door(string method, string door) => all
        .Select(of => schemas.GetValueOrDefault(of.Model.Service)?.Operation($"/api/v1/{of.Model.Plural}{door}", method)).FirstOrDefault(o => o is not null);

    private bool Has(string privilege) => models.Any(m => m.Privileges.Contains(privilege));

    /// <summary>Where it is added to.</summary>
    private sealed record Every(TypesByName Types, InputValue Type, ObjectType Query, ObjectType Mutation);
}
