using CrmPlatform.Contracts.Contacts;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>A person was deleted: their timeline says so.</summary>
public sealed class OnContactDeleted : IConsumer<ContactDeleted>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<ContactDeleted> context) =>
        TimelineEntry.Add(context.Session(), context.Message, context.HappenedAt(), "deleted").AsTask();
}
