using CrmPlatform.Hosting;
using CrmPlatform.Pipeline.Currencies;
using CrmPlatform.Pipeline.Deals;
using CrmPlatform.Pipeline.Forecasts;
using CrmPlatform.Pipeline.Pipelines;
using CrmPlatform.Pipeline.Products;

namespace CrmPlatform.Pipeline;

/// <summary>Deals on their way through pipelines: what they are worth, where they stand, what is to be expected of them.</summary>
public sealed class PipelineService : Service
{
    /// <inheritdoc/>
    public override string Name => "pipeline";

    /// <inheritdoc/>
    public override int PortOffset => 6;

    /// <inheritdoc/>
    protected override void Declare(Contents it)
    {
        it.Keeps<Pipelines.Pipeline>("pipelines", PipelineRule.Rule);
        it.Post("/pipelines/default", EnterDefaultPipeline.Handle);
        it.Get("/pipelines/{id:guid}/velocity", ReadVelocity.Handle);
        it.Reacts<OnCompanyCreated>();
        it.Keeps<Stage>("stages", StageRule.Rule);

        it.Keeps<Deal>("deals", DealRule.Rule);
        it.Get("/deals/board", ReadBoard.Handle);
        it.Get("/deals/{id:guid}/stays", ReadStays.Handle);
        it.Post("/deals/{id:guid}/move", MoveDeal.Handle);
        it.Post("/deals/{id:guid}/win", WinDeal.Handle);
        it.Post("/deals/{id:guid}/lose", LoseDeal.Handle);
        it.Post("/deals/{id:guid}/reopen", ReopenDeal.Handle);
        it.LetsOverride(MoveTerms.Usual);
        it.When(Warnings.Stalls);
        it.When(Warnings.Lapses);
        it.Keeps<DealContact>("dealContacts", DealContact.Rule);
        it.Keeps<DealMember>("dealMembers", DealMember.Rule);
        it.Keeps<Competitor>("competitors");
        it.Keeps<DealCompetitor>("dealCompetitors", DealCompetitor.Rule);
        it.Copies("contacts.account", "name", "industry", "type", "ownerId", "teamId");
        it.Copies("contacts.contact", "firstName", "lastName", "accountId", "ownerId", "teamId");
        it.Copies("identity.company", "currency");
        it.Reacts<OnAccountMerged>();
        it.Reacts<OnContactMerged>();
        it.Follows("contacts.account");
        it.Follows("contacts.contact");
        it.Reacts<OnLeadConverted>();
        it.Follows("leads.lead");
        it.Rewrites<Deal>(StageRule.Reweigh, "status = 'open' and stage_id = $2");

        it.Keeps<CurrencyRate>("currencyRates", CurrencyRate.Rule);
        it.Keeps<PipelineSettings>("pipelineSettings", PipelineSettings.Rule);
        it.Rewrites<Deal>(RevalueDeals.Kind, RevalueDeals.Which);
        it.Post("/deals/revalue", RevalueDeals.Handle);

        it.Keeps<Product>("products", Product.Rule);
        it.Keeps<PriceBook>("priceBooks");
        it.Keeps<Price>("prices");
        it.Post("/deals/{id:guid}/lines", SetLines.Handle);

        it.Keeps<Quota>("quotas", Quota.Rule);
        it.Keeps<ForecastAdjustment>("forecastAdjustments", ForecastAdjustment.Rule);
        it.Keeps<ForecastSnapshot>("forecastSnapshots", ForecastSnapshot.Rule);
        it.Get("/forecasts", ReadForecast.Handle);
        it.When(KeepForecasts.Weekly);
    }
}
