using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CrmPlatform.Journal.Records;
using CrmPlatform.Pipeline.Pipelines;
using CrmPlatform.Pipeline.Products;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>Something a company may buy, on its way through a pipeline.</summary>
public sealed record Deal : Record
{
    /// <summary>What it is called.</summary>
    [Required, StringLength(200), Searched(4)]
    [Example("Engines for the north")]
    public string Name { get; init; } = "";

    /// <summary>Who would buy.</summary>
    [Refers("contacts.account")]
    [Example("account")]
    public Guid? AccountId { get; init; }

    /// <summary>The pipeline it goes through; the default one where none is named.</summary>
    [Refers("pipeline"), SetWhenEntered]
    public Guid? PipelineId { get; init; }

    /// <summary>The stage it is in; it begins in the pipeline's first one where none is named.</summary>
    [Refers("stage"), SetWhenEntered]
    public Guid? StageId { get; init; }

    /// <summary>The stage it was in before.</summary>
    [Refers("stage"), SetBySlices]
    public Guid? PreviousStageId { get; init; }

    /// <summary>Since when it is in its stage.</summary>
    [SetBySlices]
    public DateTimeOffset? StageEnteredAt { get; init; }

    /// <summary>Open, won or lost, as its stage says.</summary>
    [SetBySlices]
    public StageType Status { get; init; }

    /// <summary>What of its stage's checklist is done.</summary>
    [MaxItems(50), ItemLength(200)]
    public string[] Done { get; init; } = [];

    /// <summary>What it is worth. Where it has lines it is what they come to.</summary>
    [Example("{\"amount\": \"12500.00\", \"currency\": \"EUR\"}")]
    public Money? Amount { get; init; }

    /// <summary>The products it is about. They make up its amount.</summary>
    [MaxItems(500)]
    public IReadOnlyList<DealLine> Lines { get; init; } = [];

    /// <summary>The price book its lines take their prices from.</summary>
    [Refers("priceBook")]
    public Guid? PriceBookId { get; init; }

    /// <summary>How much of the reporting currency one of its own is worth: the rate of the day it is to close, kept until it is revalued.</summary>
    [SetBySlices(nameof(Amount))]
    public decimal? Rate { get; init; }

    /// <summary>Its amount in the reporting currency.</summary>
    [SetBySlices(nameof(Amount))]
    public Money? Converted { get; init; }

    /// <summary>How likely it is won, in percent, where somebody knows better than its stage. Emptied, the stage's counts again.</summary>
    [Range(0, 100)]
    public int? ManualProbability { get; init; }

    /// <summary>How likely it is won, in percent.</summary>
    [Range(0, 100), SetBySlices(nameof(ManualProbability))]
    public int Probability { get; init; }

    /// <summary>What it counts as in a forecast, where somebody knows better than its stage. Emptied, the stage's counts again.</summary>
    public ForecastCategory? ManualCategory { get; init; }

    /// <summary>What it counts as in a forecast.</summary>
    [SetBySlices(nameof(ManualCategory))]
    public ForecastCategory Category { get; init; }

    /// <summary>The day they are expected to sign.</summary>
    [Example("2026-12-31")]
    public DateOnly? ExpectedCloseOn { get; init; }

    /// <summary>The day that was expected first.</summary>
    [SetBySlices(nameof(ExpectedCloseOn))]
    public DateOnly? FirstCloseOn { get; init; }

    /// <summary>How often the day was put off.</summary>
    [SetBySlices(nameof(ExpectedCloseOn))]
    public int Slips { get; init; }

    /// <summary>The day it was won or lost.</summary>
    [SetWhenEntered]
    public DateOnly? ClosedOn { get; init; }

    /// <summary>What kind of business it is.</summary>
    public DealType? Type { get; init; }

    /// <summary>Where it comes from: <c>web</c>, <c>fair</c>, <c>referral</c>.</summary>
    [StringLength(100)]
    public string? Source { get; init; }

    /// <summary>The campaign it comes from.</summary>
    [Refers("campaigns.campaign")]
    public Guid? CampaignId { get; init; }

    /// <summary>The lead it was.</summary>
    [Refers("leads.lead")]
    public Guid? LeadId { get; init; }

    /// <summary>What is to be done next.</summary>
    [StringLength(500), Searched]
    [Example("Send the offer")]
    public string? NextStep { get; init; }

    /// <summary>By when.</summary>
    public DateOnly? NextStepOn { get; init; }

    /// <summary>What else there is to know.</summary>
    [Kind(FieldKind.LongText), StringLength(20_000), Searched]
    public string? Description { get; init; }

    /// <summary>Why they bought.</summary>
    [StringLength(200)]
    public string? WinReason { get; init; }

    /// <summary>Why they did not.</summary>
    [StringLength(200)]
    public string? LossReason { get; init; }

    /// <summary>What there is to say about how it ended.</summary>
    [Kind(FieldKind.LongText), StringLength(5000)]
    public string? CloseNote { get; init; }

    /// <summary>Since when it has been longer in its stage than the stage allows, while it is.</summary>
    [SetBySlices]
    public DateTimeOffset? StalledAt { get; init; }

    /// <summary>Since when the day it was expected to close is past, while it is.</summary>
    [SetBySlices(nameof(ExpectedCloseOn))]
    public DateTimeOffset? OverdueAt { get; init; }

    /// <summary>When it will have been in its stage for too long.</summary>
    [SetBySlices]
    public DateTimeOffset? StallsAt { get; init; }

    /// <summary>When the day it is expected to close will be past.</summary>
    [SetBySlices(nameof(ExpectedCloseOn))]
    public DateTimeOffset? LapsesAt { get; init; }

    /// <summary>Its pipeline by name, for those who enter many.</summary>
    [Input(nameof(PipelineId)), JsonIgnore, StringLength(100)]
    public string? PipelineName { get; init; }

    /// <summary>Its stage by name, for those who enter many.</summary>
    [Input(nameof(StageId)), JsonIgnore, StringLength(100)]
    public string? StageName { get; init; }

    /// <summary>The number of its amount, to be summed within one currency.</summary>
    [Derived(nameof(Amount))]
    public decimal? Value => Amount?.Amount;

    /// <summary>The currency of its amount.</summary>
    [Derived(nameof(Amount))]
    public string? Currency => Amount?.Currency;

    /// <summary>The number of its amount in the reporting currency.</summary>
    [Derived(nameof(Amount), nameof(Converted))]
    public decimal? ConvertedValue => Converted?.Amount;

    /// <summary>The reporting currency it was converted to.</summary>
    [Derived(nameof(Amount), nameof(Converted))]
    public string? ConvertedCurrency => Converted?.Currency;

    /// <summary>What of it may be counted on: as much of its converted amount as it is likely.</summary>
    [Derived(nameof(Amount), nameof(Converted), nameof(Probability))]
    public decimal? Weighted => Converted?.Amount * Probability / 100m;
}

/// <summary>What kind of business a deal is.</summary>
public enum DealType
{
    /// <summary>They buy for the first time.</summary>
    New,

    /// <summary>They go on with what they have.</summary>
    Renewal,

    /// <summary>They take more of what they have.</summary>
    Expansion,
}
