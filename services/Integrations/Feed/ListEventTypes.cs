using CrmPlatform.Integrations.Catalogue;

namespace CrmPlatform.Integrations.Feed;

/// <summary>The events there are, for those who choose what a webhook is told.</summary>
public static class ListEventTypes
{
    /// <summary>An event.</summary>
    /// <param name="Type">Its name: <c>pipeline.deal.won</c>.</param>
    /// <param name="Record">The record type it is about: <c>pipeline.deal</c>.</param>
    /// <param name="Facts">What it says beside what changed.</param>
    public sealed record Item(string Type, string Record, IReadOnlyList<string> Facts);

    /// <summary>All of them, by name.</summary>
    public sealed record Answer(IReadOnlyList<Item> Items);

    /// <summary>The events that others can be told of.</summary>
    public static Answer Handle() => new([.. EventTypes.All.Select(type => new Item(type, EventTypes.RecordOf(type), [.. EventTypes.FactsOf(type)]))]);
}
