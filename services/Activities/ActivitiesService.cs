using CrmPlatform.Activities.Timeline;
using CrmPlatform.Hosting;

namespace CrmPlatform.Activities;

/// <summary>What happened, on one line of time per person, company, lead and deal.</summary>
public sealed class ActivitiesService : Service
{
    /// <inheritdoc/>
    public override string Name => "activities";

    /// <inheritdoc/>
    public override int PortOffset => 2;

    /// <inheritdoc/>
    protected override void Declare(Contents it)
    {
        // Whose each is decides who reads of it; what refers to what, on which timelines it is.
        it.Copies("contacts.contact", "firstName", "lastName", "ownerId", "teamId");
        it.Copies("contacts.account", "name", "ownerId", "teamId");
        it.Copies("leads.lead", "firstName", "lastName", "company", "convertedContactId", "convertedAccountId", "ownerId", "teamId");
        it.Copies("pipeline.deal", "name", "accountId", "ownerId", "teamId");
        it.Copies("pipeline.dealContact", "dealId", "contactId");
        it.Copies("pipeline.stage", "name");
        it.Get("/timeline/{recordId:guid}", ReadTimeline.Handle);

        it.Reacts<OnContactCreated>();
        it.Reacts<OnContactUpdated>();
        it.Reacts<OnContactDeleted>();
        it.Reacts<OnContactRestored>();

        it.Reacts<OnLeadCreated>();
        it.Reacts<OnLeadUpdated>();
        it.Reacts<OnLeadDeleted>();
        it.Reacts<OnLeadRestored>();
        it.Reacts<OnLeadStatusOverridden>();
        it.Reacts<OnLeadResponseOverdue>();
        it.Reacts<OnLeadConverted>();

        it.Reacts<OnDealCreated>();
        it.Reacts<OnDealUpdated>();
        it.Reacts<OnDealDeleted>();
        it.Reacts<OnDealRestored>();
        it.Reacts<OnDealMoved>();
        it.Reacts<OnDealWon>();
        it.Reacts<OnDealLost>();
        it.Reacts<OnDealReopened>();
        it.Reacts<OnDealStalled>();
        it.Reacts<OnDealOverdue>();
    }
}
