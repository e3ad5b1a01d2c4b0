using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Doors;

public sealed class WhereFromTests
{
    private const string Where = "192.0.2.177";

    [Fact]
    public async Task The_journal_says_where_somebody_called_from_and_nothing_else_does()
    {
        var crm = await TestCrm.Tenant();
        await using var bus = await crm.Listen("contacts.contact.*");
        var door = crm.Contacts.With("X-Forwarded-For", Where);

        var made = (await door.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);
        var edit = (await door.Patch($"/contacts/{made.Id}", new { lastName = "King" })).Expect(200);

        Assert.Equal([Where, Where], await crm.Sql("contacts", As.Admin).Column<string>(
            "select actor ->> 'address' from journal where tenant = $1 and record_id = $2", crm.Id, made.Id));
        foreach (var path in (string[])[$"/contacts/{made.Id}", "/contacts", $"/contacts/{made.Id}/history", $"/operations/{edit.Operation}",
            "/contacts/export?format=jsonl", $"/contacts/{made.Id}?asOf=2099-01-01T00:00:00Z"])
            Assert.DoesNotContain(Where, (await crm.Contacts.Get(path)).Expect(200).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Where, made.Text + edit.Text, StringComparison.Ordinal);
        foreach (var told in await bus.Until(2, made.Id))
            Assert.DoesNotContain(Where, told.Body.GetRawText() + string.Concat(told.Headers.Values), StringComparison.Ordinal);
    }
}
