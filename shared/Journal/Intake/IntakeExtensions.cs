using CrmPlatform.Journal.Relay;
using CrmPlatform.Journal.Telemetry;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Journal.Intake;

/// <summary>Puts the intake into a service's container, and a session into a consumer's hands.</summary>
public static class IntakeExtensions
{
    /// <summary>
    /// The session of the run this event is part of. Whatever is written through it is committed with the run, and exactly once; the consumer
    /// neither commits nor disposes it.
    /// </summary>
    public static Session Session(this ConsumeContext context) =>
        context.GetPayload<Attempt>().Session;

    /// <summary>When the event happened.</summary>
    public static DateTimeOffset HappenedAt(this ConsumeContext context) => context.GetPayload<Attempt>().Event.At;

    /// <summary>
    /// Adds <see cref="Intake"/> (hosted) and <see cref="Parking"/>. The container must hold <see cref="Sessions"/>, <see cref="Broker"/>,
    /// <see cref="JournalMetrics"/> and <see cref="TimeProvider"/>.
    /// </summary>
    /// <param name="services">The service's container.</param>
    /// <param name="options">What the service hears.</param>
    /// <param name="data">The data source of the service's login: runs.</param>
    /// <param name="ops">The data source of its ops login: parking.</param>
    public static IServiceCollection AddIntake(
        this IServiceCollection services, IntakeOptions options, Func<IServiceProvider, NpgsqlDataSource> data, Func<IServiceProvider, NpgsqlDataSource> ops) =>
        services
            .AddSingleton(s => new Parking(
                options.Service, ops(s), s.GetRequiredService<Broker>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<Parking>>()))
            .AddSingleton(s => new Intake(
                options, s, s.GetRequiredService<Sessions>(), data(s), ops(s), s.GetRequiredService<Broker>(), s.GetRequiredService<Parking>(),
                s.GetRequiredService<TimeProvider>(), s.GetRequiredService<JournalMetrics>(), s.GetRequiredService<ILoggerFactory>()))
            .AddSingleton<IHostedService>(s => s.GetRequiredService<Intake>());
}
