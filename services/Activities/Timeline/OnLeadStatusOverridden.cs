using CrmPlatform.Contracts.Leads;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>A lead is taken where its steps do not lead: its timeline says why.</summary>
public sealed class OnLeadStatusOverridden : IConsumer<LeadStatusOverridden>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<LeadStatusOverridden> context)
    {
        var told = context.Message;
        return TimelineEntry.Add(
            context.Session(), told, context.HappenedAt(), "overridden", new { told.From, told.To, told.Reason }).AsTask();
    }
}
