using CrmPlatform.Activities.Timeline;
using CrmPlatform.Hosting;

namespace CrmPlatform.Activities;

/// <summary>What happened, on one line of time per person and company.</summary>
public sealed class ActivitiesService : Service
{
    /// <inheritdoc/>
    public override string Name => "activities";

    /// <inheritdoc/>
    public override int PortOffset => 2;

    /// <inheritdoc/>
    protected override void Declare(Contents it)
    {
        it.Copies("contacts.contact", "ownerId", "teamId"); // whose it is decides who reads its timeline
        it.Get("/timeline/{recordId:guid}", ReadTimeline.Handle);
        it.Reacts<OnContactCreated>();
        it.Reacts<OnContactUpdated>();
        it.Reacts<OnContactDeleted>();
        it.Reacts<OnContactRestored>();
    }
}
