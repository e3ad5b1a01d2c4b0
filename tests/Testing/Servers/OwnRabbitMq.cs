using RabbitMQ.Client;

namespace CrmPlatform.Testing.Servers;

/// <summary>A RabbitMQ of this run alone, with its own port mapper, so that it meets no other Erlang on the machine.</summary>
internal sealed class OwnRabbitMq : IAsyncDisposable
{
    private const string Programs = "/usr/lib/rabbitmq/bin";

    private readonly DirectoryInfo folder = ServerProcess.Folder("crm-rabbitmq-");
    private ServerProcess? mapper;
    private ServerProcess? server;

    public string Address { get; private set; } = "";

    /// <summary>Where it shows its own metrics.</summary>
    public Uri? Metrics { get; private set; }

    public async Task Start()
    {
        var port = Ports.Block(4);
        var environment = new Dictionary<string, string>
        {
            ["detached"] = "1", // the start script becomes the broker instead of standing before it
            ["RABBITMQ_NODENAME"] = $"crm{port}@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = $"{port}",
            ["RABBITMQ_DIST_PORT"] = $"{port + 1}",
            ["ERL_EPMD_PORT"] = $"{port + 2}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
            ["RABBITMQ_CONF_ENV_FILE"] = In("none"),
            ["RABBITMQ_CONFIG_FILE"] = In("rabbitmq.conf"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = In("enabled_plugins"),
            ["RABBITMQ_MNESIA_BASE"] = In("mnesia"),
            ["RABBITMQ_LOG_BASE"] = In("log"),
            ["RABBITMQ_LOGS"] = "-",
        };
        await File.WriteAllTextAsync(In("rabbitmq.conf"),
            $"""
            disk_free_limit.absolute = 50MB
            raft.wal_max_size_bytes = 67108864
            prometheus.tcp.ip = 127.0.0.1
            prometheus.tcp.port = {port + 3}

            """);
        await File.WriteAllTextAsync(In("enabled_plugins"), "[rabbitmq_prometheus].");
        mapper = ServerProcess.Start(folder.FullName, "epmd", "TERM", environment, Mapper(), "-port", $"{port + 2}", "-address", "127.0.0.1");
        server = ServerProcess.Start(folder.FullName, "rabbitmq", stop: "KILL", environment, Path.Combine(Programs, "rabbitmq-server"));
        Metrics = new Uri($"http://127.0.0.1:{port + 3}");
        Address = $"amqp://guest:guest@127.0.0.1:{port}/";
        await server.Ready(async () =>
        {
            await using var connection = await new ConnectionFactory { Uri = new Uri(Address) }.CreateConnectionAsync();
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        if (mapper is not null)
            await mapper.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static string Mapper() => Directory.GetDirectories("/usr/lib/erlang", "erts-*").Select(d => Path.Combine(d, "bin", "epmd")).Last();

    private string In(string file) => Path.Combine(folder.FullName, file);
}
