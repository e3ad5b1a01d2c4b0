using System.Net;
using System.Net.Http.Json;
using CrmPlatform.Testing;
using CrmPlatform.Testing.Servers;
using Xunit;

namespace CrmPlatform.Dashboards.Tests;

/// <summary>A little of everything the dashboards show.</summary>
internal static class Traffic
{
    public static async Task Make(TestCrm crm)
    {
        foreach (var app in crm.Home.Apps) (await crm.Service(app.Name).Look("/openapi/v1.json")).Expect(200);

        var edge = crm.Service("edge");
        (await edge.Get("/contacts")).Expect(200);
        (await edge.Get("/nowhere")).Expect(404);
        (await edge.Get($"/timeline/{Guid.CreateVersion7()}")).Expect(200);
        (await edge.Post("/graphql", new { query = "{ contacts { nodes { lastName account { name } } } }" })).Expect(200);
        (await edge.Post("/graphql", new { query = "{ nothing }" })).Expect(200);
        (await edge.Get("/analytics/contacts-by-industry")).Expect(200);

        var contacts = crm.Contacts;
        await Listen(crm);
        await Partners(crm);
        var ada = (await contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);
        var edited = (await contacts.Patch($"/contacts/{ada.Id}", new { jobTitle = "Analyst" })).Expect(200);
        (await contacts.Post($"/operations/{edited.Operation}/undo")).Expect(200);

        var once = contacts.Idempotent($"{Guid.CreateVersion7()}");
        (await once.Post("/contacts", new { lastName = "Hopper" })).Expect(201);
        (await once.Post("/contacts", new { lastName = "Hopper" })).Expect(201);

        (await contacts.Get($"/contacts/{Guid.CreateVersion7()}")).Expect(404);
        (await contacts.WithoutToken().Get("/contacts")).Expect(401);
    }

    // One who takes what they are told, one who refuses it, and one who wants nothing any more.
    private static async Task Partners(TestCrm crm)
    {
        using var partner = new HttpListener();
        var address = $"http://127.0.0.1:{Ports.Block(1)}/";
        partner.Prefixes.Add(address);
        partner.Start();
        _ = Answer(partner);
        var hooks = crm.Service("integrations");
        var statuses = new[] { 200, 500, 410 };
        foreach (var status in statuses)
        {
            var webhook = new { name = "Partner", url = address + status, events = new[] { "contacts.contact.created" } };
            var id = (await hooks.Post("/webhooks", webhook)).Expect(201).Id;
            (await hooks.Post($"/webhooks/{id}/issue", new { })).Expect(200);
        }
        (await crm.Contacts.Post("/contacts", new { lastName = "Told" })).Expect(201);
        await TestCrm.Eventually(async () =>
        {
            var tried = (await hooks.Get("/deliveries")).Expect(200)["items"].EnumerateArray();
            Assert.Equal(statuses.Length, tried.Select(d => d.GetProperty("state").GetString()).Distinct().Count());
        });
        foreach (var hook in (await hooks.Get("/webhooks")).Expect(200)["items"].EnumerateArray())
            (await hooks.Delete($"/webhooks/{hook.GetProperty("id").GetString()}")).Expect(204);
    }

    private static async Task Answer(HttpListener partner)
    {
        try
        {
            while (partner.IsListening)
            {
                var context = await partner.GetContextAsync();
                context.Response.StatusCode = int.Parse(context.Request.Url!.AbsolutePath[1..]);
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            return; // it has ended
        }
    }

    // Somebody who listens until they have heard of one change.
    private static async Task Listen(TestCrm crm)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(crm.Service("edge").Address, "/api/v1/graphql"))
        {
            Headers = { Accept = { new("text/event-stream") }, Authorization = new("Bearer", crm.Token("crm.read")) },
            Content = JsonContent.Create(new { query = "subscription { contactChanged { kind } }" }),
        };
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var told = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await Until("live");
        (await crm.Contacts.Post("/contacts", new { lastName = "Heard" })).Expect(201);
        await Until("created");

        async Task Until(string kind)
        {
            while (await told.ReadLineAsync() is { } line && !line.Contains(kind, StringComparison.Ordinal))
            {
            }
        }
    }
}
