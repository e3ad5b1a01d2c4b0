using CrmPlatform.Contracts.Contacts;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>A person was changed: their timeline says so.</summary>
public sealed class OnContactUpdated : IConsumer<ContactUpdated>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<ContactUpdated> context) =>
        TimelineEntry.Add(context.Session(), context.Message, context.HappenedAt(), "changed").AsTask();
}
