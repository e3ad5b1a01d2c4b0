using CrmPlatform.Contracts.Pipeline;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>A deal was entered: its timeline says so.</summary>
public sealed class OnDealCreated : IConsumer<DealCreated>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<DealCreated> context) =>
        TimelineEntry.Add(context.Session(), context.Message, context.HappenedAt(), "entered").AsTask();
}
