using System.Runtime.InteropServices;
using CrmPlatform.Hosting.Beside;
using CrmPlatform.Hosting.Telemetry;
using CrmPlatform.Hosting.Verbs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Hosting;

/// <summary>Runs n apps in one process; one is the case n = 1. Each has a container, a port and a life of its own.</summary>
public sealed class CrmHost : IAsyncDisposable
{
    private readonly List<WebApplication> running = [];
    private readonly Neighbours neighbours = new();
    private readonly ProcessMetrics process = new();
    private readonly Tracing tracing;
    private bool stopped;

    private CrmHost(Settings settings, IReadOnlyList<App> apps)
    {
        tracing = Tracing.Start([.. apps.Select(a => a.Name)], settings.Otlp is { } otlp ? new Uri(otlp) : null, settings.TraceSample);
        foreach (var app in apps)
            running.Add(Build(app, settings, apps));
    }

    /// <summary>The entry point of every program of the platform: runs the apps, or does what the first argument names.</summary>
    public static Task<int> Run(string[] args, params App[] apps) => Run(args, apps, []);

    /// <summary>The same for a program with verbs of its own.</summary>
    public static async Task<int> Run(string[] args, IReadOnlyList<App> apps, IReadOnlyList<Verb> verbs)
    {
        try
        {
            var settings = Settings.FromEnvironment();
            if (args is [var verb, .. var rest])
                return await Verb.Run(verb, rest, settings, apps, verbs);
            await using var host = await Start(settings, apps);
            await Signal();
            await host.Stop();
            return 0;
        }
        catch (Exception e) when (Explained.By(e) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    /// <summary>Starts the apps, all at once, and returns when all of them listen.</summary>
    public static async Task<CrmHost> Start(Settings settings, IReadOnlyList<App> apps)
    {
        var host = new CrmHost(settings, apps);
        try
        {
            await Task.WhenAll(host.running.Select(app => app.StartAsync()));
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>The container of one of the apps.</summary>
    public IServiceProvider ServicesOf(App app) => running.Single(a => a.Environment.ApplicationName == app.Name).Services;

    /// <summary>Stops in the order in which the apps are listed: the edge first, so that nobody is turned away by what stands behind it.</summary>
    public async Task Stop()
    {
        if (Interlocked.Exchange(ref stopped, true))
            return;
        foreach (var app in running)
            await app.StopAsync();
    }

    /// <summary>Ends everything that is left.</summary>
    public async ValueTask DisposeAsync()
    {
        await Stop(); // what is thrown away while it works would take its end for a failure
        foreach (var app in running)
            await app.DisposeAsync();
        tracing.Dispose();
        process.Dispose();
    }

    private WebApplication Build(App app, Settings settings, IReadOnlyList<App> apps)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = app.Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = settings.LogFormat == "json" ? Environments.Production : Environments.Development,
        });
        builder.WebHost.UseUrls(app.Address(settings, alone: apps.Count == 1));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.Services.AddSingleton(settings);
        ServerBeside.Add(builder.Services, app.Name, neighbours);
        builder.AddTelemetry(app.Name, process, Enum.Parse<LogLevel>(settings.Log, ignoreCase: true));
        app.Build(builder, settings, apps);

        var built = builder.Build();
        built.UseTelemetry();
        app.Map(built);
        return built;
    }

    private static async Task Signal()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Ask(PosixSignalContext context)
        {
            context.Cancel = true; // the orderly stop below ends the process
            asked.TrySetResult();
        }

        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask);
        await asked.Task;
    }

    /// <summary>The host itself listens to signals, for all of its apps.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
