using CrmPlatform.Contracts.Contacts;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>A person was entered: their timeline says so.</summary>
public sealed class OnContactCreated : IConsumer<ContactCreated>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<ContactCreated> context) =>
        TimelineEntry.Add(context.Session(), context.Message, context.HappenedAt(), "entered").AsTask();
}
