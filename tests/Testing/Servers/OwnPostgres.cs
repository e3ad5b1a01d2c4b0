using Npgsql;

namespace CrmPlatform.Testing.Servers;

/// <summary>A PostgreSQL of this run alone. It writes through to the disk as in production: what is tested is what runs.</summary>
public sealed class OwnPostgres : IAsyncDisposable
{
    private readonly DirectoryInfo folder = ServerProcess.Folder("crm-postgres-");
    private ServerProcess? server;

    private int port;

    /// <summary>Connection string of its administrator.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Starts it, empty the first time and with what it had after <see cref="Kill"/> or <see cref="Stop"/>.</summary>
    public async Task Start()
    {
        if (port == 0)
            await Create();
        server = ServerProcess.Start(
            folder.FullName, "postgres", stop: "QUIT", [], Path.Combine(Programs(), "postgres"), "-D", In("data"), "-p", $"{port}",
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=300", "-c", "jit=off");
        await server.Ready(async () =>
        {
            await using var connection = new NpgsqlConnection(Address + ";Pooling=false;Timeout=2");
            await connection.OpenAsync();
        });
    }

    /// <summary>kill -9 of the server and all its children.</summary>
    public Task Kill() => server!.Kill();

    /// <summary>An orderly stop that does not wait for clients.</summary>
    public Task Stop() => server!.Stop("INT");

    /// <summary>Stops it and removes what it had.</summary>
    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task Create()
    {
        port = Ports.Block(1);
        var password = Guid.CreateVersion7().ToString("N");
        await File.WriteAllTextAsync(In("password"), password);
        await ServerProcess.Run(
            folder.FullName, Path.Combine(Programs(), "initdb"), "-D", In("data"), "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8",
            "--auth=scram-sha-256", $"--pwfile={In("password")}", "--no-sync");
        Address = $"Host=127.0.0.1;Port={port};Username=postgres;Password={password};Database=postgres";
    }

    private string In(string file) => Path.Combine(folder.FullName, file);

    // Debian keeps them beside each other by version, outside the path.
    private static string Programs() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderBy(d =>
            double.Parse(Path.GetFileName(d))).Select(d => Path.Combine(d, "bin")).Last()
        : "";
}
