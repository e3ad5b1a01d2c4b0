using System.ComponentModel;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
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
public sealed record Door(string Method, string Route, string Name, string Says, Delegate Handle, Type? Answers = null);

/// <summary>The doors every record type has.</summary>
public static class RecordDoors
{
    private const int UsualLimit = 50;
    private const int MostLimit = 200;

    // One that is misspelt would answer with all records instead of some.
    private static readonly HashSet<string> ListParameters = ["filter", "sort", "fields", "cursor", "limit", "include", "trash", "zone"];

    /// <summary>All of them.</summary>
    public static IEnumerable<Door> Of<T>(RecordType<T> type, string plural)
        where T : Record
    {
        var (one, many) = (Title(type.Name), Title(plural));
        yield return new Door(
            "GET", $"/{plural}", $"List{many}", $"The {plural} that a filter describes, in any order, page by page.", List<T>, typeof(Page<T>));
        yield return new Door("POST", $"/{plural}", $"Create{one}", $"Enters a new {type.Name}.",
            async (Draft<T> draft, Session session) => await Create(draft, plural, session));
        yield return new Door(
            "GET", $"/{plural}/{{id:guid}}", $"Get{one}", $"One {type.Name}, as it is or, with asOf, as it was at that time.", Get<T>, typeof(T));
        yield return new Door(
            "PATCH", $"/{plural}/{{id:guid}}", $"Edit{one}",
            "Changes the fields sent; with If-Match only if nobody was faster, with $base unless somebody changed the same field.", Patch<T>);
        yield return new Door("DELETE", $"/{plural}/{{id:guid}}", $"Delete{one}", $"Puts a {type.Name} into the trash.", Delete<T>);
        yield return new Door(
            "POST", $"/{plural}/{{id:guid}}/restore", $"Restore{one}", $"Takes a {type.Name} out of the trash, with all its links.", Restore<T>);
    }

    private static async Task<object> List<T>(
        [Description("Which records: `lastName ~ \"*ada*\" and account.industry = \"Finance\"`.")] string? filter,
        [Description("The order: `-createdAt`, `lastName,-updatedAt`.")] string? sort,
        [Description("Which fields to answer with, separated by commas; all where none is named.")] string? fields,
        [Description("Where to go on: the nextCursor of the page before.")] string? cursor,
        [Description("How many records a page has: 1 to 200, 50 where nothing is said.")] int? limit,
        [Description("`total` counts all records of the list.")] string? include,
        [Description("True: what is in the trash instead.")] bool? trash,
        [Description("The time zone days begin in: `Europe/Berlin`; UTC where nothing is said.")] string? zone,
        Session session, Shapes shapes, HttpRequest request, CancellationToken cancel)
        where T : Record
    {
        if (request.Query.Keys.FirstOrDefault(k => !ListParameters.Contains(k)) is { } unknown)
            throw Refusal.Invalid(unknown, $"A list has no parameter {unknown}; records are chosen by filter.");
        if (limit is < 1 or > MostLimit)
            throw Refusal.Invalid("limit", $"limit is between 1 and {MostLimit}.");
        if (include is not (null or "" or "total"))
            throw Refusal.Invalid("include", "include is total or nothing.");
        var type = session.TypeOf<T>();
        var shape = await shapes.Of(type, session.Cause.Tenant, cancel);
        var shown = Visible.Fields(type, fields);
        var order = Asked.Sort(sort, shape);
        var place = Cursor.Read(cursor, order);
        var context = Asked.Context(session, zone);
        var condition = Asked.Filter(filter, shape)?.ToSql(context, new("r", Listing.FirstOfFilter));
        var listing = new Listing(session, type, order, condition, trash ?? false);

        var (records, next) = await listing.Page(place, limit ?? UsualLimit);
        long? total = include == "total" ? await listing.Count() : null;
        return shown is null
            ? new Page<T>([.. records.Cast<T>()], next?.Write(order), total)
            : new Page<object>([.. records.Select(r => Visible.Of(r, shown))], next?.Write(order), total);
    }

    private static async Task<Created<T>> Create<T>(Draft<T> draft, string plural, Session session)
        where T : Record
    {
        var record = await session.Create<T>(draft);
        return TypedResults.Created($"/api/v1/{plural}/{record.Id}", record);
    }

    private static async Task<object> Get<T>(
        Guid id, [Description("A time: the record as it was then.")] DateTimeOffset? asOf,
        [Description("Which fields to answer with, separated by commas; all where none is named.")] string? fields, Session session)
        where T : Record
    {
        var type = session.TypeOf<T>();
        var shown = Visible.Fields(type, fields);
        var record = asOf is { } at ? await History.AsOf<T>(session, id, at) : await session.Find<T>(id);
        return Visible.Of(record ?? throw Refusal.NotFound(type.Name, id), shown);
    }

    private static async Task<T> Patch<T>(Guid id, Patch<T> patch, [FromHeader(Name = "If-Match")] string? ifMatch, Session session)
        where T : Record
    {
        var record = await session.Lock<T>(id);
        IfMatch.Check(ifMatch, record);
        return await session.Edit(record, Edit.Checked(session.TypeOf<T>(), record, patch));
    }

    private static async Task<NoContent> Delete<T>(Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, Session session)
        where T : Record
    {
        var record = await session.Lock<T>(id);
        IfMatch.Check(ifMatch, record);
        await session.Delete(record);
        return TypedResults.NoContent();
    }

    private static async Task<T> Restore<T>(Guid id, Session session)
        where T : Record => await session.Restore(await session.Lock<T>(id, trashed: true));

    private static string Title(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
