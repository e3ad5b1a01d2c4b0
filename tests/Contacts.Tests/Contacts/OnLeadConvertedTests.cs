using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Contacts;

/// <summary>What becomes here of a lead that was converted elsewhere: told as leads tells it, in whatever order it is heard of.</summary>
public sealed class OnLeadConvertedTests
{
    [Fact]
    public async Task The_person_and_the_company_are_entered_once_under_the_operation_of_the_conversion()
    {
        var (crm, told) = (await TestCrm.Tenant(), new Conversion());
        await told.Tell(crm);
        await told.Tell(crm); // another event that says the same

        await TestCrm.Eventually(async () => (await crm.Contacts.Get($"/contacts/{told.Contact}")).Expect(200));
        var contact = (await crm.Contacts.Get($"/contacts/{told.Contact}")).Expect(200);
        Assert.Equal((told.Account, 1), (contact["accountId"].GetGuid(), contact.Version));
        Assert.Equal(3, (await crm.Contacts.Get($"/operations/{told.Operation}")).Expect(200)["entries"].GetInt32()); // and what they agreed to
    }

    [Fact]
    public async Task What_was_undone_is_taken_back_and_what_was_undone_before_it_is_heard_of_is_never_there_to_stay()
    {
        var (crm, told) = (await TestCrm.Tenant(), new Conversion());
        await told.Tell(crm);
        await told.TellUndone(crm, told.Operation, Guid.CreateVersion7(), 3);

        await TestCrm.Eventually(async () => Assert.Equal(
            1, (await crm.Contacts.Get($"/contacts?trash=true&include=total&filter=id = \"{told.Contact}\"")).Expect(200)["total"].GetInt32()));
        (await crm.Contacts.Get($"/contacts/{told.Contact}")).Expect(404);
        (await crm.Contacts.Get($"/accounts/{told.Account}")).Expect(404);
    }

    [Fact]
    public async Task What_somebody_has_changed_since_is_kept_and_an_undo_that_was_done_here_already_is_not_done_again()
    {
        var (crm, told, undo) = (await TestCrm.Tenant(), new Conversion(), Guid.CreateVersion7());
        await told.Tell(crm);
        await TestCrm.Eventually(async () => (await crm.Contacts.Get($"/contacts/{told.Contact}")).Expect(200));
        (await crm.Contacts.Patch($"/contacts/{told.Contact}", new { jobTitle = "Countess" })).Expect(200);

        await told.TellUndone(crm, told.Operation, undo, 3);

        await TestCrm.Eventually(async () => (await crm.Contacts.Get($"/accounts/{told.Account}")).Expect(404));
        (await crm.Contacts.Get($"/contacts/{told.Contact}")).Expect(200);
        (await crm.Contacts.Post($"/accounts/{told.Account}/restore")).Expect(200);
        await told.TellUndone(crm, told.Operation, undo, 4);
        var marker = new Conversion();
        await marker.Tell(crm);
        await TestCrm.Eventually(async () => (await crm.Contacts.Get($"/contacts/{marker.Contact}")).Expect(200));
        (await crm.Contacts.Get($"/accounts/{told.Account}")).Expect(200);
    }

    [Fact]
    public async Task What_cannot_be_entered_is_told_as_a_refusal_and_leaves_nothing()
    {
        var (crm, told) = (await TestCrm.Tenant(), new Conversion());
        await using var bus = await crm.Listen("contacts.refusal.noted");
        (await crm.Contacts.Post("/contacts/fields", new { name = "badge", label = "Badge", kind = "text", required = true })).Expect(201);

        await told.Tell(crm);

        var refusal = Assert.Single(await bus.Until(1));
        Assert.Equal((told.Lead, "leads.lead.converted", "invalid"), (
            refusal.Body.GetProperty("record").GetGuid(), refusal.Body.GetProperty("after").GetString(), refusal.Body.GetProperty("code").GetString()));
        Assert.True(refusal.Body.GetProperty("errors").TryGetProperty("custom.badge", out _), refusal.Body.GetRawText());
        Assert.Equal($"{told.Operation}", refusal.Headers["operation"]);
        (await crm.Contacts.Get($"/accounts/{told.Account}")).Expect(404);
    }

    [Fact]
    public async Task What_a_lead_has_agreed_to_is_the_persons_and_is_taken_back_with_the_conversion()
    {
        var (crm, told) = (await TestCrm.Tenant(), new Conversion());
        var consents = $"/consents?filter=contactId = \"{told.Contact}\"";
        await told.Tell(crm);
        await TestCrm.Eventually(async () => Assert.Single((await crm.Contacts.Get(consents)).Expect(200)["items"].EnumerateArray()));

        var agreed = (await crm.Contacts.Get(consents))["items"][0];
        string? Text(string field) => agreed.GetProperty(field).GetString();
        Assert.Equal(("newsletter", "email", "granted", "consent"), (Text("purpose"), Text("channel"), Text("state"), Text("basis")));
        Assert.Equal(("You may write to me.", "2026-1", "form: Fair"), (Text("wording"), Text("textVersion"), Text("source")));
        Assert.Equal((Conversion.Agreed, $"formSubmission {told.Lead}"), (agreed.GetProperty("givenAt").GetDateTimeOffset(), Text("proof")));

        await told.TellUndone(crm, told.Operation, Guid.CreateVersion7(), 3);
        await TestCrm.Eventually(async () => (await crm.Contacts.Get($"/contacts/{told.Contact}")).Expect(404));
        Assert.Empty((await crm.Contacts.Get(consents)).Expect(200)["items"].EnumerateArray());
    }

    [Theory]
    [InlineData(-1, "granted", "form: Fair")] // said no before, and yes now
    [InlineData(1, "withdrawn", null)] // said yes, and no since
    public async Task Of_what_was_said_of_one_purpose_the_last_word_counts(int hours, string state, string? source)
    {
        var crm = await TestCrm.Tenant();
        var told = new Conversion { IsNew = false, Contact = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201).Id };
        var known = (await crm.Contacts.Post("/consents", new
        {
            contactId = told.Contact,
            purpose = "newsletter",
            channel = "email",
            state = "withdrawn",
            withdrawnAt = Conversion.Agreed.AddHours(hours),
        })).Expect(201).Id;

        await told.Tell(crm);

        await TestCrm.Eventually(async () => Assert.Equal(
            told.Lead, (await crm.Contacts.Get($"/contacts/{told.Contact}")).Expect(200)["originalLeadId"].GetGuid()));
        var agreed = (await crm.Contacts.Get($"/consents/{known}")).Expect(200);
        Assert.Equal((state, source), (agreed["state"].GetString(), agreed["source"].GetString()));
    }

    private sealed record Conversion
    {
        public Guid Lead { get; } = Guid.CreateVersion7();

        public Guid Contact { get; init; } = Guid.CreateVersion7();

        public Guid Account { get; } = Guid.CreateVersion7();

        public Guid Operation { get; } = Guid.CreateVersion7();

        public bool IsNew { get; init; } = true;

        public static DateTimeOffset Agreed { get; } = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

        public Task Tell(TestCrm crm) => crm.Tell("leads.lead.converted", Lead, 2, JsonSerializer.Serialize(new
        {
            contactId = Contact,
            isNewContact = IsNew,
            accountId = Account,
            isNewAccount = true,
            contact = new { lastName = "Lovelace", accountId = Account, originalLeadId = Lead, lifecycleStage = "sql", allowDuplicate = true },
            account = new { name = "Engines", allowDuplicate = true },
            consents = new[]
            {
                new
                {
                    purpose = "newsletter", channel = "email", wording = "You may write to me.", textVersion = "2026-1", source = "form: Fair",
                    proof = $"formSubmission {Lead}", givenAt = Agreed,
                },
            },
        }), Operation);

        public Task TellUndone(TestCrm crm, Guid operation, Guid by, int version) =>
            crm.Tell("leads.lead.updated", Lead, version, JsonSerializer.Serialize(new { undoes = operation }), by);
    }
}
