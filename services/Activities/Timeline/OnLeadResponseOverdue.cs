using CrmPlatform.Contracts.Leads;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>Nobody was in touch with a lead in time: its timeline says so.</summary>
public sealed class OnLeadResponseOverdue : IConsumer<LeadResponseOverdue>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<LeadResponseOverdue> context)
    {
        var told = context.Message;
        return TimelineEntry.Add(
            context.Session(), told, context.HappenedAt(), "responseOverdue", new { told.DueAt, told.GivenTo }).AsTask();
    }
}
