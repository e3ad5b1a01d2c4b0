using CrmPlatform.Contracts.Contacts;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>A person was restored: their timeline says so.</summary>
public sealed class OnContactRestored : IConsumer<ContactRestored>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<ContactRestored> context) =>
        TimelineEntry.Add(context.Session(), context.Message, context.HappenedAt(), "restored").AsTask();
}
