using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Roles;
using CrmPlatform.Query;
using CrmPlatform.Records.Doors;

namespace CrmPlatform.Records.Search;

/// <summary>
/// A page of the records that a search finds. A word that many records have is found among the first records of the order, a rare one by
/// its index. What fits best comes first where no order is asked for, unless so much fits that nobody would read it all: then the newest.
/// Where nothing is found, slips of the finger are taken into account, unless it is meant as it was typed.
/// </summary>
internal sealed class Finding(
    Session session, RecordType type, Reaching reach, Sort order, Context context, SqlText? filter, bool trashed, string text, bool best, bool asTyped = false)
{
    // In cursors: the order of what fits best, and how what was typed was read.
    private const string Best = "best";

    // As it is; with slips in words that nobody has; with slips in any word.
    private static readonly (string Mark, Func<Session, IReadOnlyList<Term>, Task<IReadOnlyList<Term>?>> Meant)[] Readings =
    [
        ("", (_, terms) => Task.FromResult<IReadOnlyList<Term>?>(terms)), ("~", Slips.OfUnknown), ("~~", Slips.OfAll),
    ];

    // Among so many records a page is found of a word that one in twenty has.
    private const int Window = 1000;

    private static readonly Kind[] BestKinds = [Kind.Number, Kind.Instant];

    public async Task<FoundPage> Page(string? cursor, int limit, bool counts)
    {
        var terms = Term.Read(text);
        if (terms.Count == 0)
            return new(new([], [], null), "", counts ? 0 : null);
        if (cursor is not null)
        {
            var (mark, meant) = Readings.Last(r => Cursor.OrderOf(cursor).StartsWith(r.Mark, StringComparison.Ordinal));
            return await Page(await meant(session, terms) ?? terms, mark, cursor, limit, counts);
        }
        var page = new FoundPage(new([], [], null), "", null);
        foreach (var (mark, meant) in asTyped ? Readings[..1] : Readings)
            if (page.Records.Count == 0 && await meant(session, terms) is { } read)
                page = await Page(read, mark, null, limit, counts);
        return page;
    }

    private async Task<FoundPage> Page(
        IReadOnlyList<Term> terms, string mark, string? cursor, int limit, bool counts)
    {
        var searched = await Searched.Of(session, type, terms);
        Listing Among(Guid[]? ids, int? window = null) => new(session, type, reach, order, context, filter, trashed, searched, ids, window);
        var byFit = !searched.HidesSome && (cursor is null ? best : Cursor.OrderOf(cursor) == mark + Best); // what is hidden puts nothing in order
        var place = byFit ? Cursor.Read(cursor, mark + Best, BestKinds) : Cursor.Read(cursor, order, mark);

        Guid[]? ids = null;
        if (!trashed && !await searched.IsSmall())
        {
            // Further pages by fit come from few records, or there would not have been a first one.
            if (IsStretch && !searched.HidesSome && (place is null || !byFit) && await Among(null, Window).Page(place, limit) is { Next: not null } first)
                return new(first, mark + order, counts ? await Among(null).Count() : null);
            ids = await searched.Candidates();
            byFit &= ids is not null || place is not null;
        }
        if (searched.HidesSome)
            return new(await Seen(searched, Among(ids), place, limit), mark + order, counts ? await Count(searched, Among(ids)) : null);
        var found = byFit ? await Among(ids).Best(place, limit) : await Among(ids).Page(place, limit);
        return new(found, byFit ? mark + Best : mark + order, counts ? await Among(ids).Count() : null);
    }

    // Page by page of what is found by everything, until enough of it is found by what the caller sees.
    private static async Task<Stretch> Seen(Searched searched, Listing all, Cursor? place, int limit)
    {
        var (found, places) = (new List<Record>(), new List<Cursor>());
        while (true)
        {
            var page = await all.Page(place, limit);
            var seen = await searched.Seen(page.Records);
            foreach (var record in seen.Take(limit - found.Count))
            {
                found.Add(record);
                places.Add(page.Places[page.Records.FindIndex(r => r.Id == record.Id)]);
            }
            // Where some of the page is left over, the list goes on after the last that is shown.
            var isOver = page.Next is null && (seen.Count == 0 || seen[^1].Id == found[^1].Id);
            if (isOver || found.Count == limit)
                return new(found, places, isOver ? null : places[^1]);
            place = page.Next;
        }
    }

    private static async Task<long> Count(Searched searched, Listing all)
    {
        var (count, place) = (0L, (Cursor?)null);
        do
        {
            (var records, place) = await all.Page(place, Window);
            count += (await searched.Seen(records)).Count;
        }
        while (place is not null);
        return count;
    }

    // Orders whose first records are the beginning of an index every type has.
    private bool IsStretch => order.Keys is [{ Field: "createdAt" or "updatedAt" }];
}
