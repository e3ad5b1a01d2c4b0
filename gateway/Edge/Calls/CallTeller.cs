using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Calls;
using CrmPlatform.Journal.Relay;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace CrmPlatform.Edge.Calls;

/// <summary>
/// Tells identity what programs asked, once a second or a thousand at once. While the broker is away it keeps what it has, and what comes is counted.
/// </summary>
internal sealed partial class CallTeller(CallLog calls, Settings settings, TimeProvider clock, ILoggerFactory logs) : BackgroundService
{
    private const int MostAtOnce = 1_000;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1), Last = TimeSpan.FromSeconds(2);

    private readonly Uri address = settings.RabbitMq; // said at once where it is not set
    private readonly ILogger log = logs.CreateLogger<CallTeller>();
    private CallsTold? untold;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var broker = new Broker(address, "edge calls", logs.CreateLogger<Broker>());
        broker.Declares(CallsTold.Declare);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested)
                await Tell(broker, stoppingToken);
        }
        using var last = new CancellationTokenSource(Last, clock);
        if (!await Tell(broker, last.Token))
            Lost((untold?.Calls.Count ?? 0) + calls.Waiting.Count);
    }

    // The same batch until the broker has it: identity takes it once.
    private async Task<bool> Tell(Broker broker, CancellationToken cancel)
    {
        try
        {
            while ((untold ??= Next()) is { } batch)
            {
                var message = new BasicProperties { Persistent = true, MessageId = $"{batch.Batch}", ContentType = "application/json" };
                await broker.Publish([new Message("", CallsTold.Queue, message, batch.Write())], cancel);
                untold = null;
            }
            return true;
        }
        catch (Exception e) when (e is BrokerAway or OperationCanceledException)
        {
            Waits(e.Message);
            return false;
        }
    }

    private CallsTold? Next()
    {
        var some = new List<Call>();
        while (some.Count < MostAtOnce && calls.Waiting.TryRead(out var call))
            some.Add(calls.Told(call));
        var usage = calls.TakeUsage();
        return some.Count > 0 || usage.Count > 0 ? new(Guid.CreateVersion7(clock.GetUtcNow()), some, usage) : null;
    }

    [LoggerMessage(LogLevel.Debug, "What programs asked waits: {Why}")]
    private partial void Waits(string why);

    [LoggerMessage(LogLevel.Warning, "{Calls} requests of programs could not be told before the end")]
    private partial void Lost(int calls);
}
