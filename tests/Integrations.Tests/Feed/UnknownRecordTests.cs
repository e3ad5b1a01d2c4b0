using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Integrations.Tests.Feed;

/// <summary>What newer services tell that are deployed first: nothing is dropped of it, and nothing shown that nobody has declared here.</summary>
public sealed class UnknownRecordTests
{
    private const string Body = """{"changes": {"iban": {"old": null, "new": "DE02 secret"}, "ownerId": {"old": null, "new": "OWNER"}}, "payee": "Secret"}""";

    [Fact]
    public async Task Events_of_a_record_that_is_not_known_here_are_numbered_kept_and_told_without_what_they_say()
    {
        var crm = await TestCrm.Tenant();
        await using var partner = await Receiver.Start();
        await crm.Hook(partner.Url, new { events = new[] { "#" }, filter = "not (tags has 'none')", order = "record" });
        await using var others = await Receiver.Start();
        await crm.Hook(others.Url, new { events = new[] { "contacts.*.*" } });
        var invoice = Guid.CreateVersion7();

        await crm.Tell("ledger.invoice.created", invoice, 1, Body);
        await crm.Tell("ledger.invoice.updated", invoice, 2, """{"changes": {"iban": {"old": "DE02 secret", "new": "Secret"}}}""");
        await crm.Tell("ledger.invoice.paid", invoice, 3, """{"by": "Secret"}""");

        var told = await Told(partner, 3);
        Assert.Equal(["ledger.invoice.created", "ledger.invoice.updated", "ledger.invoice.paid"], told.Select(t => t.Type));
        Assert.All(told, t => Assert.Equal((true, invoice, "invoice"), (
            t.Data.GetProperty("thin").GetBoolean(), t.Record, t.Data.GetProperty("record").GetString())));
        Assert.Equal([1, 2, 3], told.Select(t => t.Data.GetProperty("position").GetInt32()));
        Assert.All(told, t => Assert.DoesNotContain("secret", t.Text, StringComparison.OrdinalIgnoreCase));
        foreach (var types in new[] { "", "&types=%23", "&types=*.*.*" })
        {
            var page = (await crm.Hooks().Get($"/events?after=integrations:100{types}")).Expect(200);
            Assert.Equal([1, 2, 3], page["items"].EnumerateArray().Select(e => e.GetProperty("data").GetProperty("position").GetInt32()));
            Assert.DoesNotContain("secret", page.Text, StringComparison.OrdinalIgnoreCase);
        }
        Assert.Equal(0, (await crm.Hooks().Get("/events?types=contacts.*.*,*.deal.%23")).Expect(200)["items"].GetArrayLength());
        Assert.Equal(3, (await crm.Hooks().Get($"/events/counts?day={TimeProvider.System.GetUtcNow():yyyy-MM-dd}")).Expect(200).Body.EnumerateArray()
            .Count(c => c.GetProperty("service").GetString() == "ledger"));
        var kept = await crm.Sql("integrations", As.Service).For(crm.Id).Column<string>("select body from event where service = 'ledger'");
        Assert.All(kept, body => Assert.Contains("Secret", body, StringComparison.Ordinal));
        Assert.Empty(others.All);
    }

    [Fact]
    public async Task Of_records_that_are_not_known_here_roles_say_whose_are_told()
    {
        var crm = await TestCrm.Tenant();
        await using var partner = await Receiver.Start();
        await crm.Role("clerk",
            new { record = "invoice", read = "own", fields = new[] { new { field = "iban", right = "hidden" } } },
            new { record = "webhook", create = "own", read = "own", update = "own", delete = "own" });
        var ada = await crm.User("clerk");
        await crm.Hook(partner.Url, new { events = new[] { "#" } }, crm.Hooks(ada, "clerk"));
        var mine = Guid.CreateVersion7();

        await crm.Tell("ledger.invoice.created", Guid.CreateVersion7(), 1, Body.Replace("OWNER", $"{Guid.CreateVersion7()}", StringComparison.Ordinal));
        await crm.Tell("ledger.note.created", Guid.CreateVersion7(), 1, Body.Replace("OWNER", $"{ada}", StringComparison.Ordinal));
        await crm.Tell("ledger.invoice.created", mine, 1, Body.Replace("OWNER", $"{ada}", StringComparison.Ordinal));
        await crm.Tell("ledger.invoice.updated", mine, 2, """{"changes": {"iban": {"old": "1", "new": "2"}}}"""); // hidden from them
        await crm.Tell("ledger.invoice.updated", mine, 3, """{"changes": {"due": {"old": "1", "new": "2"}}}""");

        var told = await Told(partner, 2);
        Assert.Equal([(mine, 1), (mine, 3)], told.Select(t => (t.Record, t.Version)).Order());
        var read = (await crm.Hooks(ada, "clerk").Get("/events")).Expect(200);
        Assert.Equal([1, 2, 3], read["items"].EnumerateArray().Select(e => e.GetProperty("data")).Where(d => d.GetProperty("id").GetGuid() == mine)
            .Select(d => d.GetProperty("version").GetInt32()));
        Assert.EndsWith("ledger:5", read["next"].GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("iban", read.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_is_not_known_here_is_not_shown_nor_is_what_only_a_newer_contract_names()
    {
        var crm = await TestCrm.Tenant();
        await using var partner = await Receiver.Start();
        await crm.Hook(partner.Url);
        var ada = (await crm.Contact(new { lastName = "Lovelace" })).Id;

        await crm.Tell("contacts.contact.updated", ada, 2, """{"changes": {"iban": {"old": null, "new": "Secret"}}}""");
        await crm.Tell("contacts.contact.painted", ada, 3, """{"colour": "Secret"}""");

        var told = await partner.Gets(3);
        Assert.Equal([1, 2, 3], told.Select(t => t.Version).Order());
        Assert.All(told, t => Assert.DoesNotContain("Secret", t.Text, StringComparison.Ordinal));
        Assert.Contains(told, t => t.Text.Contains("Lovelace", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<Received>> Told(Receiver partner, int count)
    {
        IEnumerable<Received> Of() => partner.All.Where(r => r.Type.StartsWith("ledger.", StringComparison.Ordinal));
        await TestCrm.Eventually(() => Assert.Equal(count, Of().Count()));
        return [.. Of()];
    }

    [Theory]
    [InlineData("contacts.customField.created")]
    [InlineData("contacts.view.created")]
    [InlineData("contacts.export.made")]
    public async Task What_a_service_keeps_for_its_own_doors_is_not_told(string type)
    {
        var crm = await TestCrm.Tenant();
        await crm.Tell(type, Guid.CreateVersion7(), 1, """{"changes": {"name": {"old": null, "new": "Secret"}}}""");
        await crm.Contact(new { lastName = "After" });
        await TestCrm.Eventually(async () => Assert.Single((await crm.Hooks().Get("/events")).Expect(200)["items"].EnumerateArray()));
    }
}
