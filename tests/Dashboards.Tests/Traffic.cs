using CrmPlatform.Testing;

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
        var ada = (await contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);
        var edited = (await contacts.Patch($"/contacts/{ada.Id}", new { jobTitle = "Analyst" })).Expect(200);
        (await contacts.Post($"/operations/{edited.Operation}/undo")).Expect(200);

        var once = contacts.Idempotent($"{Guid.CreateVersion7()}");
        (await once.Post("/contacts", new { lastName = "Hopper" })).Expect(201);
        (await once.Post("/contacts", new { lastName = "Hopper" })).Expect(201);

        (await contacts.Get($"/contacts/{Guid.CreateVersion7()}")).Expect(404);
        (await contacts.WithoutToken().Get("/contacts")).Expect(401);
    }
}
