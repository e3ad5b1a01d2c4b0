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

    private static async Task<JsonElement> Body(string path, string method)
    {
        var crm = await TestCrm.Tenant();
        var document = (await crm.Contacts.Look("/openapi/v1.json")).Expect(200).Body;
        var schema = document.GetProperty("paths").GetProperty(path).GetProperty(method)
            .GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        return schema.TryGetProperty("$ref", out var where)
            ? document.GetProperty("components").GetProperty("schemas").GetProperty(where.GetString()!.Split('/')[^1]) : schema;
    }
}
