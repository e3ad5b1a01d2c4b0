using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Doors;

public sealed class ProblemTests
{
    [Fact]
    public async Task Every_problem_has_the_shape_of_RFC_9457_with_a_code_and_the_trace_id()
    {
        var crm = await TestCrm.Tenant();
        var trace = "0af7651916cd43dd8448eb211c80319c";

        var refused = await crm.Contacts.With("traceparent", $"00-{trace}-b7ad6b7169203331-01").Post(
            "/contacts", new { firstName = "Ada" });

        refused.Expect(422, "invalid");
        Assert.StartsWith("application/problem+json", refused.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal(
            (422, "Unprocessable Entity", trace),
            (refused["status"].GetInt32(), refused["title"].GetString(), refused["traceId"].GetString()));
        Assert.Equal("Some fields are not valid.", refused["detail"].GetString());
        Assert.Contains("lastName", refused["errors"].GetProperty("lastName")[0].GetString()!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "firstName": "Ada" }""", "lastName", """{"rule":"required"}""")]
    [InlineData("""{ "lastName": "L", "birthday": "soon" }""", "birthday", """{"rule":"kind","kind":"date"}""")]
    [InlineData("""{ "lastName": "L", "email": "nobody" }""", "email", """{"rule":"email"}""")]
    [InlineData("""{ "lastName": "L", "photoUrl": "there" }""", "photoUrl", """{"rule":"url"}""")]
    [InlineData("""{ "lastName": "L", "salutation": "Professor Doctor Doctor honoris causa multiplex Sir" }""", "salutation", """{"rule":"length","max":50}""")]
    [InlineData("""{ "lastName": "L", "originalLeadId": 7 }""", "originalLeadId", """{"rule":"kind","kind":"reference"}""")]
    [InlineData("""{ "lastName": "L", "shoeSize": 37 }""", "shoeSize", """{"rule":"unknown"}""")]
    [InlineData("""{ "lastName": "L", "custom": { "size": 7 } }""", "custom.size", """{"rule":"range","min":10,"max":60}""")]
    [InlineData("""{ "lastName": "L", "custom": { "tier": "iron" } }""", "custom.tier", """{"rule":"choice","allowed":["gold"]}""")]
    [InlineData("""{ "lastName": "L", "emails": [{ "address": "nobody" }] }""", "emails[0].address", """{"rule":"email"}""")]
    public async Task What_is_refused_says_which_rule_was_broken_and_within_which_bounds_it_would_be_kept(string sent, string field, string rule)
    {
        var crm = await TestCrm.Tenant();
        (await crm.Contacts.Post("/contacts/fields", new { name = "size", label = "Size", kind = "number", min = 10, max = 60 })).Expect(201);
        var choices = new[] { new { value = "gold" } };
        (await crm.Contacts.Post("/contacts/fields", new { name = "tier", label = "Tier", kind = "choice", choices })).Expect(201);

        var refused = (await crm.Contacts.Post("/contacts", System.Text.Json.JsonDocument.Parse(sent).RootElement)).Expect(422, "invalid");

        Assert.Equal(1, refused["errors"].GetProperty(field).GetArrayLength());
        Assert.Equal(rule, refused["broken"].GetProperty(field)[0].GetRawText());
    }

    [Fact]
    public async Task A_value_that_is_taken_and_a_record_that_is_not_there_are_rules_too()
    {
        var crm = await TestCrm.Tenant();

        var nobody = (await crm.Contacts.Post("/contacts", new { lastName = "L", accountId = Guid.CreateVersion7() })).Expect(422, "invalid_reference");

        Assert.Equal("""{"rule":"missing"}""", nobody["broken"].GetProperty("accountId")[0].GetRawText());
        (await crm.Contacts.Post("/contacts/fields", new { name = "size", label = "Size", kind = "number" })).Expect(201);
        var twice = (await crm.Contacts.Post("/contacts/fields", new { name = "size", label = "Size", kind = "number" })).Expect(409, "duplicate");
        Assert.Equal("""{"rule":"taken"}""", twice["broken"].EnumerateObject().Single().Value[0].GetRawText());
    }

    [Fact]
    public async Task What_is_not_there_or_not_allowed_is_a_problem_too()
    {
        var crm = await TestCrm.Tenant();

        (await crm.Contacts.Get("/nothing")).Expect(404, "no_route");
        (await crm.Contacts.Delete("/contacts")).Expect(405, "method_not_allowed");
        (await crm.Contacts.Get("/contacts?limit=many")).Expect(400, "malformed");
        var cut = (await crm.Contacts.Post("/contacts", "{")).Expect(400, "malformed");
        Assert.Contains("line 1", cut["detail"].GetString()!, StringComparison.Ordinal);
    }
}
