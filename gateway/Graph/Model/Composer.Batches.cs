using CrmPlatform.Graph.Plan;
using CrmPlatform.Graph.Schema;

namespace CrmPlatform.Graph.Model;

/// <content>Many changes of one record type in one question.</content>
internal sealed partial class Composer
{
    private void Batches(Every every)
    {
        if (Door("POST", "/batch") is not { } told || told.Input("Batch", anything: "fields") is not { } input)
            return;
        var item = new ObjectType("BatchItem") { Says = "What became of one operation of many." }
            .Add(new("status", BuiltIn.Int.NonNull) { Says = "What its own door would have answered.", Read = (o, _) => ((OneOfMany)o).Status })
            .Add(new("record", record)
            {
                Says = "The record as it is now; nothing where it was refused or is in the trash.",
                Read = (o, _) => ((OneOfMany)o).Row,
            })
            .Add(new("errors", common["WriteError"].NonNull.List.NonNull) { Says = "Why it was refused.", Read = (o, _) => ((OneOfMany)o).Errors });
        every.Mutation.Fields.TryAdd("batch", new("batch", new ObjectType("BatchPayload") { Says = "What became of it." }
            .Add(new("items", item.NonNull.List.NonNull) { Says = "What became of each operation, in order.", Read = (o, _) => ((Outcome)o).Items })
            .Add(Operation).Add(Errors).NonNull)
        {
            Says = told.Says,
            Arguments = [every.Type, new("input", input.NonNull), Key],
            Fetched = new WriteMany(every.Types),
        });
    }
}
