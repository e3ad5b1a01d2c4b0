using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Shared.Tests.Journal;

public sealed class UndoTests
{
    [Fact]
    public async Task Undoing_a_merge_of_many_contacts_leaves_every_field_as_it_was_and_undoing_that_merges_again()
    {
        var crm = await TestCrm.Tenant();
        var winner = (await crm.Contacts.Post("/accounts", new { name = "Engines" })).Expect(201).Id;
        var loser = (await crm.Contacts.Post(
            "/accounts", new { name = "Engines Ltd", domain = "engines.example", employees = 7 })).Expect(201).Id;
        await Enter(crm, 1200, loser);
        await Enter(crm, 10, winner);
        var before = await State(crm);

        var merged = (await crm.Contacts.Post($"/accounts/{winner}/merge", new { loser })).Expect(200);
        var after = await State(crm);
        var undone = (await crm.Contacts.Post($"/operations/{merged.Operation}/undo")).Expect(200);

        Assert.NotEqual(before, after);
        Assert.Equal(before, await State(crm));
        Assert.Equal(1202, undone["records"].GetInt32());
        Assert.Equal(0, undone["kept"].GetArrayLength());

        (await crm.Contacts.Post($"/operations/{undone["undoneBy"].GetGuid()}/undo")).Expect(200);
        Assert.Equal(after, await State(crm));
    }

    [Fact]
    public async Task What_an_undo_writes_is_told_and_says_what_it_takes_back()
    {
        var crm = await TestCrm.Tenant();
        await using var bus = await crm.Listen();
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Byron" })).Expect(201);
        var edited = (await crm.Contacts.Patch($"/contacts/{contact.Id}", new { lastName = "Lovelace" })).Expect(200);

        var undone = (await crm.Contacts.Post($"/operations/{edited.Operation}/undo")).Expect(200);

        var told = (await bus.Until(3, contact.Id))[2];
        Assert.Equal(("contacts.contact.updated", 3), (told.Type, told.Version));
        Assert.Equal(edited.Operation, told.Body.GetProperty("undoes").GetGuid());
        Assert.Equal(undone["undoneBy"].GetString(), told.Headers["operation"]);
        var operation = (await crm.Contacts.Get($"/operations/{undone["undoneBy"].GetString()}")).Expect(200);
        Assert.Equal((edited.Operation, 1), (operation["undoes"].GetGuid(), operation["entries"].GetInt32()));
    }

    [Fact]
    public async Task An_undone_creation_is_in_the_trash_and_comes_back_when_that_is_undone()
    {
        var crm = await TestCrm.Tenant();
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", tags = new[] { "vip" } })).Expect(201);

        var undone = (await crm.Contacts.Post($"/operations/{contact.Operation}/undo")).Expect(200);
        (await crm.Contacts.Get($"/contacts/{contact.Id}")).Expect(404, "not_found");
        (await crm.Contacts.Post($"/operations/{undone["undoneBy"].GetGuid()}/undo")).Expect(200);

        var back = (await crm.Contacts.Get($"/contacts/{contact.Id}")).Expect(200);
        Assert.Equal(("Lovelace", "vip", 3), (back["lastName"].GetString(), back["tags"][0].GetString(), back.Version));
    }

    [Fact]
    public async Task Deleting_and_restoring_can_be_undone()
    {
        var crm = await TestCrm.Tenant();
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);
        var deleted = (await crm.Contacts.Delete($"/contacts/{contact.Id}")).Expect(204);
        (await crm.Contacts.Post($"/operations/{deleted.Operation}/undo")).Expect(200);
        (await crm.Contacts.Get($"/contacts/{contact.Id}")).Expect(200);

        (await crm.Contacts.Delete($"/contacts/{contact.Id}")).Expect(204);
        var restored = (await crm.Contacts.Post($"/contacts/{contact.Id}/restore")).Expect(200);
        (await crm.Contacts.Post($"/operations/{restored.Operation}/undo")).Expect(200);

        (await crm.Contacts.Get($"/contacts/{contact.Id}")).Expect(404, "not_found");
    }

    [Fact]
    public async Task Several_edits_of_one_operation_go_back_to_before_the_first()
    {
        var crm = await TestCrm.Tenant();
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Byron", jobTitle = "Poet" })).Expect(201);
        var operation = Guid.CreateVersion7();
        var door = crm.Contacts.With("Crm-Operation", $"{operation}");
        (await door.Patch($"/contacts/{contact.Id}", new { lastName = "King", jobTitle = "Countess" })).Expect(200);
        (await door.Patch($"/contacts/{contact.Id}", new { lastName = "Lovelace", jobTitle = "Poet" })).Expect(200);

        (await crm.Contacts.Post($"/operations/{operation}/undo")).Expect(200);

        var back = (await crm.Contacts.Get($"/contacts/{contact.Id}")).Expect(200);
        Assert.Equal(("Byron", "Poet"), (back["lastName"].GetString(), back["jobTitle"].GetString()));
    }

    [Fact]
    public async Task Undoing_twice_even_at_once_takes_back_once()
    {
        var crm = await TestCrm.Tenant();
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Byron" })).Expect(201);
        var edited = (await crm.Contacts.Patch($"/contacts/{contact.Id}", new { lastName = "Lovelace" })).Expect(200);

        var undos = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => crm.Contacts.Post($"/operations/{edited.Operation}/undo")));

        Assert.Equal(1, undos.Sum(u => u.Expect(200)["records"].GetInt32()));
        Assert.Equal(3, (await crm.Contacts.Get($"/contacts/{contact.Id}")).Expect(200).Version);
    }

    [Fact]
    public async Task Nobody_undoes_what_another_tenant_did()
    {
        var crm = await TestCrm.Tenant();
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);

        (await crm.Another().Contacts.Post($"/operations/{contact.Operation}/undo")).Expect(404, "not_found");
        (await crm.Contacts.Post($"/operations/{Guid.CreateVersion7()}/undo")).Expect(404, "not_found");

        Assert.Equal(1, (await crm.Contacts.Get($"/contacts/{contact.Id}")).Expect(200).Version);
    }

    private static async Task Enter(TestCrm crm, int contacts, Guid account)
    {
        foreach (var chunk in Enumerable.Range(0, contacts).Chunk(100))
            await Task.WhenAll(chunk.Select(async n => (await crm.Contacts.Post("/contacts", new
            {
                lastName = $"L{n}",
                firstName = n % 3 == 0 ? null : $"F{n}",
                accountId = account,
                tags = new[] { $"t{n % 5}" },
            })).Expect(201)));
    }

    // Everything but how often and when it changed, and when it was deleted.
    private static Task<List<string>> State(TestCrm crm) => crm.Sql("contacts", As.Admin).Column<string>(
        """
        select (row - 'version' - 'updated_at' || jsonb_build_object('deleted_at', row ->> 'deleted_at' is not null))::text
        from (select to_jsonb(c) as row from contact c where tenant = $1 union all select to_jsonb(a) from account a where tenant = $1) rows
        order by 1
        """,
        crm.Id);
}
