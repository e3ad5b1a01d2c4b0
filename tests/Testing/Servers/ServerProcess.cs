using System.Diagnostics;

namespace CrmPlatform.Testing.Servers;

/// <summary>
/// A server that runs as long as we do. A shell in a session of its own starts it and waits for the end of its standard input: when we
/// close it, or die however suddenly, the shell stops the server, known by its pid.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Keeper = """ "$@" </dev/null >>"$LOG" 2>&1 & server=$!; exec 2>/dev/null; read -r _; kill -s "$STOP" "$server"; wait "$server" """;

    private readonly Process keeper;
    private readonly string log;

    private ServerProcess(Process keeper, string log) => (this.keeper, this.log) = (keeper, log);

    /// <summary>Starts a command in a folder that its user owns, as an unprivileged user if we are root.</summary>
    public static ServerProcess Start(string folder, string name, string stop, Dictionary<string, string> environment, params string[] command)
    {
        var log = Path.Combine(folder, $"{name}.log");
        var process = Shell(folder, "setsid", ["sh", "-c", Keeper, name, .. command]);
        process.StartInfo.RedirectStandardInput = true;
        process.StartInfo.Environment["LOG"] = log;
        process.StartInfo.Environment["STOP"] = stop;
        foreach (var (variable, value) in environment)
            process.StartInfo.Environment[variable] = value;
        process.Start();
        return new ServerProcess(process, log);
    }

    /// <summary>Runs a command to its end; fails with what it said.</summary>
    public static async Task Run(string folder, params string[] command)
    {
        using var process = Shell(folder, command[0], command[1..]);
        process.StartInfo.RedirectStandardOutput = process.StartInfo.RedirectStandardError = true;
        process.Start();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{command[0]} failed: {await output}{await errors}");
    }

    /// <summary>A folder for a server, owned by the user it runs as.</summary>
    public static DirectoryInfo Folder(string prefix)
    {
        var folder = Directory.CreateTempSubdirectory(prefix);
        if (Environment.IsPrivilegedProcess)
            using (var chown = Process.Start("chown", ["postgres:", folder.FullName]))
                chown.WaitForExit();
        return folder;
    }

    /// <summary>Waits until the server answers; fails with its log when it ends before, or takes too long.</summary>
    public async Task Ready(Func<Task> answers)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await answers();
                return;
            }
            catch (Exception e) when (clock.Elapsed < TimeSpan.FromSeconds(90) && !keeper.HasExited)
            {
                await Task.Delay(100);
                Debug.WriteLine(e.Message);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"The server did not start:\n{await File.ReadAllTextAsync(log)}", e);
            }
        }
    }

    /// <summary>Stops the server.</summary>
    public async ValueTask DisposeAsync()
    {
        keeper.StandardInput.Close();
        await keeper.WaitForExitAsync();
        keeper.Dispose();
    }

    // PostgreSQL refuses to run as root; the user it comes with serves both.
    private static Process Shell(string folder, string program, string[] arguments)
    {
        var asUser = Environment.IsPrivilegedProcess ? (string[])["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] : [];
        string[] all = [.. asUser, program, .. arguments];
        var process = new Process { StartInfo = new ProcessStartInfo(all[0], all[1..]) { WorkingDirectory = folder } };
        process.StartInfo.Environment["HOME"] = folder;
        return process;
    }
}
