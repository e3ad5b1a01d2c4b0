using CrmPlatform.Contacts;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Edge.Tests;

/// <summary>An operation that reached two services: the same one twice, each with a database of its own.</summary>
public sealed class OperationTests : IAsyncLifetime
{
    private readonly Guid tenant = Guid.CreateVersion7();
    private readonly Guid operation = Guid.CreateVersion7();
    private Installation north = null!, south = null!, edge = null!;
    private Door northern = null!, southern = null!, door = null!;

    public async ValueTask InitializeAsync()
    {
        north = await Installation.Apart(null, new ContactsService());
        var keys = new Dictionary<string, string> { ["CRM_KEYS"] = north.Settings.Keys, ["CRM_ISSUER"] = north.Settings.Issuer };
        south = await Installation.Apart(keys, new ContactsService());
        edge = await Installation.Apart(
            new Dictionary<string, string>(keys) { ["CRM_UPSTREAMS"] = $"north={AddressOf(north)},south={AddressOf(south)}" }, new EdgeApp());

        var token = north.Token(tenant, "ada", "crm.read", "crm.write");
        northern = north.Tenant().Service("contacts").WithToken(token).With("Crm-Operation", $"{operation}");
        southern = south.Tenant().Service("contacts").WithToken(token).With("Crm-Operation", $"{operation}");
        door = edge.Tenant().Service("edge").WithToken(token);
        await Behind.Known(door);
        static Uri AddressOf(Installation home) => home.Tenant().Service("contacts").Address;
    }

    [Fact]
    public async Task An_operation_is_what_it_did_in_all_services()
    {
        await northern.Post("/contacts", new { lastName = "Lovelace" });
        await southern.Post("/contacts", new { lastName = "Hopper" });
        await southern.Post("/accounts", new { name = "Navy" });

        var whole = (await door.Get($"/operations/{operation}")).Expect(200);

        Assert.Equal(operation, whole.Id);
        Assert.Equal(3, whole["entries"].GetInt32());
        Assert.Equal(2, whole["records"].GetProperty("contact").GetInt32());
        Assert.Equal(1, whole["records"].GetProperty("account").GetInt32());
        (await door.Get($"/operations/{Guid.CreateVersion7()}")).Expect(404, "not_found");
    }

    [Fact]
    public async Task Undo_takes_it_back_everywhere_under_one_operation_and_can_be_undone()
    {
        var (ada, grace) = (await northern.Post("/contacts", new { lastName = "Lovelace" }), await southern.Post("/contacts", new { lastName = "Hopper" }));

        var undone = (await door.Idempotent("once").Post($"/operations/{operation}/undo")).Expect(200);

        Assert.Equal(2, undone["records"].GetInt32());
        Assert.Equal(undone.Operation, undone["undoneBy"].GetGuid());
        (await northern.Get($"/contacts/{ada.Id}")).Expect(404);
        (await southern.Get($"/contacts/{grace.Id}")).Expect(404);
        var again = (await door.Idempotent("once").Post($"/operations/{operation}/undo")).Expect(200);
        Assert.Equal(undone.Operation, again.Operation);
        Assert.Equal("true", again.Headers["Idempotency-Replayed"]);

        Assert.Equal(operation, (await door.Get($"/operations/{undone.Operation}")).Expect(200)["undoes"].GetGuid());
        (await door.Post($"/operations/{undone.Operation}/undo")).Expect(200);
        (await northern.Get($"/contacts/{ada.Id}")).Expect(200);
        (await southern.Get($"/contacts/{grace.Id}")).Expect(200);
    }

    [Fact]
    public async Task Nothing_is_undone_anywhere_while_one_service_refuses()
    {
        var (ada, grace) = (await northern.Post("/contacts", new { lastName = "Lovelace" }), await southern.Post("/contacts", new { lastName = "Hopper" }));
        await southern.With("Crm-Operation", $"{Guid.CreateVersion7()}").Patch($"/contacts/{grace.Id}", new { lastName = "Murray" });

        var refused = (await door.Post($"/operations/{operation}/undo")).Expect(409, "changed_since");

        var conflict = Assert.Single(refused["conflicts"].EnumerateArray());
        Assert.Equal(grace.Id, conflict.GetProperty("id").GetGuid());
        Assert.Equal("Murray", conflict.GetProperty("now").GetString());
        Assert.Equal(1, (await northern.Get($"/contacts/{ada.Id}")).Expect(200).Version);
        (await door.Post($"/operations/{operation}/undo", new { keepChanged = true })).Expect(200);
        (await northern.Get($"/contacts/{ada.Id}")).Expect(404);
        (await southern.Get($"/contacts/{grace.Id}")).Expect(200);
    }

    [Fact]
    public async Task Nothing_is_undone_anywhere_while_one_service_is_away()
    {
        var ada = await northern.Post("/contacts", new { lastName = "Lovelace" });
        await south.Stop();

        (await door.Post($"/operations/{operation}/undo")).Expect(503, "service_unavailable");
        (await door.Get($"/operations/{operation}")).Expect(503, "service_unavailable");

        (await northern.Get($"/contacts/{ada.Id}")).Expect(200);
    }

    [Fact]
    public async Task The_model_is_that_of_all_services()
    {
        await southern.Post("/contacts/fields", new { name = "size", label = "Size", kind = "number" });

        var types = (await door.Get("/model")).Expect(200)["records"].EnumerateArray().Where(r => r.GetProperty("record").GetString() == "contact").ToList();

        Assert.Equal(2, types.Count);
        Assert.Single(types, t => t.GetProperty("fields").EnumerateArray().Any(f => f.GetProperty("name").GetString() == "custom.size"));
        (await door.Get("/contacts/model")).Expect(200);
        (await door.WithoutToken().Get("/model")).Expect(401);
    }

    public async ValueTask DisposeAsync()
    {
        await edge.DisposeAsync();
        await south.DisposeAsync();
        await north.DisposeAsync();
    }
}
