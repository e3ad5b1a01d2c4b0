using System.Diagnostics;

namespace CrmPlatform.Testing.Servers;

/// <summary>
/// A server that runs as long as we do. A shell in a session of its own starts it and waits for the end of its standard input: when we
/// close it, or die however suddenly, the shell stops the server, known by its pid.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const string Keeper =
        """ "$@" </dev/null >>"$LOG" 2>&1 & server=$!; exec 2>/dev/null; read -r _; kill -s "$STOP" "$server"; wait "$server" """;

    private readonly Process keeper;
    private readonly string log;
    private int ended;

    private ServerProcess(Process keeper, string log) => (this.keeper, this.log) = (keeper, log);

    /// <summary>Starts a command in a folder that its user owns, as an unprivileged user if we are root.</summary>
    public static ServerProcess Start(string folder, string name, string stop, Dictionary<string, string> environment, params string[] command) =>
        Start(Shell(folder, "setsid", ["sh", "-c", Keeper, name, .. command]), folder, name, stop, environment);

    /// <summary>Starts a command as the user who runs the tests.</summary>
    public static ServerProcess StartAsUs(string folder, string name, string stop, Dictionary<string, string> environment, params string[] command) =>
        Start(new Process { StartInfo = new("setsid", ["sh", "-c", Keeper, name, .. command]) { WorkingDirectory = folder } }, folder, name, stop, environment);

    private static ServerProcess Start(Process process, string folder, string name, string stop, Dictionary<string, string> environment)
    {
        var log = Path.Combine(folder, $"{name}.log");
        process.StartInfo.RedirectStandardInput = true;
        process.StartInfo.Environment["LOG"] = log;
        process.StartInfo.Environment["STOP"] = stop;
        foreach (var (variable, value) in environment)
            process.StartInfo.Environment[variable] = value;
        process.Start();
        return new ServerProcess(process, log);
    }

    /// <summary>Runs a command to its end; fails with what it said.</summary>
    public static Task Run(string folder, params string[] command) => Run(folder, [], command);

    /// <summary>Runs a command with variables to its end and returns its output; fails with what it said.</summary>
    public static async Task<string> Run(string folder, Dictionary<string, string> environment, params string[] command)
    {
        using var process = Shell(folder, command[0], command[1..]);
        foreach (var (variable, value) in environment)
            process.StartInfo.Environment[variable] = value;
        process.StartInfo.RedirectStandardOutput = process.StartInfo.RedirectStandardError = true;
        process.Start();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{command[0]} failed: {await output}{await errors}");
        return await output;
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

    /// <summary>What it said.</summary>
    public string Log => log;

    /// <summary>Ends the server and everything it started, at once and without a word to it: what a power cut or the kernel's memory killer does.</summary>
    public async Task Kill()
    {
        foreach (var server in Children(keeper.Id))
        {
            await Signal("STOP", [server]); // so that it starts nothing while we look
            await Signal("KILL", [server, .. Descendants(server)]);
        }
        await DisposeAsync();
    }

    /// <summary>Asks the server to end with a signal, and waits for it.</summary>
    public async Task Stop(string signal)
    {
        await Signal(signal, Children(keeper.Id));
        while (Children(keeper.Id).Count > 0)
            await Task.Delay(50);
        await DisposeAsync();
    }

    /// <summary>Stops the server, unless that is done.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref ended, 1) == 1)
            return;
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

    private static IEnumerable<int> Descendants(int process) =>
        Children(process).SelectMany(child => (int[])[child, .. Descendants(child)]);

    // The fourth field of stat is the parent; the second, a name in brackets, may hold anything. What has ended but is not yet missed is none.
    private static List<int> Children(int process)
    {
        var children = new List<int>();
        foreach (var folder in Directory.GetDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out var id))
                try
                {
                    var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                    var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                    if (fields[0] != "Z" && int.Parse(fields[1]) == process)
                        children.Add(id);
                }
                catch (IOException)
                {
                    // It ended while we looked.
                }
        return children;
    }

    private static async Task Signal(string signal, IEnumerable<int> processes)
    {
        using var kill = Process.Start(new ProcessStartInfo("sh", ["-c", $"kill -s {signal} {string.Join(' ', processes)} 2>/dev/null"]))!;
        await kill.WaitForExitAsync();
    }
}
