using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Doors;

/// <summary>What the OpenAPI document tells a stranger about records.</summary>
public sealed class DocumentTests
{
    [Fact]
    public async Task What_may_be_sent_to_enter_a_contact_is_described_with_its_rules()
    {
        var body = await Body("/api/v1/contacts", "post");

        Assert.Equal(["lastName"], body.GetProperty("required").EnumerateArray().Select(r => r.GetString()));
        Assert.False(body.GetProperty("additionalProperties").GetBoolean());
        var lastName = body.GetProperty("properties").GetProperty("lastName");
        Assert.Equal("string", lastName.GetProperty("type").GetString());
        Assert.Equal((1, 100), (lastName.GetProperty("minLength").GetInt32(), lastName.GetProperty("maxLength").GetInt32()));
        Assert.Equal("uuid", body.GetProperty("properties").GetProperty("accountId").GetProperty("format").GetString());
        Assert.False(body.GetProperty("properties").TryGetProperty("version", out _));
    }

    [Fact]
    public async Task A_patch_requires_nothing_and_takes_what_its_writer_saw()
    {
        var body = await Body("/api/v1/contacts/{id}", "patch");

        Assert.False(body.TryGetProperty("required", out _));
        Assert.True(body.GetProperty("properties").TryGetProperty("$base", out _));
        Assert.True(body.GetProperty("properties").TryGetProperty("tags", out _));
    }

    [Fact]
    public async Task Each_route_says_with_which_problems_it_can_answer()
    {
        var paths = (await Document()).GetProperty("paths");

        string Statuses(string path, string method) => string.Join(
            ' ', paths.GetProperty(path).GetProperty(method).GetProperty("responses").EnumerateObject().Select(r => r.Name).Order());
        Assert.Equal("200 400 401 403 404 409 412 413 415 422 500 503", Statuses("/api/v1/contacts/{id}", "patch"));
        Assert.Equal("200 400 401 403 404 422 500 503", Statuses("/api/v1/contacts/{id}", "get"));
        Assert.Equal("200 400 401 403 500 503", Statuses("/api/v1/contacts/model", "get"));
        Assert.Equal("200 202 400 401 403 409 413 415 422 500 503", Statuses("/api/v1/contacts/bulk-edit", "post"));
    }

    [Fact]
    public async Task Each_slice_has_a_body_of_its_own()
    {
        Assert.True((await Body("/api/v1/contacts/{id}/change-job", "post")).GetProperty("properties").TryGetProperty("jobTitle", out _));
        Assert.True((await Body("/api/v1/contacts/{id}/merge", "post")).GetProperty("properties").TryGetProperty("loser", out _));
    }

    [Fact]
    public async Task A_choice_that_may_be_empty_says_so_and_what_is_left_out_where_there_is_nothing_is_not_required()
    {
        var schemas = (await Document()).GetProperty("components").GetProperty("schemas");
        var body = await Body("/api/v1/contacts", "post");

        Assert.DoesNotContain(schemas.GetProperty("CustomKind").GetProperty("enum").EnumerateArray(), c => c.ValueKind == JsonValueKind.Null);
        Assert.Contains(
            body.GetProperty("properties").GetProperty("buyingRole").GetProperty("enum").EnumerateArray(), c => c.ValueKind == JsonValueKind.Null);
        Assert.DoesNotContain("teams", schemas.GetProperty("WhoMayReason").GetProperty("required").EnumerateArray().Select(r => r.GetString()));
    }

    private static async Task<JsonElement> Document() => (await (await TestCrm.Tenant()).Contacts.Look("/openapi/v1.json")).Expect(200).Body;

    private static async Task<JsonElement> Body(string path, string method)
    {
        var document = await Document();
        var schema = document.GetProperty("paths").GetProperty(path).GetProperty(method)
            .GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        return schema.TryGetProperty("$ref", out var where)
            ? document.GetProperty("components").GetProperty("schemas").GetProperty(where.GetString()!.Split('/')[^1]) : schema;
    }
}
