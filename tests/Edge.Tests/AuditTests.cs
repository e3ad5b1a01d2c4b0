using CrmPlatform.Contacts;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Edge.Tests;

/// <summary>What was done in several services, read as one.</summary>
public sealed class AuditTests
{
    [Fact]
    public async Task What_was_done_in_all_services_is_told_in_the_order_of_time_page_by_page()
    {
        await using var north = await Installation.Apart(null, new ContactsService());
        var keys = new Dictionary<string, string> { ["CRM_KEYS"] = north.Settings.Keys, ["CRM_ISSUER"] = north.Settings.Issuer };
        await using var south = await Installation.Apart(keys, new ContactsService());
        static Uri AddressOf(Installation home) => home.Tenant().Service("contacts").Address;
        await using var edge = await Installation.Apart(
            new Dictionary<string, string>(keys) { ["CRM_UPSTREAMS"] = $"north={AddressOf(north)},south={AddressOf(south)}" }, new EdgeApp());
        var tenant = Guid.CreateVersion7();
        var token = north.Token(tenant, "ada", "crm.read", "crm.write");
        Door[] services = [north.Tenant().Service("contacts").WithToken(token), south.Tenant().Service("contacts").WithToken(token)];
        var door = edge.Tenant().Service("edge").WithToken(token);
        await Behind.Known(door);
        var made = new List<Guid>();
        for (var n = 0; n < 11; n++)
            made.Add((await services[n is 2 or 3 or 7 ? 1 : 0].Post("/contacts", new { lastName = $"N{n}" })).Expect(201).Id);

        var (told, cursor, pages) = (new List<Guid>(), "", 0);
        do
        {
            var page = (await door.Get($"/audit?limit=3&record=contact{cursor}")).Expect(200);
            told.AddRange(page["items"].EnumerateArray().Select(e => e.GetProperty("recordId").GetGuid()));
            cursor = page["nextCursor"].GetString() is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0 && ++pages < 20);

        Assert.Equal(Enumerable.Reverse(made), told);
        var clerk = north.Token(tenant, "ada", ["crm.read"], ["readOnly"], []);
        (await door.WithToken(clerk).Get("/audit")).Expect(403, "not_allowed");
    }
}
