using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Records.Files;
using CrmPlatform.Records.HandOver;
using CrmPlatform.Records.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace CrmPlatform.Records.Doors;

/// <summary>The body of a route is a file, for its document: what it is shows in the file itself, whatever type it is sent as.</summary>
/// <param name="Types">What it can be.</param>
public sealed record FileBody(IReadOnlyList<string> Types);

/// <summary>The doors through which much is done at once, the same for every record type.</summary>
public static class JobDoors
{
    private const int UsualLimit = 20;
    private const int MostLimit = 100;

    private const string Json = "application/json";
    private const string Csv = "text/csv";
    private const string JsonLines = "application/jsonl";

    private static readonly string[] Files = [Csv, JsonLines, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"];

    /// <summary>What a service can do in the background to records of a type.</summary>
    public static IEnumerable<Work> Works<T>(RecordType<T> type)
        where T : Record
    {
        yield return new BulkEdit<T>(type);
        yield return new Import<T>(type);
        yield return new HandOver<T>(type);
        yield return new TakeBack(type.Name);
    }

    /// <summary>All of them.</summary>
    public static IEnumerable<Door> Of<T>(RecordType<T> type, string plural)
        where T : Record
    {
        var many = Title(plural);
        yield return new Door(
            "POST", $"/{plural}/batch", $"Batch{many}",
            "Up to 1,000 operations of any kind under one operation id; each stands or falls alone, or all together.",
            (BatchRequest<T> request, Session session, Shapes shapes) => Batch.Run(request, session, shapes), typeof(BatchAnswer<T>));
        yield return new Door(
            "POST", $"/{plural}/bulk-edit", $"BulkEdit{many}",
            "Changes all records of a filter, in the background; with dryRun it says how many there are.",
            (BulkEditRequest<T> request, Session session, Shapes shapes, CancellationToken cancel) =>
                BulkEdit(request, plural, session, shapes, cancel), typeof(BulkEditCount))
        {
            Notes = [new ProducesResponseTypeMetadata(StatusCodes.Status202Accepted, typeof(Job), [Json])],
        };
        yield return new Door(
            "GET", $"/{plural}/export", $"Export{many}", "All records of a filter as a file: CSV, JSON lines or a workbook.", Export.Run<T>)
        {
            Notes = [new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Stream), Files)],
        };
        foreach (var door in Imports(type, plural, many))
            yield return door;
        yield return new Door("GET", $"/{plural}/jobs", $"ListJobsOf{many}", "What is or was done in the background, newest first.",
            (Session session, [Range(1, MostLimit)] int? limit) =>
                JobTable.Newest(session, type.Name, Asked.Within("limit", limit, MostLimit) ?? UsualLimit));
        yield return new Door("GET", $"/{plural}/jobs/{{id:guid}}", $"GetJobOf{many}", "How far a job is, and what was refused.",
            (Guid id, Session session) => JobTable.Find(session, type.Name, id));
        yield return new Door("POST", $"/{plural}/jobs/{{id:guid}}/cancel", $"CancelJobOf{many}",
            "Stops a job. What it has done stays and can be undone as one operation.",
            (Guid id, Session session) => JobTable.Cancel(session, type.Name, id));
    }

    private static IEnumerable<Door> Imports<T>(RecordType<T> type, string plural, string many)
        where T : Record
    {
        yield return new Door(
            "POST", $"/{plural}/imports", $"Import{many}",
            "Takes a file (the body: CSV, JSON lines or a workbook), says what is in it and suggests which column is which field. Nothing is imported yet.",
            async (HttpRequest request, string? name, Session session, CustomFields customFields) =>
                TypedResults.Ok(await ImportFiles.Take(request, name, session, type, customFields)))
        {
            Notes = [new FileBody(Files)],
        };
        yield return new Door(
            "POST", $"/{plural}/imports/{{id:guid}}/start", $"StartImportOf{many}", "Starts an import, in the background; with dryRun nothing of it is kept.",
            async (Guid id, ImportRequest request, Session session, CustomFields customFields, CancellationToken cancel) =>
                TypedResults.Accepted($"/api/v1/{plural}/jobs/{id}", await ImportFiles.Start(session, type, customFields, id, request, cancel)));
        yield return new Door(
            "GET", $"/{plural}/imports/{{id:guid}}/errors", $"RejectedRowsOf{many}",
            "The rows that were refused, each with the reason, to be put right and sent again.",
            (Guid id, Session session, Sessions sessions) => ImportFiles.Rejected(session, sessions, type, id))
        {
            Notes = [new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Stream), [Csv, JsonLines])],
        };
    }

    private static async Task<IResult> BulkEdit<T>(
        BulkEditRequest<T> request, string plural, Session session, Shapes shapes, CancellationToken cancel)
        where T : Record
    {
        var (count, job) = await Jobs.BulkEdit<T>.Ask(request, session, shapes, cancel);
        return job is null ? TypedResults.Ok(new BulkEditCount(count)) : TypedResults.Accepted($"/api/v1/{plural}/jobs/{job.Id}", job);
    }

    private static string Title(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
