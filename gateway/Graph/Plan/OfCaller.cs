using CrmPlatform.Access;
using CrmPlatform.Graph.Schema.Execution;

namespace CrmPlatform.Graph.Plan;

/// <summary>A record that belongs to who asks: their own, their company's.</summary>
/// <param name="To">What it is.</param>
/// <param name="Which">Which one.</param>
internal sealed record OfCaller(Kept To, Func<Caller, Guid?> Which) : Source
{
    public override IReadOnlyList<Question> Ask(Fetch fetch) => Which((Caller)fetch.Sources[0]) is not { } id ? []
        : [new(To, new() { Ids = [id], Fields = Columns(fetch.Call, To, fetch.Call.Selected.Nodes) })];

    public override void Settle(Fetch fetch, IReadOnlyList<Question> asked) => Reads.First(fetch, asked);
}
