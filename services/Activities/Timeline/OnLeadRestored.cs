using CrmPlatform.Contracts.Leads;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>A lead was restored: its timeline says so.</summary>
public sealed class OnLeadRestored : IConsumer<LeadRestored>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<LeadRestored> context) =>
        TimelineEntry.Add(context.Session(), context.Message, context.HappenedAt(), "restored").AsTask();
}
