using CrmPlatform.Contracts.Pipeline;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>A deal stays too long where it is: its timeline says so.</summary>
public sealed class OnDealStalled : IConsumer<DealStalled>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<DealStalled> context)
    {
        var told = context.Message;
        return TimelineEntry.Add(
            context.Session(), told, context.HappenedAt(), "stalled", new { told.Stage, told.MaxAgeDays }).AsTask();
    }
}
