using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Contacts;

public sealed class MergeContactsTests
{
    [Fact]
    public async Task The_winner_keeps_its_values_takes_what_it_lacks_or_what_is_chosen_and_unites_lists()
    {
        var crm = await TestCrm.Tenant();
        await using var bus = await crm.Listen("contacts.contact.merged");
        var winner = (await crm.Contacts.Post("/contacts", new
        {
            lastName = "Byron",
            jobTitle = "Lady",
            emails = new[] { new { address = "ada@x.example", optOut = false } },
            tags = new[] { "vip" },
            lifecycleStage = "lead",
            externalIds = new[] { new { system = "erp", id = "1" } },
        })).Expect(201).Id;
        var loser = (await crm.Contacts.Post("/contacts", new
        {
            lastName = "Lovelace",
            firstName = "Ada",
            jobTitle = "Countess",
            emails = new[] { new { address = "lady@x.example", optOut = false }, new { address = "ADA@x.example", optOut = true } },
            tags = new[] { "vip", "math" },
            lifecycleStage = "customer",
            externalIds = new[] { new { system = "erp", id = "2" } },
        })).Expect(201).Id;

        var merged = (await crm.Contacts.Post(
            $"/contacts/{winner}/merge", new { loser, fields = new { lastName = loser, jobTitle = winner } })).Expect(200);

        Assert.Equal(
            ("Ada Lovelace", "Lady", "ada@x.example", "customer"),
            (Text(merged, "displayName"), Text(merged, "jobTitle"), Text(merged, "email"), Text(merged, "lifecycleStage")));
        Assert.Equal(
            [("ada@x.example", true, true), ("lady@x.example", false, false)],
            merged["emails"].EnumerateArray().Select(e =>
                (e.GetProperty("address").GetString()!, e.GetProperty("primary").GetBoolean(), e.GetProperty("optOut").GetBoolean())));
        Assert.Equal(["vip", "math"], merged["tags"].EnumerateArray().Select(t => t.GetString()));
        Assert.Equal(2, merged["externalIds"].GetArrayLength());
        Assert.Equal(["lead", "customer"], merged["stagesReached"].EnumerateArray().Select(s => s.GetProperty("stage").GetString()));
        (await crm.Contacts.Get($"/contacts/{loser}")).Expect(404, "merged");
        var told = Assert.Single(await bus.Until(1));
        Assert.Equal((winner, loser), (told.Record, told.Body.GetProperty("loser").GetGuid()));
    }

    [Fact]
    public async Task Whoever_has_kept_the_id_of_one_that_was_merged_is_told_which_one_to_go_on_with()
    {
        var crm = await TestCrm.Tenant();
        var (first, second, last) = (await Enter(crm, "First", "1"), await Enter(crm, "Second", "2"), await Enter(crm, "Last", "3"));
        (await crm.Contacts.Post($"/contacts/{second}/merge", new { loser = first })).Expect(200);
        var merge = (await crm.Contacts.Post($"/contacts/{last}/merge", new { loser = second })).Expect(200);

        foreach (var gone in (Guid[])[first, second])
        {
            Assert.Equal(last, (await crm.Contacts.Get($"/contacts/{gone}")).Expect(404, "merged")["mergedInto"].GetGuid());
            Assert.Equal(last, (await crm.Contacts.Patch($"/contacts/{gone}", new { jobTitle = "Lady" })).Expect(404, "merged")["mergedInto"].GetGuid());
        }
        (await crm.Contacts.Delete($"/contacts/{last}")).Expect(204);
        (await crm.Contacts.Get($"/contacts/{first}")).Expect(404, "not_found"); // what is in the trash is no one to go on with

        (await crm.Contacts.Post($"/contacts/{last}/restore")).Expect(200);
        (await crm.Contacts.Post($"/operations/{merge.Operation}/undo")).Expect(200);
        Assert.Equal(second, (await crm.Contacts.Get($"/contacts/{first}")).Expect(404, "merged")["mergedInto"].GetGuid());
        (await crm.Contacts.Get($"/contacts/{second}")).Expect(200);
    }

    [Fact]
    public async Task What_referred_to_the_loser_refers_to_the_winner_and_an_undo_brings_back_everything_as_it_was()
    {
        var crm = await TestCrm.Tenant();
        var (winner, loser) = (await Enter(crm, "Winner", "1"), await Enter(crm, "Loser", "2"));
        var (clerk, friend) = (await Enter(crm, "Clerk", "3"), await Enter(crm, "Friend", "4"));
        var engines = (await crm.Contacts.Post("/accounts", new { name = "Engines" })).Expect(201).Id;
        (await crm.Contacts.Patch($"/contacts/{clerk}", new { reportsToId = loser })).Expect(200);
        (await crm.Contacts.Patch($"/contacts/{winner}", new { reportsToId = clerk })).Expect(200); // between the two
        foreach (var contactId in (Guid[])[winner, loser])
        {
            await Post(crm, "/contactRelations", new { contactId, relatedId = friend, kind = "friend" });
            await Post(crm, "/accountContacts", new { contactId, accountId = engines, role = "adviser" });
            await Post(crm, "/consents", new { contactId, purpose = "news", channel = "email", state = contactId == winner ? "granted" : "denied" });
        }
        await Post(crm, "/contactRelations", new { contactId = winner, relatedId = loser, kind = "colleague" });
        await Post(crm, "/contactRelations", new { contactId = friend, relatedId = loser, kind = "mentor" });
        await Post(crm, "/consents", new { contactId = loser, purpose = "news", channel = "phone", state = "granted" });
        var before = await Everything(crm);

        var merged = (await crm.Contacts.Post($"/contacts/{winner}/merge", new { loser })).Expect(200);

        Assert.Equal(JsonValueKind.Null, merged["reportsToId"].ValueKind);
        Assert.Equal(winner, (await crm.Contacts.Get($"/contacts/{clerk}")).Expect(200)["reportsToId"].GetGuid());
        Assert.Equal(["denied", "granted"], await All(crm, "consents", c => $"{c.GetProperty("state").GetString()}"));
        Assert.Equal(["friend", "mentor"], await All(crm, "contactRelations", r => $"{r.GetProperty("kind").GetString()}"));
        Assert.Equal([$"{winner}"], await All(crm, "accountContacts", a => $"{a.GetProperty("contactId").GetGuid()}"));
        var all = await Everything(crm);
        Assert.All(all, record => Assert.DoesNotContain($"{loser}", record, StringComparison.Ordinal));

        (await crm.Contacts.Post($"/operations/{merged.Operation}/undo")).Expect(200);

        Assert.Equal(before, await Everything(crm));
    }

    [Theory]
    [InlineData("jobTitle", false, "fields.jobTitle")]
    [InlineData("shoeSize", true, "fields.shoeSize")]
    [InlineData("fitScore", true, "fields.fitScore")]
    public async Task Only_the_values_of_the_two_can_be_chosen(string field, bool ofLoser, string error)
    {
        var crm = await TestCrm.Tenant();
        var (winner, loser) = (await Enter(crm, "Winner", "1"), await Enter(crm, "Loser", "2"));
        var fields = new Dictionary<string, Guid> { [field] = ofLoser ? loser : Guid.CreateVersion7() };

        var refused = (await crm.Contacts.Post($"/contacts/{winner}/merge", new { loser, fields })).Expect(422, "invalid");

        Assert.True(refused["errors"].TryGetProperty(error, out _), refused.Text);
        (await crm.Contacts.Post($"/contacts/{winner}/merge", new { loser = winner })).Expect(422, "invalid");
        (await crm.Contacts.Post($"/contacts/{winner}/merge", new { loser = Guid.CreateVersion7() })).Expect(404, "not_found");
        Assert.Equal(1, (await crm.Contacts.Get($"/contacts/{winner}")).Expect(200).Version);
    }

    private static async Task<Guid> Enter(TestCrm crm, string lastName, string id) =>
        (await crm.Contacts.Post("/contacts", new { lastName, externalIds = new[] { new { system = "erp", id } } })).Expect(201).Id;

    private static async Task Post(TestCrm crm, string path, object body) => (await crm.Contacts.Post(path, body)).Expect(201);

    private static string? Text(Reply reply, string field) => reply[field].GetString();

    // All that is there, but for what counts changes.
    private static async Task<List<string>> Everything(TestCrm crm)
    {
        var records = new List<string>();
        foreach (var plural in (string[])["contacts", "contactRelations", "accountContacts", "consents"])
            records.AddRange(await All(crm, plural, record => string.Join(',', record.EnumerateObject()
                .Where(p => p.Name is not ("version" or "updatedAt" or "updatedBy")).Select(p => $"{p.Name}={p.Value.GetRawText()}"))));
        return records;
    }

    private static async Task<IEnumerable<string>> All(TestCrm crm, string plural, Func<JsonElement, string> text) =>
        (await crm.Contacts.Get($"/{plural}")).Expect(200)["items"].EnumerateArray().Select(text).Order().ToList();
}
