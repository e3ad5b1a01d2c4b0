using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Query;
using CrmPlatform.Records.Fields;
using CrmPlatform.Records.Model;
using CrmPlatform.Records.Reading;
using CrmPlatform.Records.Search;
using CrmPlatform.Records.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CrmPlatform.Records.Doors;

/// <summary>A route of a record type.</summary>
/// <param name="Method">GET, POST, PATCH, DELETE.</param>
/// <param name="Route">Its address below <c>/api/v1</c>.</param>
/// <param name="Name">Its name in the OpenAPI document, in the imperative.</param>
/// <param name="Says">What it does, for people.</param>
/// <param name="Handle">What does it.</param>
/// <param name="Answers">What it answers with, where its handler does not say.</param>
public sealed record Door(string Method, string Route, string Name, string Says, Delegate Handle, Type? Answers = null)
{
    /// <summary>What else the document says of it, in the framework's words.</summary>
    public IReadOnlyList<object> Notes { get; init; } = [];

    /// <summary>Whether it only asks, whatever its method: who may read may ask.</summary>
    public bool Asks { get; init; } = Method == "GET";
}

/// <summary>The doors every record type has.</summary>
public static class RecordDoors
{
    /// <summary>All of them, with those to the type's custom fields, saved views and model.</summary>
    public static IEnumerable<Door> Of<T>(RecordType<T> type, string plural)
        where T : Record =>
    [
        .. new RecordDoors<T>(new Section<T>(plural, type.Name, plural)).AllAndByExternalId(),
        .. new RecordDoors<CustomField>(FieldSection.Of(type, plural)).All(),
        .. new RecordDoors<View>(ViewSection.Of(type, plural)).All(),
        ModelDoors.Of(type.Name, plural),
        Reading<T>.Door(plural),
        new Door(
            "GET", $"/{plural}/{{id:guid}}/access", $"WhoMay{char.ToUpperInvariant(type.Name[0])}{type.Name[1..]}",
            $"Who may see, change and delete a {type.Name}, and why. For those who audit, and for who may change it.",
            (Guid id, [Description("Only this one.")] Guid? user, Session session) => WhoMay.Of<T>(id, user, session)),
    ];
}

/// <summary>The doors to records of one type: to all of them, or to a section of them.</summary>
internal sealed partial class RecordDoors<T>(Section<T> section)
    where T : Record
{
    private const int UsualLimit = 50;
    private const int MostLimit = 200;
    private const int UsualEntries = 100;
    private const int MostEntries = 1000;

    // One that is misspelt would answer with all records instead of some.
    private static readonly HashSet<string> ListParameters = ["q", "filter", "sort", "fields", "cursor", "limit", "include", "trash", "zone", "view"];

    public IEnumerable<Door> All()
    {
        var (route, one, what) = ($"/{section.Route}", Title(section.One), section.What);
        yield return new Door(
            "GET", route, $"List{Title(section.Many)}", $"The {section.Whats} that a filter describes, in any order, page by page.", List, typeof(Page<T>));
        yield return new Door("POST", route, $"Create{one}", $"Enters a new {what}.", Create);
        yield return new Door("GET", $"{route}/{{id:guid}}", $"Get{one}", $"One {what}, as it is or, with asOf, as it was at that time.", Get, typeof(T));
        yield return new Door(
            "PATCH", $"{route}/{{id:guid}}", $"Edit{one}",
            "Changes the fields sent; with If-Match only if nobody was faster, with $base unless somebody changed the same field.", Patch);
        yield return new Door("DELETE", $"{route}/{{id:guid}}", $"Delete{one}", $"Puts a {what} into the trash.", Delete);
        yield return new Door(
            "POST", $"{route}/{{id:guid}}/restore", $"Restore{one}", $"Takes a {what} out of the trash, with all its links.", Restore);
        yield return new Door("GET", $"{route}/{{id:guid}}/history", $"HistoryOf{one}", "What happened to it, newest first.", HistoryOf);
    }

    private async Task<object> List(
        [Description("What to search for: words or parts of them, each of which must be found; see docs/search.md.")] string? q,
        [Description("Which records: `lastName ~ \"*ada*\" and account.industry = \"Finance\"`.")] string? filter,
        [Description("The order: `-createdAt`, `lastName,-updatedAt`.")] string? sort,
        [Description("Which fields to answer with, separated by commas; all where none is named.")] string? fields,
        [Description("Where to go on: the nextCursor of the page before.")] string? cursor,
        [Range(1, MostLimit), Description("How many records a page has: 1 to 200, 50 where nothing is said.")] int? limit,
        [Description("What else to answer: `total` counts all records of the list.")] string? include,
        [Description("True: what is in the trash instead.")] bool? trash,
        [Description("The time zone days begin in: `Europe/Berlin`; UTC where nothing is said.")] string? zone,
        [Description("A saved view: its filter as well as the one given, its order unless one is given.")] Guid? view,
        Session session, Shapes shapes, HttpRequest request, CancellationToken cancel)
    {
        if (request.Query.Keys.FirstOrDefault(k => !ListParameters.Contains(k)) is { } unknown)
            throw Refusal.Invalid(unknown, $"A list has no parameter {unknown}; records are chosen by filter.");
        Asked.Within("limit", limit, MostLimit);
        var included = section.Included(include);
        var type = session.TypeOf<T>();
        if (!string.IsNullOrWhiteSpace(q) && !type.Search.IsKept)
            throw Refusal.Invalid("q", $"Nothing of a {type.Name} is searched; records are chosen by filter.");
        var shape = await shapes.Of(type, session, cancel);
        var shown = Visible.Fields(type, await session.Sight(type), fields);
        var saved = view is { } id ? await SavedView.Find(session, shapes, type, id, cancel) : null;
        var isOrdered = saved is not null || !string.IsNullOrWhiteSpace(sort);
        var order = saved is not null && string.IsNullOrWhiteSpace(sort) ? saved.Order(shape) : Asked.Sort(sort, shape, section.Order);
        var context = await Asked.Context(session, zone);
        var condition = Asked.All([await section.Filter(session, shape), saved?.Filter(shape), Asked.Filter(filter, shape)], context);
        var (counts, reach) = (included.Contains("total"), await session.Reach(type, Deed.Read));
        var page = string.IsNullOrWhiteSpace(q)
            ? await Page(
                new Listing(session, type, reach, order, context, condition, trash ?? false), Cursor.Read(cursor, order), order, limit ?? UsualLimit, counts)
            : await new Finding(session, type, reach, order, context, condition, trash ?? false, q, best: !isOrdered).Page(cursor, limit ?? UsualLimit, counts);

        var records = shown?.Contains(RecordType.Custom) == false ? page.Records : await Computing.Add(session, shapes, page.Records, zone);
        await session.Show(records, shown);
        if (shown is null && section.Shows is not null)
            return new Page<object>(await section.Shown([.. records.Cast<T>()], request.HttpContext, included), page.Next, page.Total);
        return shown is null
            ? new Page<T>([.. records.Cast<T>()], page.Next, page.Total)
            : new Page<object>([.. Visible.Of(records, shown, await session.Json())], page.Next, page.Total);
    }

    private static async Task<FoundPage> Page(Listing listing, Cursor? place, Sort order, int limit, bool counts) =>
        new(await listing.Page(place, limit), $"{order}", counts ? await listing.Count() : null);

    private async Task<Created<T>> Create(Draft<T> draft, Session session, Shapes shapes)
    {
        var record = await session.Create(draft, section.Blank?.Invoke(session.Cause));
        await Written(session, record);
        return TypedResults.Created($"/api/v1/{section.Route}/{record.Id}", await Computing.Add(session, shapes, record));
    }

    private async Task<object> Get(
        Guid id, [Description("A time: the record as it was then.")] DateTimeOffset? asOf,
        [Description("Which fields to answer with, separated by commas; all where none is named.")] string? fields,
        [Description("The time zone in which days of formulas begin: `Europe/Berlin`; UTC where nothing is said.")] string? zone,
        Session session, Shapes shapes, HttpContext http)
    {
        var type = session.TypeOf<T>();
        var shown = Visible.Fields(type, await session.Sight(type), fields);
        var found = asOf is { } at ? await History.AsOf<T>(session, id, at) : await session.Find<T>(id);
        var record = await section.Mine(found, http) ?? throw await Merging.Missing<T>(session, id);
        if (asOf is null) // what was computed at some time is not kept
            record = await Computing.Add(session, shapes, record, zone);
        if (shown is null && section.Shows is null)
            return record;
        await session.Show([record], shown);
        if (shown is not null)
            return Visible.Of([record], shown, await session.Json()).First();
        http.Response.Headers.ETag = $"\"{record.Version}\"";
        return (await section.Shown([record], http, new HashSet<string>()))[0];
    }

    private async Task<T> Patch(Guid id, Patch<T> patch, [FromHeader(Name = "If-Match")] string? ifMatch, Session session, Shapes shapes, HttpContext http)
    {
        var record = await Lock(id, session, http, Deed.Update);
        IfMatch.Check(ifMatch, record);
        var written = await Written(session, await session.Edit(record, await Edit.Checked(session, record, patch)));
        return await Computing.Add(session, shapes, written);
    }

    private async Task<NoContent> Delete(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch,
        [Description("True: you have been told what follows, and want it.")] bool? confirm, Session session, HttpContext http)
    {
        var record = await Lock(id, session, http, Deed.Delete);
        IfMatch.Check(ifMatch, record);
        session.Confirmed = confirm ?? false;
        await session.Delete(record);
        return TypedResults.NoContent();
    }

    private async Task<T> Restore(Guid id, Session session, Shapes shapes, HttpContext http)
    {
        var restored = await Written(session, await session.Restore(await Lock(id, session, http, Deed.Delete, trashed: true)));
        return await Computing.Add(session, shapes, restored);
    }

    private async Task<HistoryPage> HistoryOf(
        Guid id, Session session, HttpContext http, [Range(1, int.MaxValue)] int? before, [Range(1, MostEntries)] int? limit)
    {
        Asked.Within("before", before, int.MaxValue);
        Asked.Within("limit", limit, MostEntries);
        var type = session.TypeOf<T>();
        if (section.Within is not null && await section.Mine((await session.List<T>("id = @id", new { id })).FirstOrDefault(), http) is null)
            throw Refusal.NotFound(type.Name, id);
        var entries = await History.Of(session, type, id, before ?? int.MaxValue, limit ?? UsualEntries);
        await session.Show<T>(id, entries.SelectMany(e => e.Changed));
        return new HistoryPage(entries);
    }

    private async Task<T> Lock(Guid id, Session session, HttpContext http, Deed deed, bool trashed = false)
    {
        try
        {
            return await section.Mine(await session.Lock<T>(id, trashed, deed), http) ?? throw Refusal.NotFound(session.TypeOf<T>().Name, id);
        }
        catch (Refusal missing) when (missing.Status == 404 && !trashed)
        {
            throw await Merging.Missing<T>(session, id);
        }
    }

    private async Task<T> Written(Session session, T record)
    {
        if (section.Written is { } written)
            await written(session, record);
        return record;
    }

    private static string Title(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
