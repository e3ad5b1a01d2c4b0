using CrmPlatform.Contracts.Pipeline;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>The day a deal was to close is past: its timeline says so.</summary>
public sealed class OnDealOverdue : IConsumer<DealOverdue>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<DealOverdue> context) =>
        TimelineEntry.Add(context.Session(), context.Message, context.HappenedAt(), "overdue", new { context.Message.ExpectedCloseOn }).AsTask();
}
