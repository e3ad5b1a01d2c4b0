using CrmPlatform.Contracts.Pipeline;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>A deal was deleted: its timeline says so.</summary>
public sealed class OnDealDeleted : IConsumer<DealDeleted>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<DealDeleted> context) =>
        TimelineEntry.Add(context.Session(), context.Message, context.HappenedAt(), "deleted").AsTask();
}
