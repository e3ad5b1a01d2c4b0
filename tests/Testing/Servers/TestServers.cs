using CrmPlatform.Hosting;
using CrmPlatform.Journal.Intake;
using Npgsql;
using RabbitMQ.Client;

namespace CrmPlatform.Testing.Servers;

/// <summary>
/// The PostgreSQL and the RabbitMQ of a test run: those that CRM_TEST_POSTGRES and CRM_TEST_RABBITMQ name, or some of its own. A broker
/// that is given must be the tests' alone: its queues carry the services' names, so runs take turns on it.
/// </summary>
public sealed class TestServers : IAsyncDisposable
{
    private readonly OwnPostgres? postgres;
    private readonly OwnRabbitMq? rabbitMq;
    private IConnection? turn;

    private TestServers()
    {
        Postgres = Environment.GetEnvironmentVariable("CRM_TEST_POSTGRES") ?? "";
        RabbitMq = Environment.GetEnvironmentVariable("CRM_TEST_RABBITMQ") ?? "";
        postgres = Postgres.Length == 0 ? new OwnPostgres() : null;
        rabbitMq = RabbitMq.Length == 0 ? new OwnRabbitMq() : null;
    }

    /// <summary>Connection string of the administrator.</summary>
    public string Postgres { get; private set; }

    /// <summary>Address of the broker.</summary>
    public string RabbitMq { get; private set; }

    /// <summary>Where the broker shows its own metrics (CRM_TEST_RABBITMQ_METRICS of a given one), if that is known.</summary>
    public Uri? RabbitMqMetrics => rabbitMq is not null
        ? rabbitMq.Metrics
        : Environment.GetEnvironmentVariable("CRM_TEST_RABBITMQ_METRICS") is { Length: > 0 } given ? new Uri(given) : null;

    internal static async Task<TestServers> Start(IEnumerable<App> apps)
    {
        var servers = new TestServers();
        try
        {
            await Task.WhenAll(servers.postgres?.Start() ?? Task.CompletedTask, servers.rabbitMq?.Start() ?? Task.CompletedTask);
            servers.Postgres = servers.postgres?.Address ?? servers.Postgres;
            servers.RabbitMq = servers.rabbitMq?.Address ?? servers.RabbitMq;
            if (servers.rabbitMq is null)
                await servers.TakeTurn(apps);
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <summary>Removes a database and its roles.</summary>
    public async Task Drop(string database)
    {
        await using var connection = new NpgsqlConnection(Postgres + ";Pooling=false");
        await connection.OpenAsync();
        foreach (var sql in (string[])
                 [$"drop database if exists {database} with (force)", $"drop role if exists {database}, {database}_ops, {database}_owner"])
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Stops what was started here.</summary>
    public async ValueTask DisposeAsync()
    {
        if (turn is not null)
            await turn.DisposeAsync();
        await Task.WhenAll(postgres?.DisposeAsync().AsTask() ?? Task.CompletedTask, rabbitMq?.DisposeAsync().AsTask() ?? Task.CompletedTask);
    }

    private IReadOnlyList<TimeSpan> Delays => new IntakeOptions("", new Uri(RabbitMq)).Delays;

    // Who holds this queue has the broker; it vanishes with the connection. What an earlier run left in the services' queues goes.
    private async Task TakeTurn(IEnumerable<App> apps)
    {
        turn = await new ConnectionFactory { Uri = new Uri(RabbitMq), ClientProvidedName = "test run" }.CreateConnectionAsync();
        await TestCrm.Eventually(
            async () =>
            {
                await using var channel = await turn.CreateChannelAsync();
                await channel.QueueDeclareAsync("crm.test.turn", durable: false, exclusive: true, autoDelete: false);
            },
            within: TimeSpan.FromMinutes(10));
        await using var channel = await turn.CreateChannelAsync();
        foreach (var app in apps)
            foreach (var queue in (string[])[app.Name, Ahead.Queue(app.Name), .. Delays.Select(delay => IntakeQueues.Retry(app.Name, delay))])
                await channel.QueueDeleteAsync(queue);
    }
}
