using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CrmPlatform.Edge.Tests;

public sealed partial class PageTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/docs/index.html")]
    public async Task A_page_runs_its_own_script_and_style_and_loads_nothing_from_elsewhere(string path)
    {
        var page = (await (await TestCrm.Tenant()).Service("edge").Look(path)).Expect(200);
        var policy = page.Headers["Content-Security-Policy"];

        var inline = Inline().Matches(page.Text);
        Assert.Equal(2, inline.Count);
        Assert.All(inline, m => Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(m.Groups[2].Value)))}'", policy,
            StringComparison.Ordinal));
        Assert.DoesNotMatch(@"(src|href)=""(https?:)?//", page.Text);
        Assert.DoesNotContain("http:", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/docs/swagger-ui-bundle.js")]
    [InlineData("/docs/swagger-ui.css")]
    public async Task What_the_documentation_needs_is_served_here(string path) =>
        Assert.True((await (await TestCrm.Tenant()).Service("edge").Look(path)).Expect(200).Text.Length > 100_000);

    [Fact]
    public async Task The_web_apps_files_are_served_and_its_places_lead_to_its_start()
    {
        var folder = Directory.CreateTempSubdirectory("crm-web-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "index.html"), "the app", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "app.js"), "run()", TestContext.Current.CancellationToken);
        await using var edge = await Behind.Edge("things=http://127.0.0.1:9", ("CRM_WEB", folder.FullName));
        var door = edge.Tenant().Service("edge");

        Assert.Equal("the app", (await door.Look("/")).Expect(200).Text);
        Assert.Equal("run()", (await door.Look("/app.js")).Expect(200).Text);
        Assert.Equal("the app", (await door.Look("/contacts/0199")).Expect(200).Text);
        Assert.Equal(404, (await door.Look("/missing.js")).Status);
        Assert.Equal(401, (await door.Look("/api/v1/contacts")).Status);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_web_apps_files_come_in_the_smallest_form_that_is_understood_and_those_named_by_their_content_are_kept()
    {
        var folder = Directory.CreateTempSubdirectory("crm-web-");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "assets"));
        foreach (var name in (string[])["index.html", "assets/app.js", "assets/app.js.br", "assets/app.js.gz"])
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), name, TestContext.Current.CancellationToken);
        await using var edge = await Behind.Edge("things=http://127.0.0.1:9", ("CRM_WEB", folder.FullName));
        var door = edge.Tenant().Service("edge");

        async Task<(string Text, string Encoding)> Ask(string accepts)
        {
            var answer = (await door.With("Accept-Encoding", accepts).Look("/assets/app.js")).Expect(200);
            Assert.Equal("text/javascript", answer.Headers["Content-Type"]);
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers["Cache-Control"]);
            Assert.Equal("Accept-Encoding", answer.Headers["Vary"]);
            return (answer.Text, answer.Headers.GetValueOrDefault("Content-Encoding", ""));
        }

        Assert.Equal(("assets/app.js.br", "br"), await Ask("gzip, deflate, br"));
        Assert.Equal(("assets/app.js.gz", "gzip"), await Ask("gzip;q=1.0, br;q=0"));
        Assert.Equal(("assets/app.js", ""), await Ask("identity"));
        Assert.Equal("no-cache", (await door.Look("/deals/0199")).Expect(200).Headers["Cache-Control"]);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_web_apps_assets_are_not_counted_however_many_open_it_behind_one_address()
    {
        var folder = Directory.CreateTempSubdirectory("crm-web-");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "assets"));
        foreach (var name in (string[])["index.html", "assets/app.js"])
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), name, TestContext.Current.CancellationToken);
        await using var edge = await Behind.Edge("things=http://127.0.0.1:9", ("CRM_WEB", folder.FullName), ("CRM_RATE_LIMITS", "anonymous=1/3"));
        var door = edge.Tenant().Service("edge");

        for (var i = 0; i < 8; i++)
            (await door.Look("/assets/app.js")).Expect(200);
        var pages = new List<int>();
        for (var i = 0; i < 8; i++)
            pages.Add((await door.Look("/contacts")).Status);
        Assert.Contains(429, pages);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Only_pages_of_the_listed_origins_may_call()
    {
        await using var service = await Behind.Start(http => http.Response.WriteAsync("here"));
        await using var edge = await Behind.Edge($"things={service.Address}", ("CRM_CORS", "https://crm.example.com"));
        await Behind.Known(edge);
        var door = edge.Tenant().Service("edge");
        var (friend, stranger) = (door.With("Origin", "https://crm.example.com"), door.With("Origin", "https://crm.example.com.evil.test"));

        var asked = await friend.WithoutToken().With("Access-Control-Request-Method", "PATCH")
            .With("Access-Control-Request-Headers", "authorization,if-match").Send(HttpMethod.Options, "/things");
        Assert.Equal(204, asked.Status);
        Assert.Equal("https://crm.example.com", asked.Headers["Access-Control-Allow-Origin"]);
        Assert.Contains("PATCH", asked.Headers["Access-Control-Allow-Methods"], StringComparison.Ordinal);
        Assert.Equal("https://crm.example.com", (await friend.Get("/things")).Expect(200).Headers["Access-Control-Allow-Origin"]);
        Assert.Contains("Crm-Trace", (await friend.Get("/things")).Headers["Access-Control-Expose-Headers"], StringComparison.Ordinal);
        Assert.Equal("https://crm.example.com", (await friend.WithToken("x").Get("/things")).Expect(401).Headers["Access-Control-Allow-Origin"]);
        Assert.DoesNotContain((await stranger.Get("/things")).Headers, h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain((await friend.Get("/things")).Headers, h => h.Key == "Access-Control-Allow-Credentials");
    }

    [Theory]
    [InlineData("/api/v1/contacts/%2e%2e/%2e%2e/%2e%2e/ops/parked")]
    [InlineData("/api/v1/contacts/..%2f..%2f..%2fops/parked")]
    [InlineData("/api/v1/contacts/../../../metrics/../ops/parked")]
    [InlineData("/api/v1//ops/parked")]
    public async Task No_spelling_of_a_path_leads_past_the_open_ones(string path)
    {
        var crm = await TestCrm.Tenant();
        await Behind.Known(crm.Home);
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", crm.Service("edge").Address.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: crm\r\nAuthorization: Bearer {crm.Token("crm.read", "crm.write", "crm.ops")}\r\nConnection: close\r\n\r\n"),
            TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);

        Assert.StartsWith("HTTP/1.1 404", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"<(script|style)>(.*?)</\1>", RegexOptions.Singleline)]
    private static partial Regex Inline();
}
