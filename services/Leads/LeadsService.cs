using CrmPlatform.Hosting;
using CrmPlatform.Leads.Conversion;
using CrmPlatform.Leads.Leads;
using CrmPlatform.Records;

namespace CrmPlatform.Leads;

/// <summary>Those who may want to buy, from the first touch until they are contacts and deals.</summary>
public sealed class LeadsService : Service
{
    /// <inheritdoc/>
    public override string Name => "leads";

    /// <inheritdoc/>
    public override int PortOffset => 5;

    /// <inheritdoc/>
    protected override void Declare(Contents it)
    {
        it.Keeps<Lead>("leads", CleanLead.Rule, LeadProgress.Rule);
        it.Get("/leads/{id:guid}/steps", ReadLeadSteps.Handle);
        it.Post("/leads/{id:guid}/change-status", ChangeLeadStatus.Handle);
        it.Post("/leads/{id:guid}/disqualify", DisqualifyLead.Handle);
        it.Post("/leads/{id:guid}/recycle", RecycleLead.Handle);
        it.When(WakeLead.Due);
        it.Keeps<LeadTransition>("leadTransitions", Administered.Rule);

        it.Copies("contacts.contact", "firstName", "lastName", "emails", "phones", "accountId", "ownerId", "teamId");
        it.Copies("contacts.account", "name", "domains", "ownerId", "teamId");
        it.Copies("contacts.contactSettings", "country");
        it.Get("/leads/{id:guid}/matches", FindLeadMatches.Handle);
        it.Post("/leads/{id:guid}/convert", ConvertLead.Handle);
        it.WhenRefused("leads.lead.converted", ConvertLead.Refused);
        it.Keeps<ConversionMapping>("conversionMappings", Administered.Rule);
    }
}
