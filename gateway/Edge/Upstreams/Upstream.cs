using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Upstreams;

/// <summary>A service behind the edge: where it is, and what it says it offers.</summary>
internal sealed class Upstream(string name, Uri address)
{
    private volatile bool suspect = true;

    /// <summary>The service's name; the only thing of it that callers are shown.</summary>
    public string Name { get; } = name;

    /// <summary>Its address, for the edge alone.</summary>
    public string Address { get; } = address.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>What it offers, once it has been heard from; it is kept while the service is away.</summary>
    public Offer? Offer { get; private set; }

    /// <summary>Its document has to be read (again): it was never read, or the service was away meanwhile and may be another one now.</summary>
    public bool Suspect => suspect;

    /// <summary>Somebody found it away.</summary>
    public void WasAway() => suspect = true;

    /// <summary>It was heard from; says whether it offers something new.</summary>
    public bool Heard(byte[] document)
    {
        suspect = false;
        if (Offer is { } known && known.Raw.AsSpan().SequenceEqual(document))
            return false;
        Offer = Offer.Read(document);
        return true;
    }
}

/// <summary>
/// A service's OpenAPI document, and the paths it offers: those in it, those that are passed on with a token though they are no REST
/// (<c>x-admitted</c>), and those that are passed on to whoever asks (<c>x-open</c>) or opens a socket there (<c>x-sockets</c>).
/// </summary>
internal sealed record Offer(byte[] Raw, IReadOnlySet<string> Paths, IReadOnlyList<string> Open)
{
    private const string Base = "/api/v1/";

    /// <summary>The first segments below <c>/api/v1</c>.</summary>
    public IReadOnlySet<string> Segments { get; } = Paths.Where(IsOpen).Select(p => p[Base.Length..].Split('/')[0])
        .Where(segment => segment.Length > 0 && segment[0] != '{').ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where sockets are opened whose first message says who calls.</summary>
    public IReadOnlyList<PathString> Sockets { get; init; } = [];

    /// <summary>Which records it keeps (<c>x-records</c>).</summary>
    public IReadOnlyList<PublishedRecord> Records { get; init; } = [];

    /// <summary>Whether the edge lets requests through to a path; what else a service answers is for its operators.</summary>
    public static bool IsOpen(string path) => path.StartsWith(Base, StringComparison.OrdinalIgnoreCase);

    /// <summary>The document as a tree of its own: who asks may change it.</summary>
    public JsonObject Document() => JsonNode.Parse(Raw)!.AsObject();

    /// <summary>Reads a document.</summary>
    public static Offer Read(byte[] raw)
    {
        var document = JsonNode.Parse(raw);
        var paths = document?["paths"] as JsonObject ?? throw new FormatException("The document lists no paths.");
        return new Offer(
            raw, paths.Select(p => p.Key).Concat(Listed(document!["x-admitted"])).ToHashSet(StringComparer.Ordinal), [.. Listed(document["x-open"])])
        {
            Sockets = [.. Listed(document["x-sockets"]).Select(path => new PathString(path))],
            Records = document["x-records"] is JsonArray records ? [.. records.Select(r => PublishedRecord.Read(r!))] : [],
        };
    }

    private static IEnumerable<string> Listed(JsonNode? paths) =>
        paths is JsonArray listed ? listed.Select(path => path?.GetValue<string>() ?? "").Where(path => path.Length > 1) : [];
}

/// <summary>A record type, as its service publishes it.</summary>
/// <param name="Name">Its whole name: <c>contacts.account</c>.</param>
/// <param name="Plural">Where its doors are: <c>accounts</c>.</param>
/// <param name="Refers">To which records it refers, by which fields.</param>
internal sealed record PublishedRecord(string Name, string Plural, IReadOnlyDictionary<string, string> Refers)
{
    public static PublishedRecord Read(JsonNode json) => new(
        json["record"]!.GetValue<string>(), json["plural"]!.GetValue<string>(),
        json["refers"]!.AsObject().ToDictionary(r => r.Key, r => r.Value!.GetValue<string>(), StringComparer.Ordinal));
}
