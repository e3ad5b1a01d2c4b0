using CrmPlatform.Contracts.Pipeline;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>A deal went on, or back: its timeline says from where to where, and after how long.</summary>
public sealed class OnDealMoved : IConsumer<DealMoved>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<DealMoved> context)
    {
        var told = context.Message;
        return TimelineEntry.Add(
            context.Session(), told, context.HappenedAt(), "moved", new { told.From, told.To, told.DaysInStage, told.Override }).AsTask();
    }
}
