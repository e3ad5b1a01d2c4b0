using CrmPlatform.Journal.Chain;
using CrmPlatform.Journal.Intake;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Journal.Relay;
using CrmPlatform.Journal.Replicas;
using CrmPlatform.Journal.Roles;
using CrmPlatform.Journal.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Journal;

/// <summary>What the journal of one service needs to know.</summary>
/// <param name="Service">The service.</param>
/// <param name="Records">The record types it keeps.</param>
/// <param name="Consumers">Its consumers of events.</param>
/// <param name="Copies">Records of other services it keeps a copy of, with the fields it wants.</param>
/// <param name="Projections">What else takes events by the run.</param>
/// <param name="Login">Connection of the service's own login.</param>
/// <param name="OpsLogin">Connection of its ops tasks: all tenants, adds to the chain, looks after parked events.</param>
/// <param name="Broker">The broker.</param>
/// <param name="Anchors">Folder for anchors, if they are wanted.</param>
/// <param name="AnchorKey">Key file that signs them.</param>
public sealed record JournalParts(
    string Service, IReadOnlyList<RecordType> Records, IReadOnlyList<Type> Consumers, IReadOnlyList<Copy> Copies,
    IReadOnlyList<Projection> Projections, string Login, string OpsLogin, Uri Broker, string? Anchors, string? AnchorKey)
{
    /// <summary>The services of whose records it keeps copies.</summary>
    public IReadOnlyList<string> Sources => Heard.Sources;

    internal IntakeOptions Heard => new(Service, Broker)
    {
        Consumers = Consumers,
        Copies = [.. RoleBook.Copies, .. Copies],
        Projections = [new OnRevoked(), .. Projections],
    };
}

/// <summary>Registers everything between a service's slices, its database and the broker.</summary>
public static class JournalRegistration
{
    /// <summary>Key of the data source of ops tasks.</summary>
    public const string Ops = "ops";

    /// <summary>
    /// Key of the data source for what sessions ask while they have a connection of their own: were it taken from the same pool, as many sessions as
    /// the pool has connections would wait for one another.
    /// </summary>
    public const string Asides = "asides";

    /// <summary>Registers sessions, the relay and the line to the broker.</summary>
    public static void AddJournal(this IServiceCollection services, JournalParts parts)
    {
        services.AddSingleton(new RecordTypes(parts.Records) { Copies = parts.Heard.Copies });
        services.AddSingleton(p => new CustomFields(p.GetRequiredKeyedService<NpgsqlDataSource>(Asides), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new RoleBook(
            p.GetRequiredKeyedService<NpgsqlDataSource>(Asides), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<RoleBook>>()));
        services.AddSingleton<Revocations>();
        services.AddSingleton<IHostedService>(p => p.GetRequiredService<Revocations>());
        services.AddSingleton(p => Source(p, parts.Login, parts.Service));
        services.AddKeyedSingleton(Asides, (p, _) => Source(p, Few(parts.Login, 8), $"{parts.Service} asides"));
        services.AddSingleton(p => new Lookups(Source(p, Few(parts.Login, Lookups.Connections), $"{parts.Service} lookups")));
        services.AddKeyedSingleton(Ops, (p, _) => Source(p, parts.OpsLogin, $"{parts.Service} ops"));
        services.AddSingleton<Wake>();
        services.AddSingleton(p => new Sessions(
            parts.Service, p.GetRequiredService<NpgsqlDataSource>(), p.GetRequiredService<Lookups>(), p.GetRequiredService<RecordTypes>(),
            p.GetRequiredService<CustomFields>(), p.GetRequiredService<RoleBook>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<Wake>(),
            p.GetRequiredService<JournalMetrics>()));

        services.AddSingleton(p => new Broker(parts.Broker, $"crm {parts.Service}", p.GetRequiredService<ILogger<Broker>>()));
        services.AddSingleton(p => new Anchors(
            parts.Service, parts.Anchors, parts.AnchorKey, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<JournalMetrics>(),
            p.GetRequiredService<ILogger<Anchors>>()));
        services.AddSingleton(new RelaySource(parts.Service, parts.OpsLogin));
        services.AddSingleton<Relay.Relay>();
        services.AddSingleton<IHostedService>(p => p.GetRequiredService<Relay.Relay>());
        services.AddIntake(
            parts.Heard, p => p.GetRequiredService<NpgsqlDataSource>(), p => p.GetRequiredKeyedService<NpgsqlDataSource>(Ops));
        services.AddSingleton<IHostedService>(p => new Ahead(
            parts.Heard, p.GetRequiredService<Sessions>(), p.GetRequiredService<NpgsqlDataSource>(), p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<ILogger<Ahead>>()));
        services.AddSingleton(p => new Freshness(
            parts.Sources, p.GetRequiredKeyedService<NpgsqlDataSource>(Ops), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new JournalHealth(
            p.GetRequiredService<NpgsqlDataSource>(), p.GetRequiredService<Broker>(), p.GetRequiredService<Relay.Relay>(),
            p.GetRequiredService<Intake.Intake>()));
        services.AddSingleton<IHostedService>(p => new JournalGauges(
            p.GetRequiredKeyedService<NpgsqlDataSource>(Ops), p.GetRequiredService<Broker>(), p.GetRequiredService<JournalHealth>(),
            p.GetRequiredService<JournalMetrics>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<JournalGauges>>()));
    }

    /// <summary>Declares exchange, stream and the service's queues, so that nothing told before the service first runs is lost to it.</summary>
    public static async Task DeclareQueues(this JournalParts parts, ILogger<Broker> log, CancellationToken cancel)
    {
        await using var broker = new Broker(parts.Broker, $"crm {parts.Service} provision", log);
        broker.Declares(Intake.Intake.QueuesOf(parts.Heard).Declare);
        broker.Declares(Ahead.QueuesOf(parts.Service).Declare);
        await broker.Connect(cancel);
    }

    private static string Few(string connection, int most) => new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = most }.ConnectionString;

    private static NpgsqlDataSource Source(IServiceProvider services, string connection, string name)
    {
        var builder = new NpgsqlDataSourceBuilder(connection) { Name = name };
        builder.UseLoggerFactory(services.GetRequiredService<ILoggerFactory>());
        return builder.Build();
    }
}
