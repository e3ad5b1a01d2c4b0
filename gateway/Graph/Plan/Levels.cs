using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Schema.Execution;
using CrmPlatform.Graph.Upstreams;
using CrmPlatform.Records.Reading;

namespace CrmPlatform.Graph.Plan;

/// <summary>
/// Fetches what an operation asks for, level by level: whatever a level asks about records of one type goes to their service in one request, all
/// services at once. A service that is away takes its own fields with it and nothing else.
/// </summary>
internal sealed class Levels(ServiceClient client, Asker caller)
{
    private const int MostParts = 50;

    public async Task Fetch(IReadOnlyList<Fetch> level, CancellationToken cancel)
    {
        if (level is [{ Call.Field.Fetched: Write write } change])
        {
            change.Values[0] = await write.Do(client, caller, change.Call, cancel);
            return;
        }
        var asked = level.Select(fetch => (Fetch: fetch, Questions: ((Source)fetch.Call.Field.Fetched!).Ask(fetch))).ToList();
        await Task.WhenAll(asked.SelectMany(a => a.Questions).GroupBy(q => (q.Of.Model.Service, q.Of.Model.Plural))
            .SelectMany(of => of.Chunk(MostParts)).Select(questions => Ask(questions, cancel)));
        foreach (var (fetch, questions) in asked)
            ((Source)fetch.Call.Field.Fetched!).Settle(fetch, questions);
    }

    // What is asked twice is sent once.
    private async Task Ask(Question[] questions, CancellationToken cancel)
    {
        var parts = questions.GroupBy(q => Key(q.Part)).ToList();
        try
        {
            var of = questions[0].Of.Model;
            var told = await client.Ask(
                caller, of.Service, HttpMethod.Post, $"/api/v1/{of.Plural}/read", new ReadRequest([.. parts.Select(p => p.First().Part)]), cancel);
            if (told.Status != 200)
                throw new GraphException(ServiceClient.Refused(told.Body));
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

    private static string Key(ReadPart part) => System.Text.Json.JsonSerializer.Serialize(part, System.Text.Json.JsonSerializerOptions.Web);
}
