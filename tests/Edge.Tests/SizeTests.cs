using System.Net;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Edge.Tests;

public sealed class SizeTests
{
    [Fact]
    public async Task A_body_larger_than_a_megabyte_is_refused_whether_it_says_its_size_or_not()
    {
        var crm = await TestCrm.Tenant();
        await Behind.Known(crm.Home);
        using var http = new HttpClient();

        foreach (var chunked in new[] { false, true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(crm.Service("edge").Address, "/api/v1/contacts"))
            {
                Content = new ByteArrayContent(new byte[1024 * 1024 + 1]) { Headers = { ContentType = new("application/json") } },
            };
            request.Headers.Authorization = new("Bearer", crm.Token("crm.write"));
            request.Headers.TransferEncodingChunked = chunked;
            request.Headers.ExpectContinue = !chunked;
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
            Assert.Contains("\"too_large\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        (await crm.Service("edge").Post("/contacts", new { lastName = new string('x', 900_000) })).Expect(422); // the service's own rule
    }

    [Fact]
    public async Task Too_many_or_too_long_headers_are_refused()
    {
        var crm = await TestCrm.Tenant();
        var many = Enumerable.Range(0, 80).Aggregate(crm.Service("edge"), (door, n) => door.With($"X-Filler-{n}", "x"));

        Assert.Equal(431, (await many.Get("/contacts")).Status);
        Assert.Equal(431, (await crm.Service("edge").With("X-Filler", new string('x', 20_000)).Get("/contacts")).Status);
    }
}
