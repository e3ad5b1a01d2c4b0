using CrmPlatform.Contacts;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CrmPlatform.Edge.Tests.Details;

/// <summary>A record's detail over services in other processes: what one of them does to it is no matter of the others.</summary>
public sealed class DetailTests : IAsyncLifetime
{
    private Installation contacts = null!, edge = null!;
    private Behind things = null!;
    private RequestDelegate answers = null!;
    private Door door = null!;

    public async ValueTask InitializeAsync()
    {
        contacts = await Installation.Apart(null, new ContactsService());
        things = await Behind.Start(http => answers(http), new Dictionary<string, object>
        {
            ["openapi"] = "3.1.1",
            ["paths"] = new Dictionary<string, object> { ["/api/v1/things"] = new { } },
            ["x-records"] = new[] { new { record = "things.thing", plural = "things", refers = new { accountId = "contacts.account" } } },
        });
        edge = await Installation.Apart(
            new Dictionary<string, string>
            {
                ["CRM_KEYS"] = contacts.Settings.Keys,
                ["CRM_ISSUER"] = contacts.Settings.Issuer,
                ["CRM_UPSTREAMS"] = $"contacts={contacts.Tenant().Service("contacts").Address},things={things.Address}",
                ["CRM_EDGE_TIMEOUT"] = "2",
            },
            new EdgeApp());
        door = edge.Tenant().Service("edge").WithToken(contacts.Token(Guid.CreateVersion7(), "ada", "crm.read", "crm.write"));
        await Behind.Known(door);
    }

    [Theory]
    [InlineData("hangs", 504, "timed_out")]
    [InlineData("fails", 503, "service_unavailable")]
    [InlineData("hangs up", 503, "service_unavailable")]
    [InlineData("says nonsense", 503, "service_unavailable")]
    [InlineData("refuses", 403, "not_allowed")]
    public async Task A_part_of_a_service_that_does_not_answer_says_so_and_the_others_are_there(string what, int status, string code)
    {
        answers = async http =>
        {
            switch (what)
            {
                case "hangs": await Task.Delay(Timeout.Infinite, http.RequestAborted); break;
                case "fails": http.Response.StatusCode = 500; break;
                case "hangs up": http.Abort(); break;
                case "says nonsense": await http.Response.WriteAsync("{nonsense"); break;
                default:
                    http.Response.StatusCode = 403;
                    await http.Response.WriteAsJsonAsync(new { status = 403, code = "not_allowed", detail = "No.", secret = "inside" });
                    break;
            }
        };
        var account = (await door.Post("/accounts", new { name = "Engines" })).Expect(201).Id;
        await door.Post("/contacts", new { lastName = "Lovelace", accountId = account });

        var detail = (await door.Get($"/accounts/{account}/detail")).Expect(200);

        var problem = detail["related"].GetProperty("things").GetProperty("problem");
        Assert.Equal((status, code), (problem.GetProperty("status").GetInt32(), problem.GetProperty("code").GetString()));
        Assert.DoesNotContain("inside", detail.Text, StringComparison.Ordinal);
        Assert.Equal("Lovelace", detail["related"].GetProperty("contacts").GetProperty("items")[0].GetProperty("lastName").GetString());
    }

    [Fact]
    public async Task The_caller_s_token_and_trace_go_with_every_question_and_who_does_not_see_the_record_sees_no_part()
    {
        var said = new List<string>();
        answers = http =>
        {
            lock (said)
                said.Add($"{http.Request.Headers.Authorization} {http.Request.Headers["Crm-Tenant"]} {http.Request.Headers.TraceParent}");
            return http.Response.WriteAsJsonAsync(new { parts = new[] { new { lists = new[] { new { items = new[] { new { id = "1" } } } } } } });
        };
        var account = (await door.Post("/accounts", new { name = "Engines" })).Expect(201).Id;

        Assert.Single((await door.Get($"/accounts/{account}/detail")).Expect(200)["related"].GetProperty("things").GetProperty("items").EnumerateArray());
        Assert.Matches("^Bearer .+ .{36} 00-.+$", Assert.Single(said));
        var hidden = (await door.Get($"/accounts/{Guid.CreateVersion7()}/detail")).Expect(404, "not_found");
        Assert.False(hidden.Body.TryGetProperty("related", out _));
    }

    public async ValueTask DisposeAsync()
    {
        await edge.DisposeAsync();
        await things.DisposeAsync();
        await contacts.DisposeAsync();
    }
}
