using CrmPlatform.Contacts.Tests.Roles;
using CrmPlatform.Testing;
using Xunit;
using static CrmPlatform.Contacts.Tests.Roles.People;

namespace CrmPlatform.Contacts.Tests.Contacts;

/// <summary>A record is entered or changed by what another system calls it; whoever does it at the same time, there is one.</summary>
public sealed class UpsertTests
{
    [Fact]
    public async Task A_record_is_entered_then_changed_and_the_same_again_changes_nothing()
    {
        var crm = await TestCrm.Tenant();
        await using var bus = await crm.Listen("contacts.contact.*");

        var entered = (await crm.Contacts.Put("/contacts/external/erp/42", new { lastName = "Lovelace", tags = new[] { "north" } })).Expect(201);
        var changed = (await crm.Contacts.Put("/contacts/external/erp/42", new { jobTitle = "Countess" })).Expect(200);
        var same = (await crm.Contacts.Put("/contacts/external/erp/42", new { jobTitle = "Countess" })).Expect(200);

        Assert.Equal($"/api/v1/contacts/{entered.Id}", entered.Headers["Location"]);
        Assert.Equal((entered.Id, entered.Id), (changed.Id, same.Id));
        Assert.Equal(("\"1\"", "\"2\"", "\"2\""), (entered.Headers["ETag"], changed.Headers["ETag"], same.Headers["ETag"]));
        Assert.Equal(("Lovelace", "north"), (same["lastName"].GetString(), same["tags"][0].GetString()));
        Assert.True(changed.Headers.ContainsKey("Crm-Operation"));
        Assert.False(same.Headers.ContainsKey("Crm-Operation"));
        Assert.Equal(entered.Id, (await crm.Contacts.Get("/contacts/external/erp/42")).Expect(200).Id);
        Assert.Equal(["contacts.contact.created", "contacts.contact.updated"], (await bus.Until(2, entered.Id)).Select(e => e.Type));
        (await crm.Contacts.Put("/contacts/external/erp/42", new { lastName = "" })).Expect(422, "invalid");
        (await crm.Contacts.Put("/contacts/external/erp/43", new { jobTitle = "Nobody" })).Expect(422, "invalid");
        var unknown = (await crm.Contacts.Put("/contacts/external/erp/43", new { lastName = "X", shoeSize = 4 })).Expect(422, "invalid");
        Assert.True(unknown["errors"].TryGetProperty("shoeSize", out _));
        (await crm.Contacts.Get("/contacts/external/erp/43")).Expect(404, "not_found");
        (await crm.Another().Contacts.Get("/contacts/external/erp/42")).Expect(404, "not_found");
    }

    [Fact]
    public async Task Of_a_hundred_who_upsert_the_same_at_once_one_enters_it_and_all_are_answered()
    {
        var crm = await TestCrm.Tenant();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => n % 4 == 0
            ? crm.Contacts.Post("/contacts/batch", new { operations = new[] { Upsert("7", $"Batch {n}") } })
            : crm.Contacts.Put("/contacts/external/erp/7", new { lastName = $"Person {n}" })));

        var statuses = answers.Select(a => a.Body.TryGetProperty("items", out _) ? a["items"][0].GetProperty("status").GetInt32() : a.Status).ToList();
        Assert.Equal((1, 99), (statuses.Count(s => s == 201), statuses.Count(s => s == 200)));
        var one = (await crm.Contacts.Get("/contacts?include=total")).Expect(200);
        Assert.Equal((1, 100), (one["total"].GetInt32(), one["items"][0].GetProperty("version").GetInt32()));
    }

    // A door that knows nothing of upserts enters the same record beside them.
    [Fact]
    public async Task One_that_is_entered_by_another_door_meanwhile_is_changed_instead()
    {
        var crm = await TestCrm.Tenant();

        for (var round = 0; round < 10; round++)
        {
            var id = $"{round}";
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => n % 2 == 0
                ? crm.Contacts.Post("/contacts", new { lastName = $"Entered {n}", externalIds = new[] { new { system = "erp", id } } })
                : crm.Contacts.Put($"/contacts/external/erp/{id}", new { lastName = $"Put {n}" })));

            Assert.All(answers.Where((_, n) => n % 2 == 1), a => Assert.Contains(a.Status, new[] { 200, 201 }));
            Assert.Single(answers, a => a.Status == 201);
        }
        Assert.Equal(10, (await crm.Contacts.Get("/contacts?include=total")).Expect(200)["total"].GetInt32());
    }

    [Fact]
    public async Task Other_names_stay_or_are_said_and_the_one_asked_by_is_never_lost()
    {
        var crm = await TestCrm.Tenant();
        var shop = new { system = "shop", id = "a/b" };
        (await crm.Contacts.Put("/contacts/external/erp/1", new { lastName = "Ada", externalIds = new[] { shop } })).Expect(201);

        Assert.Equal(2, (await crm.Contacts.Get("/contacts/external/shop/a%2Fb")).Expect(200)["externalIds"].GetArrayLength());
        Assert.Equal(2, (await crm.Contacts.Put("/contacts/external/shop/a%2Fb", new { lastName = "Byron" })).Expect(200)["externalIds"].GetArrayLength());
        var alone = (await crm.Contacts.Put("/contacts/external/erp/1", new { externalIds = Array.Empty<object>() })).Expect(200)["externalIds"];
        Assert.Equal(("erp", 1), (alone[0].GetProperty("system").GetString(), alone.GetArrayLength()));
        (await crm.Contacts.Put("/contacts/external/shop/a%2Fb", new { lastName = "Another" })).Expect(201);
        (await crm.Contacts.Put("/contacts/external/erp/1", new { externalIds = new[] { shop } })).Expect(409, "duplicate");
        (await crm.Contacts.Put($"/contacts/external/erp/{new string('x', 201)}", new { lastName = "Long" })).Expect(422, "invalid");
    }

    [Fact]
    public async Task If_Match_and_the_values_the_writer_saw_hold_as_they_do_by_id()
    {
        var crm = await TestCrm.Tenant();
        (await crm.Contacts.IfMatch(1).Put("/contacts/external/erp/1", new { lastName = "Ada" })).Expect(412, "stale");
        (await crm.Contacts.Put("/contacts/external/erp/1", new { lastName = "Ada" })).Expect(201);

        (await crm.Contacts.IfMatch(2).Put("/contacts/external/erp/1", new { lastName = "King" })).Expect(412, "stale");
        (await crm.Contacts.IfMatch(1).Put("/contacts/external/erp/1", new { lastName = "King" })).Expect(200);
        var seen = new Dictionary<string, object> { ["lastName"] = "Byron", ["$base"] = new { lastName = "Ada" } };
        (await crm.Contacts.Put("/contacts/external/erp/1", seen)).Expect(409, "conflict");
        (await crm.Contacts.Put("/contacts/external/erp/2", seen)).Expect(201);
    }

    [Fact]
    public async Task One_in_the_trash_has_given_its_name_up_and_one_that_was_merged_answers_as_the_one_that_stayed()
    {
        var crm = await TestCrm.Tenant();
        var gone = (await crm.Contacts.Put("/contacts/external/erp/1", new { lastName = "Gone" })).Expect(201);
        (await crm.Contacts.Delete($"/contacts/{gone.Id}")).Expect(204);
        var anew = (await crm.Contacts.Put("/contacts/external/erp/1", new { lastName = "Anew" })).Expect(201);
        var stays = (await crm.Contacts.Put("/contacts/external/erp/2", new { lastName = "Stays" })).Expect(201);

        (await crm.Contacts.Post($"/contacts/{stays.Id}/merge", new { loser = anew.Id })).Expect(200);

        Assert.Equal(stays.Id, (await crm.Contacts.Put("/contacts/external/erp/1", new { jobTitle = "Merged" })).Expect(200).Id);
    }

    [Fact]
    public async Task Roles_hold_and_what_is_not_seen_is_neither_shown_nor_doubled()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("own", [Everywhere("own")]);
        await crm.Role("reads", [Grant("*", "none", "all", "none", "none", "none")]);
        await crm.Role("blind", [Everywhere("all", ("externalIds", "hidden"))]);
        await crm.Role("fixed", [Everywhere("all", ("externalIds", "readOnly"))]);
        var theirs = (await crm.Contacts.Put("/contacts/external/erp/1", new { lastName = "Secret" })).Expect(201);
        var (ada, reads, blind, holds) = (crm.Person("own"), crm.Person("reads"), crm.Person("blind"), crm.Person("fixed"));

        (await ada.Contacts.Get("/contacts/external/erp/1")).Expect(404, "not_found");
        (await ada.Contacts.Put("/contacts/external/erp/1", new { lastName = "Mine" })).Expect(409, "duplicate");
        (await ada.Contacts.Put("/contacts/external/erp/2", new { lastName = "Mine" })).Expect(201);
        (await reads.Contacts.Get("/contacts/external/erp/1")).Expect(200);
        (await reads.Contacts.Put("/contacts/external/erp/1", new { lastName = "X" })).Expect(403, "not_allowed");
        (await reads.Contacts.Put("/contacts/external/erp/3", new { lastName = "X" })).Expect(403, "not_allowed");
        (await blind.Contacts.Get("/contacts/external/erp/1")).Expect(422, "invalid");
        (await blind.Contacts.Put("/contacts/external/erp/1", new { lastName = "X" })).Expect(422, "invalid");
        (await holds.Contacts.Put("/contacts/external/erp/1", new { jobTitle = "Known" })).Expect(200);
        (await holds.Contacts.Put("/contacts/external/erp/4", new { lastName = "X" })).Expect(422, "invalid");
        Assert.Equal(("Secret", 2), (
            (await crm.Contacts.Get($"/contacts/{theirs.Id}"))["lastName"].GetString(),
            (await crm.Contacts.Get("/contacts?include=total"))["total"].GetInt32()));
    }

    [Fact]
    public async Task A_batch_upserts_and_sees_its_own_changes()
    {
        var crm = await TestCrm.Tenant();
        var there = (await crm.Contacts.Put("/contacts/external/erp/1", new { lastName = "There" })).Expect(201);

        var batch = (await crm.Contacts.Post("/contacts/batch", new
        {
            operations = new object[]
            {
                Upsert("1", "Changed"), Upsert("2", "New"), Upsert("2", "New and changed"), Upsert("2", "New and changed"),
                new { @do = "create", fields = new { lastName = "Given", externalIds = new[] { new { system = "erp", id = "3" } } } },
                Upsert("3", "Given, then changed"),
                new { @do = "patch", id = there.Id, fields = new { externalIds = Array.Empty<object>() } },
                Upsert("1", "Called so now"),
                Upsert("4", ""),
                new { @do = "upsert", fields = new { lastName = "Nameless" } },
                new { @do = "upsert", id = there.Id, external = new { system = "erp", id = "5" }, fields = new { lastName = "Both" } },
                new { @do = "patch", id = there.Id, external = new { system = "erp", id = "5" }, fields = new { lastName = "Both" } },
                new { @do = "upsert", external = new { system = "erp", id = "6" }, fields = new { lastName = "Gone" }, ifMatch = 1 },
            },
        })).Expect(200);

        Assert.Equal(
            [200, 201, 200, 200, 201, 200, 200, 201, 422, 422, 422, 422, 412],
            batch["items"].EnumerateArray().Select(i => i.GetProperty("status").GetInt32()));
        Assert.Equal(
            ["Called so now", "Changed", "Given, then changed", "New and changed"], (await crm.Contacts.Get("/contacts")).LastNames());
        Assert.Equal(4, (await crm.Contacts.Post($"/operations/{batch["operation"].GetGuid()}/undo")).Expect(200)["records"].GetInt32());
        Assert.Equal(["There"], (await crm.Contacts.Get("/contacts")).LastNames());
    }

    [Fact]
    public async Task Batches_that_upsert_the_same_records_in_another_order_at_once_leave_one_of_each()
    {
        var crm = await TestCrm.Tenant();
        object Batch(IEnumerable<int> ids) => new { operations = ids.Select(id => Upsert($"{id}", $"Person {id}")) };

        for (var round = 0; round < 5; round++)
        {
            var ids = Enumerable.Range(round * 20, 20).ToList();
            var answers = await Task.WhenAll(
                Enumerable.Range(0, 4).Select(n => crm.Contacts.Post("/contacts/batch", Batch(n % 2 == 0 ? ids : Enumerable.Reverse(ids)))));

            var statuses = answers.SelectMany(a => a.Expect(200)["items"].EnumerateArray().Select(item => item.GetProperty("status").GetInt32())).ToList();
            Assert.Equal((20, 60), (statuses.Count(s => s == 201), statuses.Count(s => s == 200)));
        }
        Assert.Equal(100, (await crm.Contacts.Get("/contacts?include=total")).Expect(200)["total"].GetInt32());
    }

    private static object Upsert(string id, string lastName) => new { @do = "upsert", external = new { system = "erp", id }, fields = new { lastName } };
}
