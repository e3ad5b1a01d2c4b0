using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Telemetry;
using CrmPlatform.Journal.Intake;
using CrmPlatform.Journal.Telemetry;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Graph.Subscriptions;

/// <summary>Hears what all services tell, over a queue of this process's own: for those who listen, and for what their tokens still allow.</summary>
internal sealed class Feed(Hub hub, Rechecks rechecks, JournalMetrics metrics, Settings settings, TimeProvider clock, ILogger<Feed> log)
    : Hearing(settings.RabbitMq, $"{GraphApp.Itself} feed", ["#"], clock, log)
{
    protected override void Begin()
    {
        metrics.Broker(true);
        hub.Begin();
        rechecks.All();
    }

    protected override void End()
    {
        metrics.Broker(false);
        hub.Pause();
    }

    protected override void Hear(IncomingEvent told)
    {
        hub.Hear(told);
        rechecks.Hear(told);
    }
}
