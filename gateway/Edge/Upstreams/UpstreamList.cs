using System.Collections.Frozen;
using CrmPlatform.Edge.Details;
using CrmPlatform.Edge.Documents;
using CrmPlatform.Hosting;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Upstreams;

/// <summary>The services behind the edge and what leads where. Nothing here is written down: it is what the services themselves publish.</summary>
internal sealed class UpstreamList
{
    private volatile Map map;

    private UpstreamList(IReadOnlyList<Upstream> all)
    {
        All = all;
        map = Map.Of(all);
    }

    /// <summary>All services, whether they have been heard from or not.</summary>
    public IReadOnlyList<Upstream> All { get; }

    /// <summary>What leads where right now.</summary>
    public Map Current => map;

    /// <summary>The services named by the settings, else those of the same process.</summary>
    public static UpstreamList From(Settings settings, IReadOnlyList<App> neighbours)
    {
        var all = settings.UpstreamsBeside(neighbours.Where(app => app is not EdgeApp)).Select(u => new Upstream(u.Name, u.Address)).ToList();
        return all.Count > 0
            ? new UpstreamList(all)
            : throw new SettingsException("CRM_UPSTREAMS is not set, and no service runs in this process: what shall stand behind the edge?");
    }

    /// <summary>A service offers something new.</summary>
    public void Changed() => map = Map.Of(All);
}

/// <summary>First segment below <c>/api/v1</c> → service, and the document that describes them together.</summary>
internal sealed class Map
{
    private readonly IReadOnlyList<(PathString Path, Upstream Upstream)> open;
    private readonly FrozenDictionary<string, Upstream>.AlternateLookup<ReadOnlySpan<char>> bySegment;

    private Map(IReadOnlyList<Upstream> all)
    {
        Known = [.. all.Where(u => u.Offer is not null)];
        Missing = all.Count - Known.Count;
        var segments = new Dictionary<string, Upstream>(StringComparer.OrdinalIgnoreCase);
        foreach (var upstream in Known)
            foreach (var segment in upstream.Offer!.Segments)
                segments.TryAdd(segment, upstream); // what several offer leads to the first, unless the edge itself gathers it
        bySegment = segments.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        open = [.. from upstream in Known from path in upstream.Offer!.Open select (new PathString(path), upstream)];
        Details = DetailTypes.Of(Known);
        Document = MergedDocument.Of(Known, Details);
    }

    /// <summary>Services that have been heard from at least once.</summary>
    public IReadOnlyList<Upstream> Known { get; }

    /// <summary>How many have not.</summary>
    public int Missing { get; }

    /// <summary>The record types of all of them, with what belongs to each.</summary>
    public DetailTypes Details { get; }

    /// <summary>One OpenAPI document for all.</summary>
    public MergedDocument Document { get; }

    public static Map Of(IReadOnlyList<Upstream> all) => new(all);

    /// <summary>The service that has pages or protocols of its own at a path.</summary>
    public Upstream? FindOpen(PathString path)
    {
        foreach (var (start, upstream) in open)
            if (path.StartsWithSegments(start, StringComparison.Ordinal))
                return upstream;
        return null;
    }

    /// <summary>The service behind a first segment.</summary>
    public Upstream? Find(ReadOnlySpan<char> segment) => bySegment.TryGetValue(segment, out var upstream) ? upstream : null;
}
