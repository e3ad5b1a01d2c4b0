using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Pipeline.Tests.Pipelines;

public sealed class PipelineTests
{
    [Fact]
    public async Task A_tenant_without_a_pipeline_gets_one_with_its_first_deal_and_keeps_it_when_that_is_undone()
    {
        var crm = await TestCrm.Tenant();
        var door = crm.Service("pipeline");

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => door.Post("/deals", new { name = $"Deal {n}" })));

        var pipeline = Assert.Single((await door.Get("/pipelines")).Expect(200)["items"].EnumerateArray());
        Assert.All(all, deal => Assert.Equal(pipeline.GetProperty("id").GetGuid(), deal.Expect(201)["pipelineId"].GetGuid()));
        foreach (var deal in all)
            (await door.Post($"/operations/{deal.Operation}/undo")).Expect(200);
        Assert.Equal(0, (await door.Get("/deals?include=total")).Expect(200)["total"].GetInt32());
        Assert.Equal(6, (await door.Get("/stages?include=total")).Expect(200)["total"].GetInt32());
    }

    [Fact]
    public async Task A_company_that_signs_up_has_a_pipeline_to_begin_with() // OnCompanyCreated, EnterDefaultPipeline
    {
        var crm = await TestCrm.Tenant();

        await crm.Tell("identity.company.created", crm.Id, 1, """{"changes":{"name":{"old":null,"new":"Engines"},"currency":{"old":null,"new":"CHF"}}}""");

        await TestCrm.Eventually(async () =>
            Assert.Equal(1, (await crm.Service("pipeline").Get("/pipelines?filter=name = \"Sales\"&include=total")).Expect(200)["total"].GetInt32()));
        var board = (await crm.Service("pipeline").Get("/deals/board")).Expect(200);
        Assert.Equal("CHF", board["currency"].GetString());
    }

    [Fact]
    public async Task A_pipeline_without_an_open_stage_is_no_place_to_begin()
    {
        var door = (await TestCrm.Tenant()).Service("pipeline");
        var empty = (await door.Post("/pipelines", new { name = "Empty" })).Expect(201).Id;

        var deal = (await door.Post("/deals", new { name = "Engines" })).Expect(201);

        Assert.NotEqual(empty, deal["pipelineId"].GetGuid());
        (await door.Post("/deals", new { name = "Engines", pipelineId = empty })).Expect(409, "no_stage");
        Assert.Equal(deal["pipelineId"].GetGuid(), (await door.Post("/pipelines/default")).Expect(200).Id);
        Assert.Equal(2, (await door.Get("/pipelines?include=total")).Expect(200)["total"].GetInt32());
    }

    [Fact]
    public async Task What_deals_are_in_is_archived_and_not_deleted()
    {
        var sales = await Sales.Begin();
        var deal = await sales.Deal();

        (await sales.Door.Delete($"/stages/{sales.Stages["Qualification"]}")).Expect(409, "in_use");
        (await sales.Door.Delete($"/pipelines/{sales.Pipeline}")).Expect(409, "in_use");
        (await sales.Door.Delete($"/stages/{sales.Stages["Needs analysis"]}")).Expect(204);
        (await sales.Door.Patch($"/stages/{sales.Stages["Qualification"]}", new { archived = true })).Expect(200);

        var next = (await sales.Door.Post("/deals", new { name = "Next", amount = Sales.Eur(1), expectedCloseOn = "2030-01-01" })).Expect(201);
        Assert.Equal("Proposal", sales.NameOf(next["stageId"]));
        Assert.Equal("Qualification", await sales.StageOf(deal));
        (await sales.Move(next.Id, "Qualification")).Expect(422, "invalid");
    }

    [Fact]
    public async Task A_stage_asks_only_for_fields_that_deals_have_and_stays_what_it_is()
    {
        var sales = await Sales.Begin();
        var proposal = sales.Stages["Proposal"];

        (await sales.Door.Patch($"/stages/{proposal}", new { requiredFields = new[] { "custom.budget" } })).Expect(422, "invalid");
        (await sales.Door.Post("/deals/fields", new { name = "budget", label = "Budget", kind = "number" })).Expect(201);
        (await sales.Door.Patch($"/stages/{proposal}", new { requiredFields = new[] { "custom.budget", "nextStep" } })).Expect(200);

        (await sales.Door.Patch($"/stages/{proposal}", new { type = "won" })).Expect(422, "invalid");
        (await sales.Door.Patch($"/stages/{proposal}", new { category = "closed" })).Expect(422, "invalid");
        var won = (await sales.Door.Patch($"/stages/{sales.Stages["Won"]}", new { probability = 20 })).Expect(200);
        Assert.Equal((100, "closed"), (won["probability"].GetInt32(), won["category"].GetString()));
    }

    [Fact]
    public async Task Only_who_shapes_the_data_model_shapes_pipelines_and_everybody_sees_them()
    {
        var sales = await Sales.Begin();
        var seller = sales.Door.WithToken(sales.Crm.TokenOf(Guid.CreateVersion7(), ["sales"]));

        (await seller.Post("/pipelines", new { name = "Mine" })).Expect(403, "not_allowed");
        (await seller.Patch($"/stages/{sales.Stages["Proposal"]}", new { probability = 99 })).Expect(403, "not_allowed");
        (await seller.Post("/pipelines/default")).Expect(403, "not_allowed");
        Assert.Equal(6, (await seller.Get("/stages?include=total")).Expect(200)["total"].GetInt32());
        (await seller.Post("/deals", new { name = "Mine" })).Expect(201);
    }

    [Fact]
    public async Task The_last_pipeline_that_is_marked_is_the_default()
    {
        var sales = await Sales.Begin();
        var second = (await sales.Door.Post("/pipelines", new { name = "Renewals", isDefault = true })).Expect(201).Id;
        (await sales.Door.Post("/stages", new { pipelineId = second, name = "Due" })).Expect(201);

        Assert.False((await sales.Door.Get($"/pipelines/{sales.Pipeline}")).Expect(200)["isDefault"].GetBoolean());
        Assert.Equal(second, (await sales.Door.Post("/deals", new { name = "Renewal" })).Expect(201)["pipelineId"].GetGuid());
        var named = (await sales.Door.Post("/deals", new { name = "New", pipelineName = "sales", stageName = "needs analysis" })).Expect(201);
        Assert.Equal("Needs analysis", sales.NameOf(named["stageId"]));
        (await sales.Door.Post("/deals", new { name = "New", stageName = "Elsewhere" })).Expect(422, "invalid");
    }
}
