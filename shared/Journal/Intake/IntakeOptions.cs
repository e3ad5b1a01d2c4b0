namespace CrmPlatform.Journal.Intake;

/// <summary>What one service hears and how it takes it in.</summary>
/// <param name="Service">The service's name, which is also its queue's.</param>
/// <param name="Broker">Where RabbitMQ is: <c>amqp://user:password@host:port/vhost</c>.</param>
public sealed record IntakeOptions(string Service, Uri Broker)
{
    /// <summary>The <c>On…</c> classes: each an <c>IConsumer&lt;T&gt;</c> of one or more contracts.</summary>
    public IReadOnlyList<Type> Consumers { get; init; } = [];

    /// <summary>Fields of other services' records that this service keeps.</summary>
    public IReadOnlyList<Copy> Copies { get; init; } = [];

    /// <summary>The services whose records these are.</summary>
    public IReadOnlyList<string> Sources => [.. Copies.Where(c => c != Copy.OfEverything).Select(c => c.Source).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Whatever takes events by the run.</summary>
    public IReadOnlyList<Projection> Projections { get; init; } = [];

    /// <summary>How long an event whose consumer failed waits before each further attempt; after the last it is parked.</summary>
    public IReadOnlyList<TimeSpan> Delays { get; init; } = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)];

    /// <summary>How many events share one transaction at most.</summary>
    public int RunSize { get; init; } = 200;

    /// <summary>How many events the broker hands over before it waits for acknowledgements: two runs, so that one arrives while one is applied.</summary>
    public ushort Prefetch { get; init; } = 400;

    /// <summary>How often the queue's depth is looked at.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a stop waits for the run under way.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(5);
}
