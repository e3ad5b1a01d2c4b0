using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Graph.Plan;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Records.Model;

namespace CrmPlatform.Graph.Model;

/// <content>Changes: entering, editing, the trash, and slices.</content>
internal sealed partial class Composer
{
    private static readonly InputValue Key =
        new("idempotencyKey", BuiltIn.String) { Says = "Two changes with one key are one: the second gets the first one's answer." };

    private static readonly InputValue Base = new("base", Scalars.Json)
    {
        Says = "The values you saw: what somebody else has changed meanwhile is told instead of overwritten.",
    };

    private static readonly InputValue IfMatch = new("ifMatch", BuiltIn.Int) { Says = "Only if it still is this version." };

    private ObjectType Mutation()
    {
        var mutation = new ObjectType("Mutation") { Says = "Changes something; one change after the other." };
        foreach (var of in all)
        {
            var (path, payload, input) = ($"/api/v1/{of.Model.Plural}", Payload(of), Input(of));
            bool May(string deed) => of.Model.Deeds.GetValueOrDefault(deed) != Reach.None;
            void Add(string verb, string says, Write write, params InputValue[] arguments) => mutation.Fields.TryAdd(
                $"{verb}{of.Type.Name}", new($"{verb}{of.Type.Name}", payload.NonNull) { Says = says, Arguments = [.. arguments, Key], Fetched = write });
            var id = new InputValue("id", BuiltIn.Id.NonNull);
            if (input is not null && May("create"))
                Add("create", $"Enters a {of.Model.Label}.", new(of, "POST", path, true), new InputValue("input", input.NonNull));
            if (input is not null && May("update"))
                Add(
                    "update", "Changes the fields sent; null empties.", new(of, "PATCH", $"{path}/{{id}}", true), id,
                    new("input", input.NonNull), IfMatch, Base);
            if (May("delete"))
            {
                Add("delete", "Puts it into the trash.", new(of, "DELETE", $"{path}/{{id}}", false), id, IfMatch,
                    new("confirm", BuiltIn.Boolean) { Says = "True: you have been told what follows, and want it." });
                Add("restore", "Takes it out of the trash, with all its links.", new(of, "POST", $"{path}/{{id}}/restore", true), id);
            }
            foreach (var slice in slices.Where(s => s.Method != "GET" && s.Service == of.Model.Service && Segments(s)[0] == of.Model.Plural))
                Slice(mutation, of, slice, payload);
        }
        return mutation;
    }

    // A slice of a record (/contacts/{id}/merge), or of its type (/deals/revalue).
    private void Slice(ObjectType mutation, Kept of, SliceModel slice, ObjectType payload)
    {
        if (!Names.Is(slice.Name) || schemas.GetValueOrDefault(of.Model.Service)?.Operation(slice.Route, slice.Method) is not { } told)
            return;
        InputValue[] input = told.Input(Names.Type(slice.Name)) is { } body ? [new("input", body.NonNull)] : [];
        var answers = ReferenceEquals(told.Answer?.Nullable, of.Type);
        mutation.Fields.TryAdd(slice.Name, new(slice.Name, (answers ? payload : Result(slice.Name, told.Answer)).NonNull)
        {
            Says = told.Says,
            Deprecated = told.Deprecated,
            Arguments = [.. told.Arguments(path: true), .. input, .. told.Arguments(path: false), Key],
            Fetched = new Write(of, slice.Method, slice.Route, answers),
        });
    }

    private static string[] Segments(SliceModel slice) => slice.Route["/api/v1/".Length..].Split('/');

    private ObjectType Payload(Kept of) => new ObjectType($"{of.Type.Name}Payload") { Says = $"What became of a change of a {of.Model.Label}." }
        .Add(new(of.Model.Record, of.Type)
        {
            Says = "The record as it is now; nothing where it was refused or is in the trash.",
            Read = (o, _) => ((Outcome)o).Row,
        })
        .Add(Operation).Add(Errors);

    private ObjectType Result(string slice, GraphType? answer) => new ObjectType($"{Names.Type(slice)}Payload") { Says = "What became of it." }
        .Add(new("result", answer?.Nullable ?? Scalars.Json)
        {
            Says = "The answer.",
            Read = (o, _) => o is not Outcome { Errors: [], Answer: { } told } ? null : answer is null ? told : Schemas.Value(answer, told, all),
        })
        .Add(Operation).Add(Errors);

    private static readonly Field Operation = new("operation", BuiltIn.Id)
    {
        Says = "What to undo to take it back.",
        Read = (o, _) => ((Outcome)o).Operation,
    };

    private Field Errors => new("errors", common["WriteError"].NonNull.List.NonNull)
    {
        Says = "Why it was refused; nothing was changed then.",
        Read = (o, _) => ((Outcome)o).Errors,
    };

    private InputType? Input(Kept of)
    {
        var input = new InputType($"{of.Type.Name}Input") { Says = $"Fields of a {of.Model.Label}." };
        foreach (var field in of.Model.Fields.Where(f => f is { SetBySlices: false, ReadOnly: false, Retired: false }).Concat(of.Model.Inputs))
            if (field.Origin != "custom" && Names.Is(field.Name))
                input.Fields.TryAdd(field.Name, new(field.Name, InputOf(of, field, Names.Type(field.Name)))
                {
                    Says = Says(field),
                    Deprecated = field.Deprecated,
                });
        var own = new InputType($"{of.Type.Name}CustomInput") { Says = $"Fields that were added to {of.Model.Labels}." };
        foreach (var field in of.Model.Fields.Where(f => f is { Origin: "custom", ReadOnly: false, Retired: false }))
            if (field.Name.Split('.')[^1] is var name && Names.Is(name))
                own.Fields.TryAdd(name, new(name, InputOf(of, field, name)) { Says = Says(field) });
        if (own.Fields.Count > 0)
            input.Fields.TryAdd("custom", new("custom", own) { Says = "Fields that were added." });
        return input.Fields.Count > 0 ? input : null;
    }

    private GraphType InputOf(Kept of, FieldModel field, string name) => TypeOf(of, field, name, nullable: true) switch
    {
        ListType { Named: ObjectType parts } => InputOf(parts).NonNull.List,
        ObjectType parts => InputOf(parts),
        var type => type,
    };

    private InputType InputOf(ObjectType parts)
    {
        var name = $"{parts.Name}Input";
        if (made.TryGetValue(name, out var known))
            return (InputType)known;
        var input = new InputType(name) { Says = parts.Says };
        foreach (var part in parts.Fields.Values)
            input.Fields.Add(part.Name, new(part.Name, part.Type) { Says = part.Says });
        return (InputType)(made[name] = input);
    }
}
