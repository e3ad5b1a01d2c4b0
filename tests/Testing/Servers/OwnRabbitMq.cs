using RabbitMQ.Client;

namespace CrmPlatform.Testing.Servers;

/// <summary>A RabbitMQ of this run alone, with its own port mapper, so that it meets no other Erlang on the machine.</summary>
public sealed class OwnRabbitMq : IAsyncDisposable
{
    private const string Programs = "/usr/lib/rabbitmq/bin";

    private readonly DirectoryInfo folder = ServerProcess.Folder("crm-rabbitmq-");
    private ServerProcess? mapper;
    private ServerProcess? server;
    private Dictionary<string, string> environment = [];

    /// <summary>Where it listens.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Where it shows its own metrics.</summary>
    public Uri? Metrics { get; private set; }

    /// <summary>Starts it, empty the first time and with what it had after <see cref="Kill"/> or <see cref="Stop"/>.</summary>
    public async Task Start()
    {
        if (environment.Count == 0)
            await Create();
        server = ServerProcess.Start(folder.FullName, "rabbitmq", stop: "KILL", environment, Path.Combine(Programs, "rabbitmq-server"));
        await server.Ready(async () =>
        {
            await using var connection = await new ConnectionFactory { Uri = new Uri(Address) }.CreateConnectionAsync();
        });
    }

    /// <summary>kill -9 of the broker and all its children.</summary>
    public Task Kill() => server!.Kill();

    /// <summary>An orderly stop.</summary>
    public Task Stop() => server!.Stop("TERM");

    /// <summary>All queues, with how many messages lie in each, whether handed out or not.</summary>
    public async Task<IReadOnlyDictionary<string, int>> Queues()
    {
        var lines = await ServerProcess.Run(
            folder.FullName, environment, Path.Combine(Programs, "rabbitmqctl"), "-q", "list_queues", "--no-table-headers", "name", "messages");
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(
            line => line.Split('\t')).ToDictionary(f => f[0], f => int.Parse(f[1]));
    }

    /// <summary>Stops it and removes what it had.</summary>
    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        if (mapper is not null)
            await mapper.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task Create()
    {
        var port = Ports.Block(4);
        environment = new Dictionary<string, string>
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
        Metrics = new Uri($"http://127.0.0.1:{port + 3}");
        Address = $"amqp://guest:guest@127.0.0.1:{port}/";
    }

    private static string Mapper() =>
        Directory.GetDirectories("/usr/lib/erlang", "erts-*").Select(d => Path.Combine(d, "bin", "epmd")).Last();

    private string In(string file) => Path.Combine(folder.FullName, file);
}
