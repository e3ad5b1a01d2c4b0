using System.Text;
using CrmPlatform.Hosting.Beside;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CrmPlatform.Graph.Tests.Beside;

/// <summary>An app that is asked by one beside it answers as it does to who comes over the network.</summary>
public sealed class SameAnswersTests
{
    private static readonly string[] OfTheirOwn = ["Date", "Server", "Connection", "Transfer-Encoding", "Content-Length"];

    [Theory]
    [InlineData("GET", "/api/v1/contacts", "?limit=2&include=total", "")]
    [InlineData("GET", "/api/v1/contacts", "?filter=lost%20%3D%201", "")]
    [InlineData("GET", "/api/v1/contacts/0199a000-0000-7000-8000-000000000000", "", "")]
    [InlineData("PUT", "/api/v1/contacts", "", "{}")]
    [InlineData("GET", "/api/v1/nowhere", "", "")]
    [InlineData("POST", "/api/v1/contacts/read", "", """{"parts": [{"filter": "lastName = \"Ada\"", "total": true, "fields": "lastName"}]}""")]
    [InlineData("POST", "/api/v1/contacts", "", """{"lastName": 1}""")]
    [InlineData("POST", "/api/v1/contacts", "", "no json")]
    [InlineData("GET", "/api/v1/contacts/export", "?format=csv&fields=lastName", "")]
    public async Task Requests_are_answered_alike(string method, string path, string query, string body)
    {
        var crm = await TestCrm.Tenant();
        await crm.Given("contacts", new { lastName = "Ada" });

        var theirs = await crm.Contacts.Send(new(method), path["/api/v1".Length..] + query, body.Length > 0 ? body : null);
        using var ours = await Ask(crm, new(method, path, query, Headers(crm.Token("crm.read", "crm.write"), body), Encoding.UTF8.GetBytes(body)));

        Assert.Equal(theirs.Status, ours.Status);
        Assert.Equal(Plain(theirs.Text), Plain(Encoding.UTF8.GetString(ours.Body.Span)));
        Assert.Equal(
            theirs.Headers.Keys.Except(OfTheirOwn, StringComparer.OrdinalIgnoreCase).Order(),
            ours.Headers.Keys.Except(OfTheirOwn, StringComparer.OrdinalIgnoreCase).Order());
    }

    [Fact]
    public async Task Who_has_no_token_is_refused_and_what_is_asked_is_counted()
    {
        var crm = await TestCrm.Tenant();
        async Task<long> Counted() => (await crm.Contacts.Look("/metrics")).Text.Split('\n')
            .Where(line => line.StartsWith("http_server_request_duration_seconds_count", StringComparison.Ordinal)
                && line.Contains("status_code=\"401\"", StringComparison.Ordinal))
            .Sum(line => long.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
        var before = await Counted();

        using var refused = await Ask(crm, new("GET", "/api/v1/contacts", "", new HeaderDictionary(), default));
        using var forged = await Ask(crm, new("GET", "/api/v1/contacts", "", Headers("forged", ""), default));

        Assert.Equal((401, 401), (refused.Status, forged.Status));
        Assert.True(await Counted() >= before + 2);
    }

    private static async Task<PassedAnswer> Ask(TestCrm crm, PassedRequest request) =>
        await crm.Home.Get<Neighbours>("graph").Ask("contacts", request, TestContext.Current.CancellationToken)!;

    private static IHeaderDictionary Headers(string token, string body)
    {
        IHeaderDictionary headers = new HeaderDictionary { ["Authorization"] = $"Bearer {token}" };
        if (body.Length > 0)
            (headers.ContentType, headers.ContentLength) = ("application/json", Encoding.UTF8.GetByteCount(body));
        return headers;
    }

    // Each request has a trace of its own.
    private static string Plain(string text) =>
        System.Text.RegularExpressions.Regex.Replace(text, "\"traceId\":\"[^\"]*\"", "");
}
