namespace CrmPlatform.Edge.Calls;

/// <summary>Which route of the document a path is of: what stands in a path may say who somebody is, a route never does.</summary>
internal sealed class CallRoutes
{
    /// <summary>What is asked that no document names.</summary>
    public const string Unknown = "unknown";

    private readonly Step root = new();

    public CallRoutes(IEnumerable<string> routes)
    {
        foreach (var route in routes)
        {
            var at = root;
            foreach (var segment in route.Split('/', StringSplitOptions.RemoveEmptyEntries))
                at = segment.StartsWith('{') ? at.Any ??= new() : at.Named.TryGetValue(segment, out var known) ? known : at.Named[segment] = new();
            at.Route = route;
        }
    }

    /// <summary>The route, and the last id in the path.</summary>
    public (string Route, Guid? Record) Of(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        Guid? record = null;
        foreach (var segment in segments)
            if (Guid.TryParseExact(segment, "D", out var id))
                record = id;
        return Find(root, segments) is { } route ? (route, record) : (Unknown, null);
    }

    // What is named goes before what may be anything, as where requests are routed.
    private static string? Find(Step at, ReadOnlySpan<string> rest) => rest.IsEmpty ? at.Route
        : (at.Named.TryGetValue(rest[0], out var named) ? Find(named, rest[1..]) : null) ?? (at.Any is { } any ? Find(any, rest[1..]) : null);

    private sealed class Step
    {
        public Dictionary<string, Step> Named { get; } = new(StringComparer.OrdinalIgnoreCase);

        public Step? Any { get; set; }

        public string? Route { get; set; }
    }
}
