using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Hosting.Beside;

/// <summary>The server an app would have anyway; it also lets the app be asked by those beside it, from when it listens until it stops.</summary>
internal sealed class ServerBeside(IServer server, string app, Neighbours neighbours) : IServer
{
    public IFeatureCollection Features => server.Features;

    /// <summary>Puts it before the server that was registered.</summary>
    public static void Add(IServiceCollection services, string app, Neighbours neighbours)
    {
        var registered = services.Last(s => s.ServiceType == typeof(IServer)).ImplementationType!;
        services.AddSingleton(neighbours);
        services.AddSingleton(registered);
        services.AddSingleton<IServer>(provider => new ServerBeside((IServer)provider.GetRequiredService(registered), app, neighbours));
    }

    public async Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        await server.StartAsync(application, cancellationToken);
        neighbours.Serves(app, application);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        neighbours.Ends(app); // who is being answered is: those who ask have stopped before
        return server.StopAsync(cancellationToken);
    }

    public void Dispose() => server.Dispose();
}
