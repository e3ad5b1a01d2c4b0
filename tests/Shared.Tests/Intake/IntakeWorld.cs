using CrmPlatform.Journal;
using CrmPlatform.Journal.Intake;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Journal.Relay;
using CrmPlatform.Journal.Roles;
using CrmPlatform.Journal.Telemetry;
using CrmPlatform.Testing;
using CrmPlatform.Testing.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client;

namespace CrmPlatform.Shared.Tests.Intake;

/// <summary>A service of its own for one test: database, roles and queue on the real servers, gone at the end.</summary>
internal sealed class IntakeWorld : IAsyncDisposable
{
    private readonly TestServers servers;
    private readonly List<ServiceProvider> processes = [];
    private readonly NpgsqlDataSource admin;

    private IntakeWorld(TestServers servers)
    {
        this.servers = servers;
        Name = $"t{Guid.CreateVersion7():N}";
        var postgres = new NpgsqlConnectionStringBuilder(servers.Postgres) { Pooling = false };
        admin = NpgsqlDataSource.Create(postgres);
        Database = Proxy.To($"tcp://{postgres.Host}:{postgres.Port}");
        Broker = Proxy.To(servers.RabbitMq);
    }

    public string Name { get; }

    public Script Script { get; } = new();

    /// <summary>Between the service and its servers, so that a test can take one away.</summary>
    public Proxy Database { get; }

    public Proxy Broker { get; }

    public IChannel Channel { get; private set; } = null!;

    private IConnection Publisher { get; set; } = null!;

    public static async Task<IntakeWorld> Open()
    {
        var world = new IntakeWorld(await (await TestHost.Current()).Servers);
        world.Publisher = await new ConnectionFactory { Uri = new Uri(world.servers.RabbitMq) }.CreateConnectionAsync();
        world.Channel = await world.Publisher.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await world.Provision();
        return world;
    }

    /// <summary>Starts the service as a process would; the last one started is what <see cref="Get{T}"/> asks.</summary>
    public async Task<CrmPlatform.Journal.Intake.Intake> Start(Func<IntakeOptions, IntakeOptions> heard)
    {
        var address = new Uri(Broker.Address);
        var options = heard(new IntakeOptions(Name, address)
        {
            Delays = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(400)],
            LookEvery = TimeSpan.FromMilliseconds(200),
        });
        var services = new ServiceCollection().AddLogging(l => l.AddProvider(Script)).AddMetrics();
        services.AddSingleton(TimeProvider.System).AddSingleton(Script).AddSingleton<Wake>();
        services.AddSingleton(new RecordTypes([new RecordType<Note>()]));
        services.AddSingleton<CustomFields>().AddSingleton<RoleBook>();
        services.AddSingleton(s => new JournalMetrics(s.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), Name, TimeProvider.System));
        services.AddSingleton(s => Source(Name));
        services.AddKeyedSingleton("ops", (s, _) => Source(Name + "_ops"));
        services.AddSingleton(s => new Broker(address, Name, s.GetRequiredService<ILogger<Broker>>()));
        services.AddSingleton(s => new Sessions(
            Name, s.GetRequiredService<NpgsqlDataSource>(), new Lookups(Source(Name)), s.GetRequiredService<RecordTypes>(),
            s.GetRequiredService<CustomFields>(), s.GetRequiredService<RoleBook>(), TimeProvider.System, s.GetRequiredService<Wake>(),
            s.GetRequiredService<JournalMetrics>()));
        services.AddIntake(options, s => s.GetRequiredService<NpgsqlDataSource>(), s => s.GetRequiredKeyedService<NpgsqlDataSource>("ops"));
        processes.Add(services.BuildServiceProvider());
        foreach (var hosted in processes[^1].GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
        return Get<CrmPlatform.Journal.Intake.Intake>();
    }

    public T Get<T>()
        where T : notnull => processes[^1].GetRequiredService<T>();

    /// <summary>Puts messages straight into the service's queue, once it is there.</summary>
    public async Task Send(params IEnumerable<Told> events)
    {
        foreach (var batch in events.Chunk(500))
            await Task.WhenAll(batch.Select(e => Channel.BasicPublishAsync("", Name, mandatory: true, e.Properties(), e.Body).AsTask()));
    }

    /// <summary>Tells an event as a relay would.</summary>
    public async Task Tell(Told e) => await Channel.BasicPublishAsync(Topology.Exchange, e.Type, mandatory: false, e.Properties(), e.Body);

    public async Task QueueIsThere() => await Eventually.True(async () => (await Look(Name))?.ConsumerCount > 0, "the service consumes");

    /// <summary>How many messages are ready in a queue; null when there is none.</summary>
    public async Task<long?> Depth(string queue) => (await Look(queue))?.MessageCount;

    private async Task<QueueDeclareOk?> Look(string queue)
    {
        await using var channel = await Publisher.CreateChannelAsync();
        try
        {
            return await channel.QueueDeclarePassiveAsync(queue);
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return null;
        }
    }

    public async Task<bool> ExchangeIsThere(string exchange)
    {
        await using var channel = await Publisher.CreateChannelAsync();
        try
        {
            await channel.ExchangeDeclarePassiveAsync(exchange);
            return true;
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return false;
        }
    }

    public async Task<List<T>> Rows<T>(string sql)
    {
        await using var connection = await Inside();
        return [.. await Dapper.SqlMapper.QueryAsync<T>(connection, sql)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
            await process.DisposeAsync();
        foreach (var queue in new[] { Name, $"{Name}.retry.200ms", $"{Name}.retry.400ms" })
            await Channel.QueueDeleteAsync(queue);
        await Publisher.DisposeAsync();
        await Database.DisposeAsync();
        await Broker.DisposeAsync();
        await admin.DisposeAsync();
        await servers.Drop(Name);
    }

    private async Task Provision()
    {
        foreach (var role in new[] { $"{Name}_owner nologin", $"{Name} login password 'test'", $"{Name}_ops login password 'test'" })
            await Execute($"create role {role}");
        await Execute($"create database {Name} owner {Name}_owner");
        await using var connection = await Inside();
        await Dapper.SqlMapper.ExecuteAsync(connection, $"set role {Name}_owner");
        var platform = typeof(Session).Assembly;
        foreach (var file in platform.GetManifestResourceNames().Where(n => n.StartsWith("Migrations/", StringComparison.Ordinal)).Order())
        {
            using var sql = new StreamReader(platform.GetManifestResourceStream(file)!);
            await Dapper.SqlMapper.ExecuteAsync(connection, await sql.ReadToEndAsync());
        }
        await Dapper.SqlMapper.ExecuteAsync(connection, Note.Tables);
    }

    private NpgsqlDataSource Source(string login) => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(servers.Postgres)
    {
        Host = "127.0.0.1",
        Port = new Uri(Database.Address).Port,
        Database = Name,
        Username = login,
        Password = "test",
        Timeout = 2,
        CommandTimeout = 5,
    });

    private async Task<NpgsqlConnection> Inside()
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(servers.Postgres) { Database = Name, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private async Task Execute(string sql)
    {
        await using var command = admin.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
