using System.Diagnostics.Metrics;
using System.Text.Json;
using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Beside;

namespace CrmPlatform.Graph.Upstreams;

/// <summary>What a service answered: its status, its JSON, and the operation a change was made under. The JSON is gone when it is disposed of.</summary>
internal sealed class Told(int status, JsonDocument? json, string? operation, IDisposable? lent) : IDisposable
{
    public int Status => status;

    public JsonElement Body => json?.RootElement ?? default;

    public string? Operation => operation;

    public void Dispose()
    {
        json?.Dispose();
        lent?.Dispose();
    }
}

/// <summary>How a service is reached.</summary>
internal abstract class Way
{
    /// <summary>What it answers.</summary>
    public abstract Task<Told> Ask(PassedRequest request, CancellationToken cancel);
}

/// <summary>The services whose records the graph shows, by name: those the settings name, else those of the same process, asked without HTTP.</summary>
internal sealed class Services : IDisposable
{
    private readonly List<IDisposable> open = [];

    public Services(Settings settings, IReadOnlyList<App> neighbours, Neighbours beside, IMeterFactory meters)
    {
        if (settings.Upstreams is null)
            All = neighbours.OfType<Service>()
                .ToDictionary(app => app.Name, app => (Way)new WayBeside(app.Name, beside), StringComparer.Ordinal);
        else
        {
            var overHttp = new WayOverHttp.Line(meters);
            open.Add(overHttp);
            All = settings.UpstreamsBeside([]).Where(u => u.Name != GraphApp.Itself)
                .ToDictionary(u => u.Name, u => (Way)new WayOverHttp(u.Address, overHttp), StringComparer.Ordinal);
        }
        if (All.Count == 0)
            throw new SettingsException("CRM_UPSTREAMS is not set, and no service runs in this process: whose records shall the graph show?");
    }

    /// <summary>How each of them is reached.</summary>
    public IReadOnlyDictionary<string, Way> All { get; }

    public void Dispose() => open.ForEach(one => one.Dispose());
}
