using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Jobs;

public sealed class BatchTests
{
    [Fact]
    public async Task What_the_database_refuses_amid_many_leaves_the_others_whole()
    {
        var crm = await TestCrm.Tenant();
        object[] taken = [new { system = "erp", id = "1" }];
        (await crm.Contacts.Post("/contacts", new { lastName = "There", externalIds = taken })).Expect(201);

        var batch = (await crm.Contacts.Post("/contacts/batch", new
        {
            operations = Enumerable.Range(0, 900).Select(n => new
            {
                @do = "create",
                fields = new { lastName = $"Person {n}", externalIds = n == 200 ? taken : [] },
            }),
        })).Expect(200);

        var statuses = batch["items"].EnumerateArray().Select(item => item.GetProperty("status").GetInt32()).ToList();
        Assert.Equal(Enumerable.Range(0, 900).Select(n => n == 200 ? 409 : 201), statuses);
        Assert.Equal(900, (await crm.Contacts.Get("/contacts?limit=1&include=total")).Expect(200)["total"].GetInt64());
        Assert.Equal(900, await crm.Sql("contacts", As.Admin).Value<long>("select count(*) from journal where tenant = $1", crm.Id));
    }

    [Fact]
    public async Task A_number_is_not_taken_for_something_to_do()
    {
        var crm = await TestCrm.Tenant();

        (await crm.Contacts.Post("/contacts/batch", new { operations = new[] { new { @do = 0, fields = new { lastName = "Byron" } } } }))
            .Expect(400, "malformed");
    }

    [Fact]
    public async Task Every_operation_is_answered_as_its_own_door_answers()
    {
        var crm = await TestCrm.Tenant();
        var (stays, leaves, gone) = (await Enter(crm, "Stays"), await Enter(crm, "Leaves"), await Enter(crm, "Gone"));
        (await crm.Contacts.Delete($"/accounts/{gone}")).Expect(204);
        var nobody = Guid.CreateVersion7();

        var batch = (await crm.Contacts.Post("/accounts/batch", new
        {
            operations = new object[]
            {
                new { @do = "create", fields = new { name = "New" } },
                new { @do = "create", fields = new { name = "" } },
                new { @do = "patch", id = stays, fields = new { industry = "Food" }, ifMatch = 1 },
                new { @do = "patch", id = stays, fields = new { industry = "Steel" }, ifMatch = 1 },
                new { @do = "patch", id = stays, fields = new { industry = "Steel" }, @base = new { industry = "Wood" } },
                new { @do = "patch", id = nobody, fields = new { industry = "Steel" } },
                new { @do = "delete", id = leaves },
                new { @do = "restore", id = gone },
                new { @do = "restore", id = stays },
                new { @do = "create", fields = new { shoeSize = 43 } },
            },
        })).Expect(200);

        var items = batch["items"].EnumerateArray().ToArray();
        Assert.Equal([201, 422, 200, 412, 409, 404, 204, 200, 404, 422], items.Select(i => i.GetProperty("status").GetInt32()));
        Assert.Equal(
            ["-", "invalid", "-", "stale", "conflict", "not_found", "-", "-", "not_found", "invalid"],
            items.Select(i => i.TryGetProperty("problem", out var problem) ? problem.GetProperty("code").GetString()! : "-"));
        Assert.True(items[1].GetProperty("problem").GetProperty("errors").TryGetProperty("name", out _));
        Assert.True(items[9].GetProperty("problem").GetProperty("errors").TryGetProperty("shoeSize", out _));
        var history = (await crm.Contacts.Get($"/accounts/{stays}/history")).Expect(200)["items"][0];
        Assert.Equal("batch", history.GetProperty("actor").GetProperty("door").GetString());
        Assert.Equal(batch["operation"].GetGuid(), history.GetProperty("operation").GetGuid());

        Assert.Equal(4, (await crm.Contacts.Post($"/operations/{batch["operation"].GetGuid()}/undo")).Expect(200)["records"].GetInt32());
        Assert.Equal(["Leaves", "Stays"], await Names(crm));
    }

    [Fact]
    public async Task What_only_the_database_can_refuse_is_refused_alone()
    {
        var crm = await TestCrm.Tenant();
        var account = await Enter(crm, "Analytical Engines");

        var batch = (await crm.Contacts.Post("/contacts/batch", new
        {
            operations = new object[]
            {
                new { @do = "create", fields = new { lastName = "Before", accountId = account } },
                new { @do = "create", fields = new { lastName = "Nowhere", accountId = Guid.CreateVersion7() } },
                new { @do = "create", fields = new { lastName = "After", accountId = account } },
            },
        })).Expect(200);

        var items = batch["items"].EnumerateArray().ToArray();
        Assert.Equal([201, 422, 201], items.Select(i => i.GetProperty("status").GetInt32()));
        Assert.Equal("invalid_reference", items[1].GetProperty("problem").GetProperty("code").GetString());
        Assert.True(items[1].GetProperty("problem").GetProperty("errors").TryGetProperty("accountId", out _));
        Assert.Equal(2, (await crm.Contacts.Get("/contacts")).Expect(200)["items"].GetArrayLength());
    }

    [Fact]
    public async Task An_atomic_batch_does_nothing_when_one_operation_is_refused()
    {
        var crm = await TestCrm.Tenant();
        var account = await Enter(crm, "Stays");
        object Request(string name) => new
        {
            atomic = true,
            operations = new object[]
            {
                new { @do = "create", fields = new { name = "New" } }, new { @do = "delete", id = account }, new { @do = "create", fields = new { name } },
            },
        };

        var refused = (await crm.Contacts.Post("/accounts/batch", Request(""))).Expect(422, "batch_refused");

        Assert.Equal([424, 424, 422], refused["items"].EnumerateArray().Select(i => i.GetProperty("status").GetInt32()));
        Assert.Equal(["Stays"], await Names(crm));
        (await crm.Contacts.Post("/accounts/batch", Request("Fine"))).Expect(200);
        Assert.Equal(["Fine", "New"], await Names(crm));
    }

    [Fact]
    public async Task A_thousand_are_written_with_a_version_and_an_entry_each_and_one_more_is_too_many()
    {
        var crm = await TestCrm.Tenant();
        string[] tags = ["a\"b", "c\\d", "{e,f}"];
        object Request(int count) => new
        {
            operations = Enumerable.Range(0, count).Select(n => new { @do = "create", fields = new { name = $"\"{n}\\,{{}}", tags } }),
        };

        var batch = (await crm.Contacts.Post("/accounts/batch", Request(1000))).Expect(200);
        (await crm.Contacts.Post("/accounts/batch", Request(1001))).Expect(422, "invalid");

        Assert.All(batch["items"].EnumerateArray(), i => Assert.Equal(201, i.GetProperty("status").GetInt32()));
        var one = batch["items"][500].GetProperty("record");
        Assert.Equal(
            JsonSerializer.Serialize(one), JsonSerializer.Serialize((await crm.Contacts.Get($"/accounts/{one.GetProperty("id").GetGuid()}")).Expect(200).Body));
        var counts = await crm.Sql("contacts", As.Service).For(crm.Id).Column<long>(
            "select count(*) from journal union all select count(distinct id) from journal union all select count(distinct record_id) from journal");
        Assert.Equal([1000L, 1000L, 1000L], counts);
    }

    private static async Task<Guid> Enter(TestCrm crm, string name) => (await crm.Contacts.Post("/accounts", new { name })).Expect(201).Id;

    private static async Task<IEnumerable<string?>> Names(TestCrm crm) => (await crm.Contacts.Get("/accounts?sort=name")).Expect(200)["items"]
        .EnumerateArray().Select(a => a.GetProperty("name").GetString());
}
