using CrmPlatform.Contracts.Leads;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>A lead was changed: its timeline says what that is to people: given to somebody, moved on, graded anew.</summary>
public sealed class OnLeadUpdated : IConsumer<LeadUpdated>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<LeadUpdated> context) =>
        TimelineEntry.Add(context.Session(), context.Message, context.HappenedAt(), Steps.Lead(context.Message.Changes)).AsTask();
}
