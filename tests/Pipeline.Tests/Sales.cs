using System.Text.Json;
using CrmPlatform.Testing;

namespace CrmPlatform.Pipeline.Tests;

/// <summary>A tenant with the default pipeline, and words to work with it.</summary>
internal sealed class Sales
{
    private Sales(TestCrm crm, Guid pipeline, IReadOnlyDictionary<string, Guid> stages) => (Crm, Pipeline, Stages) = (crm, pipeline, stages);

    public TestCrm Crm { get; }

    public Guid Pipeline { get; }

    public IReadOnlyDictionary<string, Guid> Stages { get; private set; }

    public Door Door => Crm.Service("pipeline");

    public static async Task<Sales> Begin()
    {
        var crm = await TestCrm.Tenant();
        var pipeline = (await crm.Service("pipeline").Post("/pipelines/default")).Expect(200).Id;
        var sales = new Sales(crm, pipeline, new Dictionary<string, Guid>());
        await sales.ReadStages();
        return sales;
    }

    public async Task ReadStages() => Stages = (await Door.Get($"/stages?filter=pipelineId = \"{Pipeline}\"&sort=position")).Expect(200)["items"]
        .EnumerateArray().ToDictionary(s => s.GetProperty("name").GetString()!, s => s.GetProperty("id").GetGuid());

    public async Task<Guid> Deal(string name = "Engines", string? stage = null, object? amount = null, DateOnly? close = null) => (await Door.Post(
        "/deals",
        new
        {
            name,
            stageId = stage is null ? (Guid?)null : Stages[stage],
            amount = amount ?? Eur(1000),
            expectedCloseOn = close ?? new DateOnly(2030, 6, 30),
        })).Expect(201).Id;

    public Task<Reply> Move(Guid deal, string stage, object? fields = null, string? from = null, string? reason = null) => Door.Post(
        $"/deals/{deal}/move",
        new { stageId = Stages[stage], from = from is null ? (Guid?)null : Stages[from], fields, @override = reason });

    public async Task<string> StageOf(Guid deal) => NameOf((await Door.Get($"/deals/{deal}")).Expect(200)["stageId"]);

    public string NameOf(JsonElement stage) => Stages.First(s => s.Value == stage.GetGuid()).Key;

    public static object Eur(decimal amount) => Money(amount, "EUR");

    public static object Money(decimal amount, string currency) =>
        new { amount = amount.ToString(System.Globalization.CultureInfo.InvariantCulture), currency };
}
