using CrmPlatform.Contacts.Tests.Jobs;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Contacts;

public sealed class LifecycleTests
{
    [Fact]
    public async Task A_person_may_move_somebody_in_any_direction_and_each_stage_is_dated()
    {
        var crm = await TestCrm.Tenant();
        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", lifecycleStage = "lead" })).Expect(201);

        var customer = (await crm.Contacts.Patch($"/contacts/{ada.Id}", new { lifecycleStage = "customer" })).Expect(200);
        var back = (await crm.Contacts.Patch($"/contacts/{ada.Id}", new { lifecycleStage = "lead" })).Expect(200);

        Assert.Equal(["lead", "customer"], Stages(customer));
        Assert.Equal(ada["createdAt"].GetDateTimeOffset(), customer["stagesReached"][0].GetProperty("at").GetDateTimeOffset());
        Assert.Equal(["customer", "lead"], Stages(back));
        (await crm.Contacts.Post($"/operations/{back.Operation}/undo")).Expect(200);
        Assert.Equal(["lead", "customer"], Stages((await crm.Contacts.Get($"/contacts/{ada.Id}")).Expect(200)));
        Assert.Equal(1, (await crm.Contacts.Get("/contacts?filter=any(stagesReached, stage = 'customer' and at > -1h)")).Expect(200)["items"].GetArrayLength());
    }

    [Fact]
    public async Task Many_at_once_take_nobody_back_and_change_the_rest()
    {
        var crm = await TestCrm.Tenant();
        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", lifecycleStage = "opportunity" })).Expect(201).Id;

        Assert.Equal(("opportunity", "Countess"), await Batch(new { lifecycleStage = (string?)"lead", jobTitle = "Countess" }));
        Assert.Equal(("opportunity", "Lady"), await Batch(new { lifecycleStage = (string?)null, jobTitle = "Lady" }));
        Assert.Equal(("customer", "Buyer"), await Batch(new { lifecycleStage = (string?)"customer", jobTitle = "Buyer" }));
        Assert.Equal(["opportunity", "customer"], Stages((await crm.Contacts.Get($"/contacts/{ada}")).Expect(200)));

        async Task<(string?, string?)> Batch(object fields)
        {
            var operations = new[] { new { @do = "patch", id = ada, fields } };
            var record = (await crm.Contacts.Post("/contacts/batch", new { operations })).Expect(200)["items"][0].GetProperty("record");
            return (record.GetProperty("lifecycleStage").GetString(), record.GetProperty("jobTitle").GetString());
        }
    }

    [Fact]
    public async Task An_import_takes_nobody_back()
    {
        var crm = await TestCrm.Tenant();
        foreach (var (name, stage) in new[] { ("back", "customer"), ("blank", "customer"), ("on", "lead"), ("other", "evangelist") })
            (await crm.Contacts.Post("/contacts", new { lastName = name, email = $"{name}@x.example", lifecycleStage = stage })).Expect(201);

        var job = await crm.Import(
            "email,lifecycleStage,jobTitle\nback@x.example,lead,Imported\nblank@x.example,,Imported\non@x.example,customer,Imported\n"
            + "other@x.example,subscriber,Imported\nnew@x.example,lead,Imported\n",
            new { match = "email", mode = "update", blankErases = new[] { "lifecycleStage" } }, "contacts");

        Assert.Equal((4, 1), (job["changed"].GetInt64(), job["failed"].GetInt64()));
        Assert.Equal(4, await crm.Count("jobTitle = 'Imported'", "contacts"));
        Assert.Equal(
            [("back", "customer"), ("blank", "customer"), ("on", "customer"), ("other", "evangelist")],
            (await crm.Contacts.Get("/contacts?sort=lastName")).Expect(200)["items"].EnumerateArray()
                .Select(c => (c.GetProperty("lastName").GetString()!, c.GetProperty("lifecycleStage").GetString()!)));
    }

    private static IEnumerable<string?> Stages(Reply contact) => contact["stagesReached"].EnumerateArray().Select(s => s.GetProperty("stage").GetString());
}
