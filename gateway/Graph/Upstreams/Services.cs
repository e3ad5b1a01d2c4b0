using CrmPlatform.Hosting;

namespace CrmPlatform.Graph.Upstreams;

/// <summary>The services whose records the graph shows, by name: those the settings name, else those of the same process.</summary>
internal sealed class Services
{
    private Services(IReadOnlyDictionary<string, Uri> all) => All = all;

    /// <summary>Where each of them is.</summary>
    public IReadOnlyDictionary<string, Uri> All { get; }

    public static Services From(Settings settings, IReadOnlyList<App> neighbours)
    {
        var all = settings.UpstreamsBeside(neighbours.OfType<Service>())
            .Where(u => u.Name != GraphApp.Itself).ToDictionary(u => u.Name, u => u.Address, StringComparer.Ordinal);
        return all.Count > 0 ? new(all)
            : throw new SettingsException("CRM_UPSTREAMS is not set, and no service runs in this process: whose records shall the graph show?");
    }
}
