namespace CrmPlatform.Contracts.Pipeline;

/// <summary>A pipeline was set up.</summary>
[Event("pipeline.pipeline.created")]
public sealed record PipelineCreated : RecordEvent;

/// <summary>A pipeline changed: its name, its moves, whether it is the default.</summary>
[Event("pipeline.pipeline.updated")]
public sealed record PipelineUpdated : RecordEvent;

/// <summary>A pipeline that no deal is in went to the trash.</summary>
[Event("pipeline.pipeline.deleted")]
public sealed record PipelineDeleted : RecordEvent;

/// <summary>A pipeline came back from the trash.</summary>
[Event("pipeline.pipeline.restored")]
public sealed record PipelineRestored : RecordEvent;

/// <summary>A pipeline got a stage.</summary>
[Event("pipeline.stage.created")]
public sealed record StageCreated : RecordEvent;

/// <summary>A stage changed: what it asks for, how likely deals there are won.</summary>
[Event("pipeline.stage.updated")]
public sealed record StageUpdated : RecordEvent;

/// <summary>A stage that no deal is in went to the trash.</summary>
[Event("pipeline.stage.deleted")]
public sealed record StageDeleted : RecordEvent;

/// <summary>A stage came back from the trash.</summary>
[Event("pipeline.stage.restored")]
public sealed record StageRestored : RecordEvent;

/// <summary>A deal was entered.</summary>
[Event("pipeline.deal.created")]
public sealed record DealCreated : RecordEvent;

/// <summary>Fields of a deal changed.</summary>
[Event("pipeline.deal.updated")]
public sealed record DealUpdated : RecordEvent;

/// <summary>A deal went to the trash.</summary>
[Event("pipeline.deal.deleted")]
public sealed record DealDeleted : RecordEvent;

/// <summary>A deal came back from the trash.</summary>
[Event("pipeline.deal.restored")]
public sealed record DealRestored : RecordEvent;

/// <summary>A deal went from one open stage to another.</summary>
[Event("pipeline.deal.moved")]
public sealed record DealMoved : RecordEvent
{
    /// <summary>The stage it was in.</summary>
    public required Guid From { get; init; }

    /// <summary>The stage it is in now.</summary>
    public required Guid To { get; init; }

    /// <summary>How many days it was in the stage before.</summary>
    public required decimal DaysInStage { get; init; }

    /// <summary>Why it went though the pipeline does not foresee it, where that is so.</summary>
    public string? Override { get; init; }
}

/// <summary>A deal was won.</summary>
[Event("pipeline.deal.won")]
public sealed record DealWon : RecordEvent
{
    /// <summary>The stage it was in.</summary>
    public required Guid From { get; init; }

    /// <summary>The stage it is in now.</summary>
    public required Guid To { get; init; }

    /// <summary>How many days it was in the stage before.</summary>
    public required decimal DaysInStage { get; init; }

    /// <summary>Why they bought.</summary>
    public required string Reason { get; init; }

    /// <summary>Why it went though the pipeline does not foresee it, where that is so.</summary>
    public string? Override { get; init; }
}

/// <summary>A deal was lost.</summary>
[Event("pipeline.deal.lost")]
public sealed record DealLost : RecordEvent
{
    /// <summary>The stage it was in.</summary>
    public required Guid From { get; init; }

    /// <summary>The stage it is in now.</summary>
    public required Guid To { get; init; }

    /// <summary>How many days it was in the stage before.</summary>
    public required decimal DaysInStage { get; init; }

    /// <summary>Why they did not buy.</summary>
    public required string Reason { get; init; }

    /// <summary>Why it went though the pipeline does not foresee it, where that is so.</summary>
    public string? Override { get; init; }
}

/// <summary>A deal that had ended is worked on again.</summary>
[Event("pipeline.deal.reopened")]
public sealed record DealReopened : RecordEvent
{
    /// <summary>The stage it was in.</summary>
    public required Guid From { get; init; }

    /// <summary>The stage it is in now.</summary>
    public required Guid To { get; init; }

    /// <summary>Why, where the pipeline does not foresee it.</summary>
    public string? Reason { get; init; }
}

/// <summary>A deal has been in its stage longer than the stage allows. Told once for each stay.</summary>
[Event("pipeline.deal.stalled")]
public sealed record DealStalled : RecordEvent
{
    /// <summary>The stage.</summary>
    public required Guid Stage { get; init; }

    /// <summary>How many days the stage allows.</summary>
    public required int MaxAgeDays { get; init; }
}

/// <summary>The day a deal was expected to close is past. Told once for each day that was expected.</summary>
[Event("pipeline.deal.overdue")]
public sealed record DealOverdue : RecordEvent
{
    /// <summary>The day.</summary>
    public required DateOnly ExpectedCloseOn { get; init; }
}

/// <summary>A person takes part in a deal.</summary>
[Event("pipeline.dealContact.created")]
public sealed record DealContactCreated : RecordEvent;

/// <summary>The part a person takes in a deal changed.</summary>
[Event("pipeline.dealContact.updated")]
public sealed record DealContactUpdated : RecordEvent;

/// <summary>A person takes part in a deal no more.</summary>
[Event("pipeline.dealContact.deleted")]
public sealed record DealContactDeleted : RecordEvent;

/// <summary>A person takes part in a deal again.</summary>
[Event("pipeline.dealContact.restored")]
public sealed record DealContactRestored : RecordEvent;

/// <summary>Somebody works on a deal.</summary>
[Event("pipeline.dealMember.created")]
public sealed record DealMemberCreated : RecordEvent;

/// <summary>What somebody does for a deal changed, or how much of it is theirs.</summary>
[Event("pipeline.dealMember.updated")]
public sealed record DealMemberUpdated : RecordEvent;

/// <summary>Somebody works on a deal no more.</summary>
[Event("pipeline.dealMember.deleted")]
public sealed record DealMemberDeleted : RecordEvent;

/// <summary>Somebody works on a deal again.</summary>
[Event("pipeline.dealMember.restored")]
public sealed record DealMemberRestored : RecordEvent;

/// <summary>A competitor was entered.</summary>
[Event("pipeline.competitor.created")]
public sealed record CompetitorCreated : RecordEvent;

/// <summary>What is known of a competitor changed.</summary>
[Event("pipeline.competitor.updated")]
public sealed record CompetitorUpdated : RecordEvent;

/// <summary>A competitor is asked in a deal.</summary>
[Event("pipeline.dealCompetitor.created")]
public sealed record DealCompetitorCreated : RecordEvent;

/// <summary>How a competitor stands in a deal changed.</summary>
[Event("pipeline.dealCompetitor.updated")]
public sealed record DealCompetitorUpdated : RecordEvent;

/// <summary>A competitor is in a deal no more.</summary>
[Event("pipeline.dealCompetitor.deleted")]
public sealed record DealCompetitorDeleted : RecordEvent;

/// <summary>A product was entered.</summary>
[Event("pipeline.product.created")]
public sealed record ProductCreated : RecordEvent;

/// <summary>What is kept of a product changed.</summary>
[Event("pipeline.product.updated")]
public sealed record ProductUpdated : RecordEvent;

/// <summary>A product that no deal is about went to the trash.</summary>
[Event("pipeline.product.deleted")]
public sealed record ProductDeleted : RecordEvent;

/// <summary>A product came back from the trash.</summary>
[Event("pipeline.product.restored")]
public sealed record ProductRestored : RecordEvent;

/// <summary>A price book was set up.</summary>
[Event("pipeline.priceBook.created")]
public sealed record PriceBookCreated : RecordEvent;

/// <summary>A price book changed.</summary>
[Event("pipeline.priceBook.updated")]
public sealed record PriceBookUpdated : RecordEvent;

/// <summary>A product got a price.</summary>
[Event("pipeline.price.created")]
public sealed record PriceCreated : RecordEvent;

/// <summary>A price changed.</summary>
[Event("pipeline.price.updated")]
public sealed record PriceUpdated : RecordEvent;

/// <summary>A price counts no more.</summary>
[Event("pipeline.price.deleted")]
public sealed record PriceDeleted : RecordEvent;

/// <summary>What a currency is worth from a day on was said.</summary>
[Event("pipeline.currencyRate.created")]
public sealed record CurrencyRateCreated : RecordEvent;

/// <summary>A rate was put right. Deals keep theirs until they are revalued.</summary>
[Event("pipeline.currencyRate.updated")]
public sealed record CurrencyRateUpdated : RecordEvent;

/// <summary>A rate was taken away.</summary>
[Event("pipeline.currencyRate.deleted")]
public sealed record CurrencyRateDeleted : RecordEvent;

/// <summary>How the company reckons with deals was said.</summary>
[Event("pipeline.pipelineSettings.created")]
public sealed record PipelineSettingsCreated : RecordEvent;

/// <summary>How the company reckons with deals changed.</summary>
[Event("pipeline.pipelineSettings.updated")]
public sealed record PipelineSettingsUpdated : RecordEvent;

/// <summary>Somebody, or a team, was given a quota.</summary>
[Event("pipeline.quota.created")]
public sealed record QuotaCreated : RecordEvent;

/// <summary>A quota changed.</summary>
[Event("pipeline.quota.updated")]
public sealed record QuotaUpdated : RecordEvent;

/// <summary>A quota was taken away.</summary>
[Event("pipeline.quota.deleted")]
public sealed record QuotaDeleted : RecordEvent;

/// <summary>A manager adjusted a forecast.</summary>
[Event("pipeline.forecastAdjustment.created")]
public sealed record ForecastAdjustmentCreated : RecordEvent;

/// <summary>An adjustment changed.</summary>
[Event("pipeline.forecastAdjustment.updated")]
public sealed record ForecastAdjustmentUpdated : RecordEvent;

/// <summary>An adjustment was taken back.</summary>
[Event("pipeline.forecastAdjustment.deleted")]
public sealed record ForecastAdjustmentDeleted : RecordEvent;

/// <summary>What a forecast said was kept.</summary>
[Event("pipeline.forecastSnapshot.created")]
public sealed record ForecastSnapshotCreated : RecordEvent;
