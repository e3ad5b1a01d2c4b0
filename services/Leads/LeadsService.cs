using CrmPlatform.Hosting;
using CrmPlatform.Leads.Assignment;
using CrmPlatform.Leads.Conversion;
using CrmPlatform.Leads.Forms;
using CrmPlatform.Leads.Leads;
using CrmPlatform.Leads.Scorecards;
using CrmPlatform.Leads.Scoring;
using CrmPlatform.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

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
        it.Keeps<Lead>("leads", CleanLead.Rule, QualifyLead.Rule, ScoreLead.Rule, AssignLead.Rule, LeadProgress.Rule, RespondToLead.Rule);
        it.Get("/leads/{id:guid}/steps", ReadLeadSteps.Handle);
        it.Post("/leads/{id:guid}/change-status", ChangeLeadStatus.Handle);
        it.Post("/leads/{id:guid}/disqualify", DisqualifyLead.Handle);
        it.Post("/leads/{id:guid}/recycle", RecycleLead.Handle);
        it.When(WakeLead.Due);
        it.Keeps<LeadTransition>("leadTransitions", Administered.Rule);
        it.LetsOverride(LeadSteps.Override);

        it.Copies("contacts.contact", "firstName", "lastName", "emails", "phones", "accountId", "ownerId", "teamId");
        it.Copies("contacts.account", "name", "domains", "ownerId", "teamId");
        it.Copies("contacts.contactSettings", "country");
        it.Get("/leads/{id:guid}/matches", FindLeadMatches.Handle);
        it.Get("/leads/{id:guid}/conversion", ReadConversion.Handle);
        it.Post("/leads/{id:guid}/convert", ConvertLead.Handle);
        it.WhenRefused("leads.lead.converted", ConvertLead.Refused);
        it.Keeps<ConversionMapping>("conversionMappings", Administered.Rule);

        it.Keeps<Scorecard>("scorecards", Administered.Rule, Scorecard.Rule);
        it.Keeps<ScorecardAnswer>("scorecardAnswers", ScorecardAnswer.Rule);
        it.Post("/leads/{id:guid}/scorecard", AnswerScorecard.Handle);

        it.Keeps<Engagement>("engagements", Engagement.Rule);
        it.Post("/leads/{id:guid}/engagements", RecordEngagement.Handle);
        it.Get("/leads/{id:guid}/score", ReadLeadScore.Handle);
        it.When(ScoreLead.Due);
        it.Rewrites<Lead>(Rescore.Kind, Rescore.Which);
        it.Keeps<ScoringRule>("scoringRules", Administered.Rule, ScoringRule.Rule);
        it.Post("/scoringRules/preview", PreviewScoringRule.Handle);
        it.Keeps<ScoringGroup>("scoringGroups", Administered.Rule, ScoringGroup.Rule);
        it.Keeps<LeadSettings>("leadSettings", Administered.Rule, LeadSettings.Rule);

        it.Keeps<AssignmentRule>("assignmentRules", Administered.Rule, AssignmentRule.Rule);
        it.Keeps<ResponseTarget>("responseTargets", Administered.Rule, ResponseTarget.Rule);
        it.When(RespondToLead.Due);
        it.Get("/leads/speed", ReadLeadSpeed.Handle);

        it.Keeps<Form>("forms", Administered.Rule, Form.Rule);
        it.Keeps<FormSubmission>("formSubmissions");
        it.Opens(FormPages.Path);
        it.Uses(services => services.AddSingleton<FormDesk>().AddSingleton<TakeForm>());
    }

    /// <inheritdoc/>
    protected internal override void Map(WebApplication app)
    {
        base.Map(app);
        FormPages.Map(app);
    }
}
