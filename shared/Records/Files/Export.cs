using System.ComponentModel;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Audit;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Records.Doors;
using CrmPlatform.Records.Fields;
using CrmPlatform.Records.Views;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Records.Files;

/// <summary>All records of a filter as a file, sent while it is read: one statement, so it is what was there at one moment, however long it takes.</summary>
internal static class Export
{
    private const int Enough = 64 * 1024;

    private static readonly HashSet<string> Parameters = ["format", "filter", "fields", "sort", "zone", "view", "trash", "bom"];

    public static async Task<IResult> Run<T>(
        [Description("`csv`, `jsonl` or `xlsx`.")] string? format,
        [Description("Which records; all where nothing is said.")] string? filter,
        [Description("Which fields, in which order, separated by commas; all where none is named.")] string? fields,
        [Description("The order: `lastName,-createdAt`; that of the ids where nothing is said.")] string? sort,
        [Description("The time zone days of the filter begin in.")] string? zone,
        [Description("A saved view: its filter as well as the one given, its order unless one is given.")] Guid? view,
        [Description("True: what is in the trash instead.")] bool? trash,
        [Description("True: begin a CSV file with a byte order mark, as some spreadsheet programs want it.")] bool? bom,
        Session session, Sessions sessions, Shapes shapes, CustomFields customFields, HttpRequest request, CancellationToken cancel)
        where T : Record
    {
        if (request.Query.Keys.FirstOrDefault(k => !Parameters.Contains(k)) is { } unknown)
            throw Refusal.Invalid(unknown, $"An export has no parameter {unknown}; records are chosen by filter.");
        await session.Demand(Privilege.Export);
        var type = session.TypeOf<T>();
        var reach = await session.Reach(type, Deed.Export);
        if (reach.Reach == Reach.None)
            throw session.Denied(type, Deed.Export);
        var shape = await shapes.Of(type, session, cancel);
        var saved = view is { } id ? await SavedView.Find(session, shapes, type, id, cancel) : null;
        var context = await Asked.Context(session, zone);
        var condition = Asked.All([saved?.Filter(shape), Asked.Filter(filter, shape)], context);
        var order = string.IsNullOrWhiteSpace(sort) ? saved?.Order(shape) : Asked.Sort(sort, shape);
        var own = ComputedFields.Known((await customFields.Of(session.Cause.Tenant, cancel)).Of(type.Name), shape);
        var columns = Column.Of(type, await session.Sight(type), own, fields);
        Table table = format switch
        {
            null or "csv" => new CsvTable(columns, bom ?? false),
            "jsonl" => new JsonLines(string.IsNullOrWhiteSpace(fields) ? null : columns.Select(c => c.Name).ToHashSet(), await session.Json()),
            "xlsx" => new Xlsx(columns),
            _ => throw Refusal.Invalid("format", "format is csv, jsonl or xlsx."),
        };
        List<object> values = [session.Cause.Tenant, .. condition?.Parameters ?? []];
        var sorted = order?.ToSql(context, new("r", values.Count + 1));
        values.AddRange(sorted?.Parameters ?? []);
        var asked = columns.Select(c => c.Name).ToHashSet();
        var computing = Computing.Of(type, shape, context, asked.Contains);
        var sql =
            $"""
            select {type.Columns}{computing?.Columns(values)} from {type.Table} r{sorted?.Join}
            where r.tenant = $1 and r.deleted_at is {(trash == true ? "not null" : "null")}{reach.And()}{(condition is null ? "" : $" and ({condition.Text})")}
            order by {(sorted is null ? "" : $"{sorted.By}, ")}r.id
            """;
        var taken = new Taken(type.Name, filter, view, columns.Select(c => c.Name), format ?? "csv", trash ?? false);
        return new File(
            table, session, sessions, taken, type, computing, sql, [.. values], $"{type.Table}s.{format ?? "csv"}");
    }

    // What the journal says of it before the first row goes out.
    private sealed record Taken(string Of, string? Filter, Guid? View, IEnumerable<string> Fields, string Format, bool Trash);

    private sealed class File(
        Table table, Session session, Sessions sessions, Taken taken, RecordType type, Computing? computing, string sql, object[] values, string name) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var (response, cancel) = (httpContext.Response, httpContext.RequestAborted);
            var (id, rows, whole) = (Guid.CreateVersion7(session.Now), 0L, false);
            await Note(id, 1, "started", taken);
            try
            {
                await Write(response, () => rows++, cancel);
                whole = true;
            }
            finally
            {
                await Note(id, 2, "ended", new { rows, whole });
            }
        }

        private async Task Note(Guid id, int version, string what, object facts)
        {
            await using var own = sessions.Begin(session.Cause, CancellationToken.None);
            await own.Note(Looks.Export, id, version, what, facts);
            await own.Commit();
        }

        private async Task Write(HttpResponse response, Action count, CancellationToken cancel)
        {
            response.ContentType = table.Type;
            response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
            table.Begin();
            await session.Each(
                sql,
                row =>
                {
                    var record = type.Read(row);
                    table.Row(computing?.With(record, row, RecordType.KeptColumns + type.Fields.Count) ?? record);
                    count();
                    return table.Written.WrittenCount < Enough ? default : Send(response, cancel);
                },
                values);
            table.End();
            await Send(response, cancel);
        }

        private async ValueTask Send(HttpResponse response, CancellationToken cancel)
        {
            await response.Body.WriteAsync(table.Written.WrittenMemory, cancel);
            table.Written.ResetWrittenCount();
        }
    }
}
