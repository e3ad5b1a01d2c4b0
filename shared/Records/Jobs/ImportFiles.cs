using System.Globalization;
using System.Text;
using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Records.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CrmPlatform.Records.Jobs;

/// <summary>Files that are imported: taken in, looked at, started, and what was refused of them.</summary>
internal static class ImportFiles
{
    public const string Kind = "import";
    private const long Largest = 2L * 1024 * 1024 * 1024;

    /// <summary>Keeps a file and says what is in it.</summary>
    public static async Task<ImportDraft> Take(HttpRequest request, string? name, Session session, RecordType type, CustomFields customFields)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = Largest;
        var cancel = request.HttpContext.RequestAborted;
        var buffer = new byte[StoredSource.Piece];
        var count = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        if (count == 0)
            throw Refusal.Invalid("file", "The file is empty: send it as the body of the request.");
        var beginning = buffer[..count];
        var file = Sniffed.At(beginning);
        // A workbook says at its end what is where in it; it has to be here first.
        var found = file.Format == Sniffed.Workbook ? null : await Looked.At(() => Task.FromResult<Stream>(new MemoryStream(beginning)), file);
        var job = await JobTable.Enter(session, Kind, type.Name, new ImportPlan(file, name, [], new ImportRequest()), total: null, isReady: false);
        for (var part = 0; count > 0; part++)
        {
            await StoredFile.Add(session, job.Id, StoredFile.Source, part, buffer[..count]);
            count = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        }
        var (headers, sample) = found ?? await Looked.At(async () => await StoredSource.Open(session, job.Id), file);
        var sight = await session.Sight(type);
        var columns = Column.All(type, sight, (await customFields.Of(session.Cause.Tenant, cancel)).Of(type.Name)).ToList();
        var suggested = Headers.Suggest(headers, type, sight, columns);
        await Plan(session, job.Id, new ImportPlan(file, name, headers, new ImportRequest { Mapping = suggested }), "prepared");
        return new ImportDraft(await JobTable.Find(session, type.Name, job.Id), suggested, sample);
    }

    /// <summary>Starts what was taken in, once it is sure that it can be meant.</summary>
    public static async Task<Job> Start(Session session, RecordType type, CustomFields customFields, Guid id, ImportRequest request, CancellationToken cancel)
    {
        var job = await JobTable.Find(session, type.Name, id);
        if (job.Kind != Kind || job.State != JobState.Prepared)
            throw new Refusal(409, "started", "This import was started before.");
        var plan = job.Request.Deserialize<ImportPlan>(Changes.Json)!;
        var sight = await session.Sight(type);
        var columns = Column.All(type, sight, (await customFields.Of(session.Cause.Tenant, cancel)).Of(type.Name))
            .Where(c => Headers.IsSettable(type, sight, c)).Select(c => c.Name)
            .Concat(type.Inputs.Select(i => i.Name).Append(RecordType.Custom).Where(n => sight[n] == FieldRight.Full)).ToHashSet();
        var mapping = (request.Mapping ?? plan.How.Mapping!).Where(m => m.Value is not null).ToDictionary();
        foreach (var (header, field) in mapping)
            if (!plan.Headers.Contains(header))
                throw Refusal.Invalid("mapping", $"The file has no column {header}.");
            else if (!columns.Contains(MatchKey.System(field!) is null ? field! : "externalIds"))
                throw Unknown(field!, $"A {type.Name} has no field {field} that can be changed.");
        if (mapping.Count == 0 || mapping.Values.Distinct().Count() != mapping.Count)
            throw Refusal.Invalid("mapping", mapping.Count == 0 ? "No column is mapped to a field." : "Two columns are mapped to one field.");
        foreach (var (name, fields) in new[] { ("onlyIfEmpty", request.OnlyIfEmpty), ("blankErases", request.BlankErases) })
            if (fields.FirstOrDefault(f => !mapping.ContainsValue(f)) is { } unknown)
                throw Refusal.Invalid(name, $"No column is mapped to {unknown}.");
        var keys = MatchKey.Of(type, request.Match);
        if (keys.Any(key => !mapping.ContainsValue(key.Name) || !key.IsOne))
            throw Refusal.Invalid("match", "Rows find records by id, by a mapped field that holds a text, or by externalIds and a system: externalIds.erp.");
        if (keys.Count == 0 && request.Mode != ImportMode.Create)
            throw Refusal.Invalid("match", "By which field does a row find its record?");

        await Plan(session, id, plan with { How = request with { Mapping = mapping } }, "queued");
        return await JobTable.Find(session, type.Name, id);
    }

    private static ValueTask Plan(Session session, Guid id, ImportPlan plan, string state) => session.Execute(
        "update job set request = @request::jsonb, state = @state where tenant = @tenant and id = @id and state = 'prepared'",
        new { id, state, request = JsonSerializer.Serialize(plan, Changes.Json) });

    // Named by the field too, as every other door names it.
    private static Refusal Unknown(string field, string message) =>
        Refusal.Invalid(new Dictionary<string, string[]> { ["mapping"] = [message], [field] = [message] });

    /// <summary>The rows of a file from its beginning.</summary>
    public static async IAsyncEnumerable<Row> Rows(Func<Task<Stream>> open, Sniffed file)
    {
        await using var stream = await open();
        var number = 0L;
        if (file.Format == "jsonl")
        {
            using var reader = file.Reader(stream);
            await foreach (var json in new Rows(reader, file.Separator).Objects())
                yield return new Row(++number, [], json, json is null ? "This line is no JSON object." : null);
        }
        else
            await foreach (var (cells, broken) in Table(stream, file))
                if (number++ > 0)
                    yield return new Row(number - 1, cells, null, broken);
    }

    /// <summary>Writes down a row that was refused, as it was and why.</summary>
    public static void Reject(StringBuilder text, Sniffed file, Row row, int columns, string why)
    {
        if (file.Format == "jsonl")
        {
            var all = row.Json?.EnumerateObject().Where(p => p.Name != "problem").ToDictionary(p => p.Name, p => p.Value) ?? [];
            all["problem"] = JsonSerializer.SerializeToElement(why);
            text.Append(JsonSerializer.Serialize(all)).Append('\n');
            return;
        }
        for (var i = 0; i < columns; i++)
            Csv.Cell(text, i < row.Cells.Count ? Guarded(file, row.Cells[i]) : null);
        Csv.Cell(text, Csv.Guarded(why));
        Csv.End(text);
    }

    // The cells of a workbook are not guarded, and what is refused of one is fetched as CSV.
    private static string? Guarded(Sniffed file, string? cell) =>
        cell is null || file.Format != Sniffed.Workbook || double.TryParse(cell, CultureInfo.InvariantCulture, out _) ? cell : Csv.Guarded(cell);

    /// <summary>All rows that were refused, each with the reason: to be put right and sent again.</summary>
    public static async Task<IResult> Rejected(Session session, Sessions sessions, RecordType type, Guid id)
    {
        var job = await JobTable.Find(session, type.Name, id);
        if (job.Kind != Kind)
            throw Refusal.NotFound("import", id);
        var plan = job.Request.Deserialize<ImportPlan>(Changes.Json)!;
        var header = new StringBuilder();
        var isTable = plan.File.Format != "jsonl";
        if (isTable)
        {
            foreach (var name in plan.Headers)
                Csv.Cell(header, Guarded(plan.File, name));
            Csv.Cell(header, "problem");
            Csv.End(header);
        }
        var cause = session.Cause;
        return TypedResults.Stream(
            async body =>
            {
                await body.WriteAsync(Encoding.UTF8.GetBytes(header.ToString()));
                await using var file = new StoredFile(sessions, cause, id, StoredFile.Errors);
                await file.CopyToAsync(body);
            },
            isTable ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8", isTable ? "rejected.csv" : "rejected.jsonl");
    }

    // The header is the first row.
    internal static async IAsyncEnumerable<(IReadOnlyList<string?> Cells, string? Broken)> Table(Stream stream, Sniffed file)
    {
        if (file.Format == Sniffed.Workbook)
        {
            await using var sheets = new SheetRows(stream);
            while (await sheets.Next() is { } row)
                yield return row;
            yield break;
        }
        using var reader = file.Reader(stream);
        await foreach (var cells in new Rows(reader, file.Separator).Table())
            yield return (cells, null);
    }
}
