using CrmPlatform.Journal.Records;

namespace CrmPlatform.Records.Doors;

/// <summary>A stretch of a list: its records, the place of each, and where the list goes on.</summary>
internal sealed record Stretch(List<Record> Records, IReadOnlyList<Cursor> Places, Cursor? Next)
{
    public void Deconstruct(out List<Record> records, out Cursor? next) => (records, next) = (Records, Next);

    /// <summary>
    /// The first of what was found, one more than which was looked for. Where none were asked for, as when they are only counted, nothing goes on.
    /// </summary>
    public static Stretch Of(IReadOnlyCollection<(Record Record, Cursor Place)> found, int limit)
    {
        var shown = found.Count <= limit ? found : [.. found.Take(limit)];
        List<Cursor> places = [.. shown.Select(f => f.Place)];
        return new([.. shown.Select(f => f.Record)], places, found.Count > limit && limit > 0 ? places[^1] : null);
    }
}

/// <summary>A page of a list or of a search.</summary>
/// <param name="On">Its records.</param>
/// <param name="Order">Their order, as cursors name it.</param>
/// <param name="Total">How many records there are, where that was asked for.</param>
internal sealed record FoundPage(Stretch On, string Order, long? Total)
{
    public List<Record> Records => On.Records;

    /// <summary>Where the next page begins.</summary>
    public string? Next => On.Next?.Write(Order);

    /// <summary>Where the list goes on after each of the records.</summary>
    public IReadOnlyList<string> Cursors => [.. On.Places.Select(place => place.Write(Order))];
}
