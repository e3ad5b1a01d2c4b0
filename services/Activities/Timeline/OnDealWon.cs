using CrmPlatform.Contracts.Pipeline;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>A deal was won: its timeline says why.</summary>
public sealed class OnDealWon : IConsumer<DealWon>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<DealWon> context)
    {
        var told = context.Message;
        return TimelineEntry.Add(
            context.Session(), told, context.HappenedAt(), "won", new { told.Reason, told.DaysInStage, told.Override }).AsTask();
    }
}
