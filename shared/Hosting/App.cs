using Microsoft.AspNetCore.Builder;

namespace CrmPlatform.Hosting;

/// <summary>Something that listens on a port of its own: a service, or the edge in front of them.</summary>
public abstract class App
{
    /// <summary>The name in routes, queues, databases, metrics and logs.</summary>
    public abstract string Name { get; }

    /// <summary>Its place behind the installation's first port.</summary>
    public abstract int PortOffset { get; }

    /// <summary>Registers what the app consists of, in its own container.</summary>
    protected internal abstract void Build(WebApplicationBuilder builder, Settings settings, IReadOnlyList<App> neighbours);

    /// <summary>Maps its doors.</summary>
    protected internal abstract void Map(WebApplication app);

    internal string Address(Settings settings, bool alone) =>
        alone && settings.Listen is { } listen ? listen : $"http://127.0.0.1:{settings.Port + PortOffset}";
}
