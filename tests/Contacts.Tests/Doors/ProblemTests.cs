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
