using CrmPlatform.Graph.Schema;
using CrmPlatform.Graph.Subscriptions;

namespace CrmPlatform.Graph.Model;

/// <content>What can be listened to: changes of records of any type, and of each type with its own fields.</content>
internal sealed partial class Composer
{
    private static readonly IReadOnlyList<InputValue> WatchArguments =
    [
        new("ids", BuiltIn.Id.NonNull.List) { Says = "Only of these records." },
        new("filter", BuiltIn.String) { Says = "Only of records that a filter describes; one that it describes no longer is told as `gone`." },
        new("zone", BuiltIn.String) { Says = "The time zone days of the filter begin in: `Europe/Berlin`." },
    ];

    private ObjectType? Subscription()
    {
        if (all.Count == 0)
            return null;
        var types = new EnumType("WatchedType") { Says = "Record types whose changes are told." };
        foreach (var of in all)
            types.Values.Add(of.Type.Name, new(of.Type.Name, of.Model.Labels));
        var subscription = new ObjectType("Subscription") { Says = "Tells what happens, as far as the caller may see it." };
        subscription.Add(new("recordChanged", Change("RecordChange", record).NonNull)
        {
            Says = "Changes of records of all types, or of some.",
            Arguments = [new("types", types.NonNull.List) { Says = "Only of these types." }, .. WatchArguments],
            Read = (change, _) => change,
            Fetched = new Watched(all, all),
        });
        foreach (var of in all)
            subscription.Fields.TryAdd($"{of.Model.Record}Changed", new($"{of.Model.Record}Changed", Change($"{of.Type.Name}Change", of.Type).NonNull)
            {
                Says = $"Changes of {of.Model.Labels}.",
                Arguments = WatchArguments,
                Read = (change, _) => change,
                Fetched = new Watched([of], all),
            });
        return subscription;
    }

    private ObjectType Change(string name, GraphType of) => new ObjectType(name) { Says = "Something that happened to a record." }
        .Add(new("kind", common["ChangeKind"].NonNull) { Says = "What happened.", Read = (change, _) => ((Change)change).Kind })
        .Add(new("type", BuiltIn.String) { Says = "The record's type, as `__typename` says it.", Read = (change, _) => ((Change)change).Of?.Type.Name })
        .Add(new("id", BuiltIn.Id) { Says = "The record.", Read = (change, _) => ((Change)change).Id })
        .Add(new("version", BuiltIn.Int) { Says = "Its version after it.", Read = (change, _) => ((Change)change).Version })
        .Add(new("event", BuiltIn.String)
        {
            Says = "What happened, by the name services tell it with: `contacts.contact.updated`.",
            Read = (change, _) => ((Change)change).Event,
        })
        .Add(new("at", Scalars.DateTime) { Says = "When.", Read = (change, _) => ((Change)change).At })
        .Add(new("actor", common["Actor"]) { Says = "Who, through which door.", Read = (change, _) => ((Change)change).Actor })
        .Add(new("operation", BuiltIn.Id) { Says = "What to undo to take it back.", Read = (change, _) => ((Change)change).Operation })
        .Add(new("fields", BuiltIn.String.NonNull.List)
        {
            Says = "The fields that changed, of those you see; one that was added as `custom.size`.",
            Read = (change, _) => ((Change)change).Fields,
        })
        .Add(new("record", of)
        {
            Says = "The record as it is now; nothing where it is in the trash or gone.",
            Read = (change, _) => ((Change)change).Row,
        });
}
