using CrmPlatform.Testing;
using Xunit;
using static CrmPlatform.Contacts.Tests.Roles.People;

namespace CrmPlatform.Contacts.Tests.Roles;

/// <summary>What is too powerful to follow from rights on records: slices by name, the model by its switch.</summary>
public sealed class SwitchTests
{
    [Fact]
    public async Task A_slice_is_allowed_by_its_name()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("clerk", [Everywhere("all")], slices: ["mergeContacts"], privileges: ["merge"]);
        var ada = crm.Person("clerk").Contacts;
        var (one, two) = (await crm.Given("contacts", new { lastName = "One" }), await crm.Given("contacts", new { lastName = "Two" }));

        (await ada.Post($"/contacts/{one}/merge", new { loser = two })).Expect(200);
        (await ada.Post($"/contacts/{one}/change-job", new { jobTitle = "X" })).Expect(403, "not_allowed");
        (await ada.Get("/contacts/duplicates?name=One")).Expect(403, "not_allowed");
    }

    [Fact]
    public async Task Files_and_merges_need_their_switches_beside_the_deed_and_the_slice()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("clerk", [Everywhere("all")]);
        await crm.Role("exporter", [Grant("contact", "all", "all", "all", "all", "own")], privileges: ["export"]);
        await crm.Role("merger", [Everywhere("all")], privileges: ["merge"]);
        var (clerk, exporter, merger) = (crm.Person("clerk").Contacts, crm.Person("exporter"), crm.Person("merger").Contacts);
        var (one, two) = (await crm.Given("contacts", exporter.Owns("One")), await crm.Given("contacts", new { lastName = "Two" }));

        (await clerk.Get("/contacts/export")).Expect(403, "not_allowed");
        (await merger.Get("/contacts/export")).Expect(403, "not_allowed");
        var file = (await exporter.Contacts.Get("/contacts/export?fields=lastName")).Expect(200).Text;
        Assert.Equal("lastName One", string.Join(' ', file.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)));

        (await clerk.Post($"/contacts/{one}/merge", new { loser = two })).Expect(403, "not_allowed");
        (await exporter.Contacts.Post($"/contacts/{one}/merge", new { loser = two })).Expect(403, "not_allowed");
        (await merger.Post($"/contacts/{one}/merge", new { loser = two })).Expect(200);
    }

    [Fact]
    public async Task Fields_and_views_for_everybody_are_made_by_who_shapes_the_model()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("clerk", [Everywhere("all")]);
        await crm.Role("shaper", [Everywhere("all", ("custom.hidden", "hidden"))], privileges: ["dataModel"]);
        var team = Guid.CreateVersion7();
        var (clerk, colleague, shaper) = (crm.Person("clerk", team).Contacts, crm.Person("clerk", team).Contacts, crm.Person("shaper").Contacts);
        object Field(string name) => new { name, label = name, kind = "text" };
        var hidden = await crm.Given("contacts/fields", Field("hidden"));

        (await clerk.Post("/contacts/fields", Field("size"))).Expect(403, "not_allowed");
        var field = (await shaper.Post("/contacts/fields", Field("size"))).Expect(201);
        (await clerk.Patch($"/contacts/fields/{field.Id}", new { label = "X" })).Expect(403, "not_allowed");
        (await clerk.Post($"/operations/{field.Operation}/undo")).Expect(403, "not_allowed");
        (await clerk.Get($"/contacts/fields/{field.Id}")).Expect(200);
        (await shaper.Get($"/contacts/fields/{hidden}")).Expect(404);
        (await shaper.Patch($"/contacts/fields/{hidden}", new { label = "X" })).Expect(404);
        Assert.Equal(1, (await shaper.Get("/contacts/fields?include=total")).Expect(200)["total"].GetInt32());

        (await clerk.Post("/contacts/views", new { name = "V", scope = "public" })).Expect(403, "not_allowed");
        var view = (await shaper.Post("/contacts/views", new { name = "V", scope = "public" })).Expect(201).Id;
        (await clerk.Patch($"/contacts/views/{view}", new { name = "X" })).Expect(403, "not_allowed");
        (await clerk.Delete($"/contacts/views/{view}")).Expect(403, "not_allowed");
        var shared = (await clerk.Post("/contacts/views", new { name = "T", scope = "team", teamId = team })).Expect(201).Id;
        (await colleague.Get($"/contacts/views/{shared}")).Expect(200);
        (await shaper.Get($"/contacts/views/{shared}")).Expect(404);
    }

    [Fact]
    public async Task An_answer_kept_for_a_key_is_given_to_who_asked_first_alone()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("clerk", [Everywhere("all", ("description", "hidden"))]);
        var sent = new { lastName = "Lovelace" };

        var first = (await crm.Contacts.Idempotent("k").Post("/contacts", sent)).Expect(201);
        (await crm.Person("clerk").Contacts.Idempotent("k").Post("/contacts", sent)).Expect(422, "idempotency_key_reused");
        Assert.Equal(first.Text, (await crm.Contacts.Idempotent("k").Post("/contacts", sent)).Expect(201).Text);
    }
}
