using CrmPlatform.Contracts.Pipeline;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>A deal is open again: its timeline says so.</summary>
public sealed class OnDealReopened : IConsumer<DealReopened>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<DealReopened> context)
    {
        var told = context.Message;
        return TimelineEntry.Add(
            context.Session(), told, context.HappenedAt(), "reopened", new { told.From, told.To, told.Reason }).AsTask();
    }
}
