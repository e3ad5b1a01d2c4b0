using System.Text.Json;
using CrmPlatform.Access.Tests.Matrix;
using CrmPlatform.Journal.Records;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Access.Tests.Documents;

/// <summary>
/// What the document of all services shows as an example is sent as it stands, with ids of records that are there: it is taken, and what is answered is as
/// the document says. Of every record type, from the services' own tables.
/// </summary>
public sealed class ExampleTests
{
    private const string Json = "application/json";

    [Theory]
    [InlineData("post")]
    [InlineData("put")]
    [InlineData("batch")]
    public async Task Every_example_of_every_record_type_is_taken_and_answered_as_the_document_says(string way)
    {
        var run = await Run.Begin(way);
        foreach (var table in run.Tables)
            await run.Entered(table.Record);

        Assert.True(run.Wrong.Count == 0, $"{run.Wrong.Count} examples are wrong:\n{string.Join('\n', run.Wrong)}");
        Assert.True(run.Executed > 3 * run.Tables.Count, $"Only {run.Executed} examples were executed.");
    }

    private sealed class Run(Door edge, JsonElement document, IReadOnlyList<Table> tables, string way)
    {
        private readonly Dictionary<string, Guid> entered = [];
        private readonly JsonSchema schemas = new(document);

        public List<string> Wrong { get; } = [];

        public int Executed { get; private set; }

        public IReadOnlyList<Table> Tables => tables;

        public static async Task<Run> Begin(string way)
        {
            var crm = await TestCrm.Tenant();
            var edge = crm.Service("edge").WithToken(crm.Home.Token(crm.Caller(Guid.CreateVersion7()) with { Plan = "internal" }));
            await TestCrm.Eventually(async () => (await edge.Get("/nothing-is-here")).Expect(404), TimeSpan.FromSeconds(120));
            var (samples, run) = (new Samples(crm), new Run(edge, (await Route.Document(edge)).Body, Table.All(crm), way));
            await samples.Begin();
            (run.entered["user"], run.entered["team"]) = (samples.Ada, samples.Team);
            run.entered["contact/other"] = (await edge.Post("/contacts", new { lastName = "Byron" })).Expect(201).Id;
            return run;
        }

        /// <summary>The record that was entered from the example of a type, once.</summary>
        public async Task<Guid> Entered(string record)
        {
            if (entered.TryGetValue(record, out var known))
                return known;
            if (tables.FirstOrDefault(t => t.Record == record) is not { } table)
                return entered[record] = Guid.CreateVersion7(); // of a service that is to come
            entered[record] = Guid.CreateVersion7(); // what refers to itself refers to nothing yet
            var plural = $"/api/v1/{table.Plural}";
            var path = way switch { "put" => $"{plural}/external/{{system}}/{{id}}", "batch" => $"{plural}/batch", _ => plural };
            var answer = await Execute(way == "put" ? "PUT" : "POST", path, path.Replace("{system}", "erp").Replace("{id}", record));
            if (Samples.IsMadeByLoggingIn(record) || record == "company")
                return entered[record] = (await edge.Get($"/{table.Plural}?limit=1")).Body.GetProperty("items") is var there && there.GetArrayLength() > 0
                    ? there[0].GetProperty("id").GetGuid() : Guid.CreateVersion7(); // nobody enters these
            var made = way == "batch" ? answer?.Body.GetProperty("items")[0] : answer?.Body;
            if (made is not { } one || !(way == "batch" ? one.TryGetProperty("record", out one) : answer!.Status == 201))
            {
                Wrong.Add($"{record}: {answer}");
                return entered[record];
            }
            var id = entered[record] = one.GetProperty("id").GetGuid();
            await Execute("PATCH", $"{plural}/{{id}}", $"{plural}/{id}", 200);
            await Execute("GET", $"{plural}/{{id}}", $"{plural}/{id}", 200);
            await Execute("GET", plural, plural, 200);
            return id;
        }

        private async Task<Reply?> Execute(string method, string route, string path, int? expected = null)
        {
            var operation = document.GetProperty("paths").GetProperty(route).GetProperty(method.ToLowerInvariant());
            string? body = null;
            if (operation.TryGetProperty("requestBody", out var request))
            {
                if (Example(request) is not { } example)
                    return Say($"{method} {route} has no example of what is sent.");
                Hold(request, example, $"{method} {route}, what is sent");
                body = await Real(example.GetRawText());
            }
            var answer = await edge.Send(new HttpMethod(method), path["/api/v1".Length..], body);
            Executed++;
            if (expected is { } status && answer.Status != status)
                Wrong.Add($"{method} {path} {body}: {answer}");
            if (answer.Status is 200 or 201)
            {
                if (!operation.GetProperty("responses").TryGetProperty($"{answer.Status}", out var response))
                    return Say($"{method} {route} does not say that it answers with {answer.Status}.");
                Hold(response, answer.Body, $"{method} {route}, what is answered");
                if (way == "post" && !route.EndsWith("/batch", StringComparison.Ordinal) && Example(response) is not { } shown)
                    return Say($"{method} {route} has no example of what is answered.");
                else if (Example(response) is { } said)
                    Hold(response, said, $"{method} {route}, the example of what is answered");
            }
            return answer;
        }

        private Reply? Say(string wrong)
        {
            Wrong.Add(wrong);
            return null;
        }

        private void Hold(JsonElement body, JsonElement value, string what) =>
            Wrong.AddRange(from wrong in schemas.Check(schemas.Follow(body).GetProperty("content").GetProperty(Json).GetProperty("schema"), value)
                           select $"{what}: {wrong}");

        private JsonElement? Example(JsonElement body) =>
            schemas.Follow(body).GetProperty("content").GetProperty(Json).TryGetProperty("examples", out var examples)
                ? schemas.Follow(examples.GetProperty("usual")).GetProperty("value") : null;

        // What an example refers to is entered from its own example first.
        private async Task<string> Real(string example)
        {
            foreach (var record in tables.Select(t => t.Record).Concat(["campaign", "contact/other"]))
                if (example.Contains($"{Examples.IdOf(record)}", StringComparison.Ordinal))
                    example = example.Replace($"{Examples.IdOf(record)}", $"{await Entered(record)}", StringComparison.Ordinal);
            return example;
        }
    }
}
