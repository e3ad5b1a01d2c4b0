using CrmPlatform.Contracts.Leads;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>A lead was captured: its timeline says so, to whom it was given, and how it is graded.</summary>
public sealed class OnLeadCreated : IConsumer<LeadCreated>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<LeadCreated> context) =>
        TimelineEntry.Add(context.Session(), context.Message, context.HappenedAt(), Steps.Captured(context.Message.Changes)).AsTask();
}
