using CrmPlatform.Contacts.Tests.Jobs;
using CrmPlatform.Testing;
using Xunit;
using static CrmPlatform.Contacts.Tests.Roles.People;

namespace CrmPlatform.Contacts.Tests.Roles;

/// <summary>What is done in the background is done by the rules that hold for who asked for it, and is theirs to look at.</summary>
public sealed class JobRoleTests
{
    [Fact]
    public async Task A_bulk_edit_changes_what_who_asked_may_change_and_needs_its_switch()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("clerk", [Grant("*", "all", "all", "own", "none", "none")], privileges: ["bulkEdit"]);
        await crm.Role("reader", [Everywhere("all")]);
        var ada = crm.Person("clerk");
        var mine = await crm.Given("contacts", ada.Owns("Mine"));
        var theirs = await crm.Given("contacts", new { lastName = "Theirs" });

        (await crm.Person("reader").Contacts.Post("/contacts/bulk-edit", new { filter = "", set = new { source = "fair" } })).Expect(403, "not_allowed");
        var job = await crm.Ended(await ada.Contacts.Post("/contacts/bulk-edit", new { filter = "", set = new { source = "fair" } }), plural: "contacts");

        Assert.Equal((1, 1), (job["total"].GetInt32(), job["changed"].GetInt32()));
        Assert.Equal("fair", (await crm.Contacts.Get($"/contacts/{mine}")).Expect(200)["source"].GetString());
        Assert.Equal(1, (await crm.Contacts.Get($"/contacts/{theirs}")).Expect(200).Version);
        var entry = (await crm.Contacts.Get($"/contacts/{mine}/history")).Expect(200)["items"][0];
        Assert.Equal("bulk-edit", entry.GetProperty("actor").GetProperty("door").GetString());
        Assert.DoesNotContain("clerk", entry.GetRawText(), StringComparison.Ordinal); // roles serve to decide; no journal keeps them
    }

    [Fact]
    public async Task An_import_finds_and_changes_only_what_who_asked_sees_and_sets_no_field_they_may_not_set()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("clerk", [Grant("contact", "own", "own", "own", "own", "none", ("description", "hidden"), ("jobTitle", "readOnly"))]);
        var ada = crm.Person("clerk");
        await crm.Given("contacts", new { lastName = "Mine", email = "mine@x.example", ownerId = ada.Id });
        var theirs = await crm.Given("contacts", new { lastName = "Theirs", email = "theirs@x.example" });
        var file = $"email,lastName,ownerId,description,jobTitle\nmine@x.example,Changed,{ada.Id},,\ntheirs@x.example,Another,{ada.Id},,\n"
            + $"new@x.example,Given,{Guid.CreateVersion7()},,";

        var draft = (await ada.Contacts.Post("/contacts/imports", file)).Expect(200);
        Assert.Equal("email", draft["mapping"].GetProperty("email").GetString());
        foreach (var field in (string[])["description", "jobTitle"])
        {
            Assert.Equal("null", draft["mapping"].GetProperty(field).GetRawText());
            var mapping = new Dictionary<string, string> { [field] = field };
            (await ada.Contacts.Post($"/contacts/imports/{draft["job"].GetProperty("id")}/start", new { mapping })).Expect(422, "invalid");
        }
        var start = await ada.Contacts.Post($"/contacts/imports/{draft["job"].GetProperty("id")}/start", new { match = "email", mode = "both" });
        var job = await crm.Ended(start, plural: "contacts");

        Assert.Equal((2, 1), (job["changed"].GetInt32(), job["failed"].GetInt32()));
        Assert.Equal("not_allowed", job["errors"][0].GetProperty("problem").GetProperty("code").GetString());
        Assert.Equal("Theirs", (await crm.Contacts.Get($"/contacts/{theirs}")).Expect(200)["lastName"].GetString());
        Assert.Equal(["Another", "Changed"], (await ada.Contacts.Get("/contacts")).LastNames());
    }

    [Fact]
    public async Task A_job_and_its_files_are_there_for_who_asked_and_for_who_may_see_what_everybody_did()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("clerk", [Everywhere("all")]);
        await crm.Role("auditor", [Everywhere("all")], privileges: ["audit"]);
        var (ada, bob, eve) = (crm.Person("clerk"), crm.Person("clerk"), crm.Person("auditor"));
        var draft = (await ada.Contacts.Post("/contacts/imports", "lastName\nLovelace")).Expect(200)["job"].GetProperty("id").GetGuid();

        foreach (var (person, status) in new[] { (ada, 200), (bob, 404), (eve, 200) })
        {
            (await person.Contacts.Get($"/contacts/jobs/{draft}")).Expect(status);
            (await person.Contacts.Get($"/contacts/imports/{draft}/errors")).Expect(status);
            Assert.Equal(status == 200 ? 1 : 0, (await person.Contacts.Get("/contacts/jobs")).Expect(200)["items"].GetArrayLength());
        }
        (await bob.Contacts.Post($"/contacts/imports/{draft}/start", new { })).Expect(404);
        (await bob.Contacts.Post($"/contacts/jobs/{draft}/cancel")).Expect(404);
        Assert.Equal("cancelled", (await ada.Contacts.Post($"/contacts/jobs/{draft}/cancel")).Expect(200)["state"].GetString());
    }
}
