namespace CrmPlatform.Records.Doors;

/// <summary>A page of a list, and how to get the next one.</summary>
/// <param name="Items">The records.</param>
/// <param name="NextCursor">What to send as <c>cursor</c> for the next page; null on the last.</param>
/// <param name="Total">How many records the list has, where <c>include=total</c> asks for it.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor, long? Total = null);

/// <summary>A page of a record's history.</summary>
public sealed record HistoryPage(IReadOnlyList<CrmPlatform.Journal.HistoryEntry> Items);
