using CrmPlatform.Contracts;

namespace CrmPlatform.Journal;

/// <summary>What the platform itself reads in an entry's data; the rest are facts of the event.</summary>
/// <param name="Changes">Fields with old and new value.</param>
/// <param name="Trashed">True when the change moved the record into the trash, false when it took it out.</param>
/// <param name="Undoes">The operation this entry takes back.</param>
internal sealed record EntryData(Changes? Changes, bool? Trashed, Guid? Undoes);
