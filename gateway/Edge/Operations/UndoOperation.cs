using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CrmPlatform.Edge.Doors;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;
using EdgeHeaders = CrmPlatform.Edge.Doors.Headers;

namespace CrmPlatform.Edge.Operations;

/// <summary>
/// Takes an operation back in all services that know it, under one new operation. First all of them try it out and roll back; only when
/// none refuses, all of them do it. If one fails between the two, what the others did is taken back as well: everything, or nothing.
/// </summary>
internal sealed class UndoOperation(Everywhere everywhere, TimeProvider clock)
{
    public const string Route = "/api/v1/operations/{id:guid}/undo";

    private const string Published = "/api/v1/operations/{id}/undo";

    public async Task Handle(HttpContext http, Guid id)
    {
        if (!await everywhere.Admit(http))
            return;
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var operation = Guid.CreateVersion7(clock.GetUtcNow());
        HttpRequestMessage Request(bool dry) => Undo(id, operation, dry, body.ToArray(), http.Request.Headers["Idempotency-Key"]);

        var tried = await everywhere.Ask(http, everywhere.Publishers(Published), () => Request(dry: true));
        if (tried.Count == 0)
            throw Refusal.NotFound("operation", id);
        RefuseConflicts(tried);
        var done = await DoAll(http, [.. tried.Select(t => t.Upstream)], () => Request(dry: false), operation);

        var undoneBy = done[0].Body["undoneBy"]!.GetValue<Guid>(); // a repeated request's is that of the first one
        http.Response.Headers[EdgeHeaders.Operation] = undoneBy.ToString();
        if (done.Exists(d => d.Replayed))
            http.Response.Headers["Idempotency-Replayed"] = "true";
        await http.Response.WriteAsJsonAsync(new
        {
            Operation = id,
            UndoneBy = undoneBy,
            Records = done.Sum(d => d.Body["records"]!.GetValue<int>()),
            Kept = Gather(done, "kept"),
        }, http.RequestAborted);
    }

    // One after the other: whoever fails leaves a known list of those to be taken back.
    private async Task<List<Said>> DoAll(HttpContext http, List<Upstreams.Upstream> services, Func<HttpRequestMessage> request, Guid operation)
    {
        var done = new List<Said>();
        try
        {
            foreach (var service in services)
            {
                var said = await everywhere.Ask(http, [service], request);
                RefuseConflicts(said);
                done.AddRange(said);
            }
            return done;
        }
        catch (Refusal) when (done.Count > 0)
        {
            var back = Guid.CreateVersion7(clock.GetUtcNow());
            foreach (var said in done)
                await everywhere.Ask(http, [said.Upstream], () => Undo(operation, back, dry: false, [], default));
            throw;
        }
    }

    private static void RefuseConflicts(List<Said> answers)
    {
        var refusing = answers.FindAll(a => a.Status == 409);
        if (refusing.Count == 0)
            return;
        throw new Refusal(409, refusing[0].Body["code"]!.GetValue<string>(), refusing[0].Body["detail"]!.GetValue<string>())
        {
            Facts = new Dictionary<string, object?> { ["conflicts"] = Gather(refusing, "conflicts") },
        };
    }

    private static JsonArray Gather(List<Said> answers, string member) =>
        [.. answers.SelectMany(a => a.Body[member] as JsonArray ?? []).Select(item => item?.DeepClone())];

    private static HttpRequestMessage Undo(Guid id, Guid operation, bool dry, byte[] body, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/v1/operations/{id}/undo", UriKind.Relative));
        request.Headers.Add(EdgeHeaders.Operation, operation.ToString());
        if (dry)
            request.Headers.Add(EdgeHeaders.DryRun, "true");
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (body.Length > 0)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return request;
    }
}
