using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Schema.Execution;
using CrmPlatform.Graph.Upstreams;
using CrmPlatform.Hosting.Operations;
using CrmPlatform.Records.Reading;

namespace CrmPlatform.Graph.Plan;

/// <summary>
/// Fetches what an operation asks for, level by level: whatever a level asks about records of one type goes to their service in one request, all
/// services at once. A service that is away takes its own fields with it and nothing else.
/// </summary>
internal sealed class Levels(ServiceClient client, Asker caller, IReadOnlyDictionary<string, string> versions) : IDisposable
{
    private const int MostParts = 50;

    private readonly List<Told> all = [];
    private readonly Dictionary<string, Task<Told>> slices = new(StringComparer.Ordinal);

    /// <summary>Whether a service has answered by another model than the graph was made of.</summary>
    public bool IsOutdated { get; private set; }

    public async Task Fetch(IReadOnlyList<Fetch> level, CancellationToken cancel)
    {
        if (level is [{ Call.Field.Fetched: Changing changing } change])
        {
            change.Values[0] = await changing.Do(client, caller, change.Call, Keep, cancel);
            IsOutdated |= changing.ChangesModel;
            return;
        }
        var others =
            from fetch in level
            let elsewhere = fetch.Call.Field.Fetched as Elsewhere
            where elsewhere is not null
            select elsewhere.Do(fetch, this, cancel);
        var asked =
            (from fetch in level
             let source = fetch.Call.Field.Fetched as Source
             where source is not null
             select (Fetch: fetch, Source: source, Questions: source.Ask(fetch))).ToList();
        await Task.WhenAll(Ask(asked.SelectMany(a => a.Questions), cancel).Concat(others));
        var instead = asked.ConvertAll(a => a.Source.Instead(a.Fetch, a.Questions));
        await Task.WhenAll(Ask(instead.SelectMany(questions => questions), cancel));
        foreach (var ((fetch, source, questions), better) in asked.Zip(instead))
            source.Settle(fetch, better.Count > 0 ? better : questions);
    }

    // All that is asked of one record type goes in one request.
    private IEnumerable<Task> Ask(IEnumerable<Question> questions, CancellationToken cancel) =>
        questions.GroupBy(q => (q.Of.Model.Service, q.Of.Model.Plural)).SelectMany(of => of.Chunk(MostParts)).Select(some => Ask(some, cancel));

    /// <summary>What an operation did, in all services.</summary>
    public Task<JsonObject> Operation(Guid id, CancellationToken cancel) => client.Operation(caller, cancel).Read(client.Names, id);

    /// <summary>A page of what everybody did, in all services.</summary>
    public async Task<JsonObject> Audit(Inquiry inquiry, int? limit, CancellationToken cancel) =>
        WholeAudit.Page(await client.Everywhere(caller, cancel).Ask(client.Names, inquiry), limit);

    /// <summary>The services there are.</summary>
    public IEnumerable<string> Services => client.Names;

    /// <summary>What a service answers. What is asked twice is sent once.</summary>
    public Task<Told> Once(string service, string address, CancellationToken cancel)
    {
        lock (slices)
            return slices.TryGetValue($"{service} {address}", out var asked) ? asked : slices[$"{service} {address}"] = Ask();

        async Task<Told> Ask()
        {
            var told = await client.Ask(caller, service, "GET", address, default, cancel);
            Keep(told);
            return told;
        }
    }

    private async Task Ask(Question[] questions, CancellationToken cancel)
    {
        var parts = questions.GroupBy(q => questions.Length == 1 ? "" : Key(q.Part)).ToList();
        try
        {
            var of = questions[0].Of.Model;
            var told = await client.Ask(caller, of.Service, "POST", $"/api/v1/{of.Plural}/read", Body([.. parts.Select(p => p.First().Part)]), cancel);
            Keep(told);
            if (told.Status != 200)
                throw new GraphException(ServiceClient.Refused(told.Body));
            IsOutdated |= told.Body.TryGetProperty("model", out var model) && !model.ValueEquals(versions.GetValueOrDefault(of.Service));
            var answers = told.Body.GetProperty("parts");
            foreach (var (same, i) in parts.Select((same, i) => (same, i)))
                foreach (var question in same)
                    if (answers[i].TryGetProperty("problem", out var problem))
                        question.Error = ServiceClient.Refused(problem);
                    else
                        question.Lists = answers[i].GetProperty("lists");
        }
        catch (GraphException e)
        {
            foreach (var question in questions)
                question.Error = e.Error;
        }
    }

    /// <summary>What was answered is needed no more.</summary>
    public void Dispose()
    {
        foreach (var told in all)
            told.Dispose();
    }

    private void Keep(Told told)
    {
        lock (all)
            all.Add(told);
    }

    private static ReadOnlyMemory<byte> Body(ReadPart[] parts) => JsonSerializer.SerializeToUtf8Bytes(new ReadRequest(parts), JsonSerializerOptions.Web);

    private static string Key(ReadPart part) => JsonSerializer.Serialize(part, JsonSerializerOptions.Web);
}
