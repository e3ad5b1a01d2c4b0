using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Secrets;
using CrmPlatform.Integrations.Deliveries;
using CrmPlatform.Integrations.Feed;
using CrmPlatform.Integrations.Hearing;
using CrmPlatform.Integrations.Hooks;
using CrmPlatform.Integrations.Sending;
using CrmPlatform.Integrations.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Integrations;

/// <summary>What happens in all services, told to programs outside: delivered to their addresses, or read by them from a feed.</summary>
public sealed class IntegrationsService : Service
{
    private readonly TimeProvider? clock;

    /// <summary>By the clock of the machine.</summary>
    public IntegrationsService()
    {
    }

    /// <summary>By another one.</summary>
    internal IntegrationsService(TimeProvider clock) => this.clock = clock;

    /// <inheritdoc/>
    public override string Name => "integrations";

    /// <inheritdoc/>
    public override int PortOffset => 7;

    /// <inheritdoc/>
    protected override void Declare(Contents it)
    {
        var signals = new Signals();
        Guard? guard = null;
        it.CopiesEverything();
        it.Hears(new Listening(signals));

        it.Keeps<Webhook>("webhooks", (session, before, after) => WebhookRule.Rule(session, before, after, url => guard?.Closed(url)));
        it.Post("/webhooks/{id:guid}/issue", IssueWebhookSecret.Handle);
        it.Get("/webhooks/{id:guid}/secrets", ReadWebhookSecrets.Handle);
        it.Post("/webhooks/{id:guid}/pause", PauseWebhook.Handle);
        it.Post("/webhooks/{id:guid}/resume", ResumeWebhook.Handle);

        it.Post("/webhooks/{id:guid}/test", TestWebhook.Handle);
        it.Post("/webhooks/{id:guid}/redeliver", Redeliver.Handle);
        it.Post("/webhooks/{id:guid}/replay", ReplayEvents.Handle);
        it.Get("/webhooks/{id:guid}/deliveries/{happening:guid}", ReadDelivery.Handle);
        it.Get("/deliveries", ListDeliveries.Handle);

        it.Post("/hooks", SubscribeHook.Handle);
        it.Delete("/hooks/{id:guid}", UnsubscribeHook.Handle);
        it.Get("/hooks/sample", SampleHook.Handle);

        it.Get("/events", ReadEvents.Handle);
        it.Get("/events/stream", StreamEvents.Handle);
        it.Get("/events/types", ListEventTypes.Handle);
        it.Get("/events/counts", CountEvents.Handle);

        if (clock is not null)
            it.Uses(services => services.AddSingleton(clock));
        it.Uses(services => services
            .AddSingleton(signals).AddSingleton<Sealed>().AddSingleton<WebhookSecrets>().AddSingleton<WebhookMetrics>()
            .AddSingleton(p => guard = new Guard(p.GetRequiredService<Settings>())).AddSingleton<Sender>().AddSingleton<Outcomes>().AddSingleton<Lane.Parts>()
            .AddHostedService(p => p.GetRequiredService<Outcomes>()).AddHostedService<Deliverer>()
            .AddHostedService<DeliverySweeper>().AddSingleton(p => new Tester(p.GetRequiredService<Sender>(), p.GetRequiredService<WebhookSecrets>())));
    }
}
