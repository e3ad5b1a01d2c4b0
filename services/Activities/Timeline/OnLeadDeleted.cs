using CrmPlatform.Contracts.Leads;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>A lead was deleted: its timeline says so.</summary>
public sealed class OnLeadDeleted : IConsumer<LeadDeleted>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<LeadDeleted> context) =>
        TimelineEntry.Add(context.Session(), context.Message, context.HappenedAt(), "deleted").AsTask();
}
