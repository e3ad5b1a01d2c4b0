using System.Collections.Concurrent;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Query;
using CrmPlatform.Records.Doors;
using CrmPlatform.Records.Fields;
using CrmPlatform.Records.Model;
using CrmPlatform.Records.Search;

namespace CrmPlatform.Records.Reading;

/// <summary>Answers many questions about records of one type in one transaction, each as its own door would answer it.</summary>
internal sealed class Reading<T>(Session session, Shapes shapes, CancellationToken cancel)
    where T : Record
{
    private const int MostParts = 50;
    private const int MostIds = 1000;
    private const int MostThen = 100;
    private const int MostRecords = 10_000;
    private const int UsualLimit = 50;
    private const int MostLimit = 200;

    private const int MostKnown = 500;

    // What the same program asks for again and again, for whoever is kept from nothing.
    private static readonly ConcurrentDictionary<string, Wanted> Known = new(StringComparer.Ordinal);

    private readonly RecordType type = session.TypeOf<T>();

    /// <summary>The door to it.</summary>
    public static Door Door(string plural) => new(
        "POST", $"/{plural}/read", $"Read{char.ToUpperInvariant(plural[0])}{plural[1..]}",
        $"Several questions about {plural} at once: records by id, lists of those that refer to others, histories, sums.",
        async (ReadRequest request, Session session, Shapes shapes, Models models, CancellationToken cancel) =>
            new ReadAnswer(await new Reading<T>(session, shapes, cancel).Answer(request), await models.Version(session, cancel)))
    {
        Asks = true,
    };

    private async Task<List<ReadAnswerPart>> Answer(ReadRequest request)
    {
        if (request.Parts is not { Count: > 0 and <= MostParts } parts)
            throw Refusal.Invalid("parts", $"A request has 1 to {MostParts} questions.");
        var answers = new List<ReadAnswerPart>();
        foreach (var part in parts)
            try
            {
                answers.Add(new(await Answer(part)));
            }
            catch (Refusal refusal)
            {
                answers.Add(new(null, ItemProblem.Of(refusal))); // what is refused was not asked of the database, and spoils nothing
            }
        return answers;
    }

    private async Task<IReadOnlyList<ReadList>> Answer(ReadPart part)
    {
        var most = part.AsOf is not null || part.History ? MostThen : MostIds;
        if (part.Ids?.Count > most)
            throw Refusal.Invalid("ids", $"There are at most {most} ids here.");
        if (part.Held?.Count > MostIds)
            throw Refusal.Invalid("held", $"There are at most {MostIds} records here.");
        if (part.Limit is < 0 or > MostLimit)
            throw Refusal.Invalid("limit", $"limit is between 0 and {MostLimit}.");
        if (part.Held is { } held)
            return [await Seen(held)];
        Guid[] ids = [.. (part.Ids ?? []).Distinct()];
        if (part.History && part is { Per: null, Ids: not null })
            return await Histories(ids, part.Limit ?? UsualLimit);
        var wanted = await WantedOf(part.Fields);
        if (part.Per is { } per)
            return await PerParent(part, wanted, ids, per);
        return [part.Ids is null ? await List(part, wanted) : await ById(part, wanted, ids)];
    }

    private async ValueTask<Wanted> WantedOf(string? fields)
    {
        if (string.IsNullOrWhiteSpace(fields))
            return default;
        var sight = await session.Sight(type);
        if (!sight.IsWhole)
            return new(Visible.Fields(type, sight, fields), null); // whoever is kept from something is told what of it has a value, which wants all of it
        if (Known.TryGetValue(fields, out var known))
            return known;
        if (Known.Count >= MostKnown)
            Known.Clear();
        var shown = Visible.Fields(type, sight, fields)!;
        return Known[fields] = new(shown, type.Only(shown));
    }

    private async Task<ReadList> ById(ReadPart part, Wanted wanted, Guid[] ids)
    {
        if (part.AsOf is not { } at)
            return new(null, await Shown(await These(part, wanted, ids), wanted, part.Zone));
        var records = new List<Record>();
        foreach (var id in ids)
            records.AddRange(await History.AsOf<T>(session, id, at) is { } then ? [then] : []);
        return new(null, await AsTheyAre(records, wanted));
    }

    private async Task<List<Record>> These(ReadPart part, Wanted wanted, Guid[] ids)
    {
        var context = await Asked.Context(session, part.Zone);
        var condition = part.Filter is null ? null : Asked.All([Asked.Filter(part.Filter, await shapes.Of(type, session, cancel))], context);
        var reach = await session.Reach(type, Deed.Read);
        return await new Listing(session, type, reach, await Order(null), context, condition, part.Trash, only: wanted.Only).These(ids);
    }

    // Who hears that a record has gone to somebody else: whoever saw it before.
    private async Task<ReadList> Seen(IReadOnlyList<HeldRecord> held)
    {
        var reach = await session.Reach(type, Deed.Read);
        return new(null, [.. held.Where(h => reach.Includes(h.OwnerId, h.TeamId)).Select(h => h.Id).Distinct().Select(id => new RecordId(id))]);
    }

    private async Task<ReadList> List(ReadPart part, Wanted wanted)
    {
        var (shape, context) = (await shapes.Of(type, session, cancel), await Asked.Context(session, part.Zone));
        var (order, condition) = (await Order(part.Sort), Asked.All([Asked.Filter(part.Filter, shape)], context));
        var reach = await session.Reach(type, Deed.Read);
        var listing = new Listing(session, type, reach, order, context, condition, part.Trash, only: wanted.Only);
        if (part.Aggregate is { } sums)
            return new(null, (await new Aggregates(shape, sums).Of(listing)).ConvertAll(found => (object)found.Item));
        if (!string.IsNullOrWhiteSpace(part.Q))
        {
            if (!type.Search.IsKept)
                throw Refusal.Invalid("q", $"Nothing of a {type.Name} is searched; records are chosen by filter.");
            var finding = new Finding(
                session, type, reach, order, context, condition, part.Trash, part.Q, best: string.IsNullOrWhiteSpace(part.Sort), part.AsTyped);
            return await Listed(await finding.Page(part.Cursor, part.Limit ?? UsualLimit, part.Total), part, wanted);
        }
        long? total = part.Total ? await listing.Count() : null;
        if (part.Limit is 0)
            return new(null, [], null, total);
        return await Listed(new(await listing.Page(Cursor.Read(part.Cursor, order), part.Limit ?? UsualLimit), $"{order}", total), part, wanted);
    }

    private async Task<ReadList> Listed(FoundPage page, ReadPart part, Wanted wanted) =>
        new(null, await Shown(page.Records, wanted, part.Zone), page.Next, page.Total, part.Cursors ? page.Cursors : null);

    private async Task<IReadOnlyList<ReadList>> PerParent(ReadPart part, Wanted wanted, Guid[] ids, string per)
    {
        if (type.Find(per) is not { Refers: not null } field || !(await session.Sight(type)).Shows(per))
            throw Refusal.Invalid("per", $"A {type.Name} has no field {per} that refers to a record.");
        var limit = part.Limit ?? UsualLimit;
        if (ids.Length * (long)limit > MostRecords)
            throw Refusal.Invalid("limit", $"{ids.Length} lists of {limit} may have more than {MostRecords} records.");
        var (shape, context) = (await shapes.Of(type, session, cancel), await Asked.Context(session, part.Zone));
        var order = await Order(part.Sort);
        var listing = new Listing(
            session, type, await session.Reach(type, Deed.Read), order, context, Asked.All([Asked.Filter(part.Filter, shape)], context), false,
            only: wanted.Only);
        if (part.Aggregate is { } sums)
        {
            var groups = (await new Aggregates(shape, sums).Of(listing, field.Column, ids)).ToLookup(found => found.Of, found => (object)found.Item);
            return [.. ids.Select(id => new ReadList(id, [.. groups[id]]))];
        }
        var totals = part.Total ? await listing.Counts(field.Column, ids) : [];
        var found = limit == 0 ? [] : await listing.PerParent(field.Column, ids, Cursor.Read(part.Cursor, order), limit);
        var shown = (await Shown([.. found.SelectMany(f => f.Value.Records)], wanted, part.Zone)).GetEnumerator();
        IReadOnlyList<object> Next(int count) => [.. Enumerable.Range(0, count).Select(_ => shown.MoveNext() ? shown.Current : null!)];
        var lists = found.ToDictionary(
            f => f.Key,
            f => (Items: Next(f.Value.Records.Count), Page: new FoundPage(f.Value, $"{order}", part.Total ? totals.GetValueOrDefault(f.Key) : null)));
        return
        [
            .. ids.Select(id => lists.TryGetValue(id, out var list)
                ? new ReadList(id, list.Items, list.Page.Next, list.Page.Total, part.Cursors ? list.Page.Cursors : null)
                : new ReadList(id, [], null, part.Total ? totals.GetValueOrDefault(id) : null, part.Cursors ? [] : null)),
        ];
    }

    private async Task<IReadOnlyList<ReadList>> Histories(Guid[] ids, int limit)
    {
        var lists = new List<ReadList>();
        foreach (var id in ids)
        {
            var entries = await History.Of(session, type, id, int.MaxValue - 1, limit);
            await session.Show<T>(id, entries.SelectMany(e => e.Changed));
            lists.Add(new(id, [.. entries]));
        }
        return lists;
    }

    private async ValueTask<Sort> Order(string? sort) => Asked.Sort(sort, await shapes.Of(type, session, cancel));

    // With what is computed of them, unless the tenant's own fields are not wanted.
    private async Task<IReadOnlyList<object>> Shown(IReadOnlyList<Record> records, Wanted wanted, string? zone) => await AsTheyAre(
        wanted.Fields?.Contains(RecordType.Custom) == false ? records : await Computing.Add(session, shapes, records, zone), wanted);

    private async Task<IReadOnlyList<object>> AsTheyAre(IReadOnlyList<Record> records, Wanted wanted)
    {
        await session.Show(records, wanted.Fields);
        return [.. Visible.Of(records, wanted.Fields, await session.Json())];
    }

    /// <summary>The fields that are shown, and what is read for them; all of it where nothing is said.</summary>
    private readonly record struct Wanted(HashSet<string>? Fields, Excerpt? Only);
}
