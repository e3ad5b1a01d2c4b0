using Npgsql;

namespace CrmPlatform.Testing.Servers;

/// <summary>A PostgreSQL of this run alone. It writes through to the disk as in production: what is tested is what runs.</summary>
internal sealed class OwnPostgres : IAsyncDisposable
{
    private readonly DirectoryInfo folder = ServerProcess.Folder("crm-postgres-");
    private ServerProcess? server;

    public string Address { get; private set; } = "";

    public async Task Start()
    {
        var (port, password, data) = (Ports.Block(1), Guid.CreateVersion7().ToString("N"), Path.Combine(folder.FullName, "data"));
        var passwordFile = Path.Combine(folder.FullName, "password");
        await File.WriteAllTextAsync(passwordFile, password);
        await ServerProcess.Run(
            folder.FullName, Path.Combine(Programs(), "initdb"), "-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8",
            "--auth=scram-sha-256", $"--pwfile={passwordFile}", "--no-sync");
        server = ServerProcess.Start(
            folder.FullName, "postgres", stop: "QUIT", [], Path.Combine(Programs(), "postgres"), "-D", data, "-p", $"{port}",
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=300", "-c", "jit=off");
        Address = $"Host=127.0.0.1;Port={port};Username=postgres;Password={password};Database=postgres";
        await server.Ready(async () =>
        {
            await using var connection = new NpgsqlConnection(Address + ";Pooling=false;Timeout=2");
            await connection.OpenAsync();
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    // Debian keeps them beside each other by version, outside the path.
    private static string Programs() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderBy(d => double.Parse(Path.GetFileName(d))).Select(d => Path.Combine(d, "bin")).Last()
        : "";
}
