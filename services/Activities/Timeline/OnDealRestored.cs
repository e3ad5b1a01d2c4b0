using CrmPlatform.Contracts.Pipeline;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>A deal was restored: its timeline says so.</summary>
public sealed class OnDealRestored : IConsumer<DealRestored>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<DealRestored> context) =>
        TimelineEntry.Add(context.Session(), context.Message, context.HappenedAt(), "restored").AsTask();
}
