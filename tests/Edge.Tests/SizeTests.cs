using System.IO.Compression;
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

    [Fact]
    public async Task A_long_answer_comes_small_to_who_understands_it_and_is_the_same()
    {
        var crm = await TestCrm.Tenant();
        await Behind.Known(crm.Home);
        for (var i = 0; i < 30; i++)
            (await crm.Service("edge").Post("/accounts", new { name = $"Engines {i}" })).Expect(201);
        using var http = new HttpClient();
        async Task<(string? Encoding, byte[] Content)> Ask(string path, string accepts)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(crm.Service("edge").Address, path));
            request.Headers.Authorization = new("Bearer", crm.Token("crm.read"));
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepts);
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return (answer.Content.Headers.ContentEncoding.SingleOrDefault(), await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }

        var (plain, whole) = await Ask("/api/v1/accounts?sort=name", "identity");
        var (gzip, packed) = await Ask("/api/v1/accounts?sort=name", "gzip");
        var (brotli, smaller) = await Ask("/api/v1/accounts?sort=name", "br, gzip");
        var (none, _) = await Ask("/api/v1/accounts?limit=1", "br, gzip");

        Assert.Equal((null, "gzip", "br", null), (plain, gzip, brotli, none));
        Assert.True(packed.Length * 4 < whole.Length, $"{packed.Length} of {whole.Length}");
        Assert.True(smaller.Length * 4 < whole.Length, $"{smaller.Length} of {whole.Length}");
        using var unpacked = new MemoryStream();
        await using (var stream = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress))
            await stream.CopyToAsync(unpacked, TestContext.Current.CancellationToken);
        Assert.Equal(whole, unpacked.ToArray());
    }
}
