using CrmPlatform.Contracts.Pipeline;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>A deal was lost: its timeline says why.</summary>
public sealed class OnDealLost : IConsumer<DealLost>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<DealLost> context)
    {
        var told = context.Message;
        return TimelineEntry.Add(
            context.Session(), told, context.HappenedAt(), "lost", new { told.Reason, told.DaysInStage, told.Override }).AsTask();
    }
}
