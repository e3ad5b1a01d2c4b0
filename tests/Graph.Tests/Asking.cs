using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests;

/// <summary>Asks the graph in tests.</summary>
internal static class Asking
{
    /// <summary>The whole answer.</summary>
    public static async Task<JsonElement> Ask(this Door graph, string query, object? variables = null) =>
        (await graph.Post("/graphql", new { query, variables })).Expect(200).Body;

    /// <summary>The data of an answer without errors.</summary>
    public static async Task<JsonElement> Data(this Door graph, string query, object? variables = null)
    {
        var answer = await graph.Ask(query, variables);
        Assert.False(answer.TryGetProperty("errors", out var errors), $"{errors}");
        return answer.GetProperty("data");
    }

    /// <summary>The codes of what is wrong.</summary>
    public static string[] Codes(this JsonElement answer) =>
        [.. answer.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("extensions").GetProperty("code").GetString()!)];

    /// <summary>A member, by its path.</summary>
    public static JsonElement At(this JsonElement json, string path)
    {
        var at = json;
        foreach (var step in path.Split('.'))
        {
            JsonElement? next = int.TryParse(step, out var index)
                ? at.ValueKind == JsonValueKind.Array && index < at.GetArrayLength() ? at[index] : null
                : at.ValueKind == JsonValueKind.Object && at.TryGetProperty(step, out var member) ? member : null;
            Assert.True(next is not null, $"There is no {path} in {json.GetRawText()}");
            at = next!.Value;
        }
        return at;
    }

    /// <summary>The graph of a tenant.</summary>
    public static Door Graph(this TestCrm crm) => crm.Service("graph");

    /// <summary>Enters a record.</summary>
    public static async Task<Guid> Given(this TestCrm crm, string plural, object fields) =>
        (await crm.Contacts.Post($"/{plural}", fields)).Expect(201).Id;

    /// <summary>A role, as identity would tell of it.</summary>
    public static Task Role(this TestCrm crm, string name, params object[] records) => crm.Sql("contacts", As.Admin).Execute(
        "insert into copy (tenant, record, id, version, fields, versions, deleted) values ($1, 'identity.role', $2, 1, $3::jsonb, '{}', false)",
        crm.Id, Guid.CreateVersion7(), JsonSerializer.Serialize(new { name, records, slices = (string[])["*"], privileges = Array.Empty<string>() }));
}
