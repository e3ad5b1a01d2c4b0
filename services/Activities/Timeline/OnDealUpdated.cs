using CrmPlatform.Contracts.Pipeline;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>A deal was changed: its timeline says so, where it is more than what follows by itself.</summary>
public sealed class OnDealUpdated : IConsumer<DealUpdated>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<DealUpdated> context) =>
        TimelineEntry.Add(context.Session(), context.Message, context.HappenedAt(), Steps.Deal(context.Message.Changes)).AsTask();
}
