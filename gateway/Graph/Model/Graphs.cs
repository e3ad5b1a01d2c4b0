using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrmPlatform.Access;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Graph.Upstreams;
using CrmPlatform.Records.Model;

namespace CrmPlatform.Graph.Model;

/// <summary>A graph, and the documents that were read for it.</summary>
internal sealed record ComposedGraph(TypeSystem Types, DocumentCache Documents);

/// <summary>The graph a caller sees, and what it was made of.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Models">What each service said its records are.</param>
/// <param name="Versions">Which version of it that was.</param>
/// <param name="IsWhole">Whether all services could be asked.</param>
/// <param name="At">When they were asked.</param>
internal sealed record SeenGraph(
    ComposedGraph Graph, IReadOnlyDictionary<string, string> Models, IReadOnlyDictionary<string, string> Versions, bool IsWhole, long At);

/// <summary>
/// The graph each caller sees: of what every service says its records are to them. Who sees the same has the same graph. Services say with every answer
/// which version of their model it is by, so what they say is asked again as soon as it is another; and when a document names what is not known, or
/// asks what there is. That an older graph names a field more shows nothing, because services decide with every request what they show.
/// </summary>
internal sealed class Graphs(ServiceClient client, TimeProvider clock)
{
    private const int MostGraphs = 100;
    private const int MostTexts = 500;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FreshWithoutSome = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FreshEnough = TimeSpan.FromMilliseconds(200);

    /// <summary>How services write their models.</summary>
    internal static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private readonly ConditionalWeakTable<Caller, Sight> callers = []; // a token's caller is one object for as long as the token is remembered
    private readonly ConcurrentDictionary<string, Task<Published>> documents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ComposedGraph> graphs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> texts = new(StringComparer.Ordinal);

    /// <summary>What a document says in the graph its caller sees.</summary>
    public async Task<(SeenGraph Seen, CheckedDocument Read)> Read(Asker asker, Caller caller, string text)
    {
        var seen = await Of(asker, caller, Fresh);
        var read = seen.Graph.Documents.Read(text);
        if (read is { Document: not null, Errors: [{ Code: Codes.Validation }, ..] } or { Introspects: true } || AsksWhatThereIs(read.Document))
        {
            seen = await Of(asker, caller, FreshEnough);
            read = seen.Graph.Documents.Read(text);
        }
        return (seen, read);
    }

    // Who has just added a field asks for the model to see it.
    private static bool AsksWhatThereIs(Document? document) => document?.Definitions.Any(d =>
        ((d as Operation)?.Selections ?? (d as Fragment)?.Selections)?.Selections.Any(
            s => s is FieldNode { Name.Text: Composer.Model or Composer.Viewer }) is true) is true;

    /// <summary>A service has answered by another model than this graph was made of: the next to ask sees a new one.</summary>
    public void IsOutdated(Caller caller, SeenGraph seen) => callers.GetOrCreateValue(caller).Forget(seen);

    /// <summary>The graph its caller sees, as it was at most so long ago.</summary>
    public async Task<SeenGraph> Of(Asker asker, Caller caller, TimeSpan fresh)
    {
        var (sight, now) = (callers.GetOrCreateValue(caller), clock.GetTimestamp());
        return await sight.Current(
            seen => clock.GetElapsedTime(seen.At, now) < (seen.IsWhole || fresh < FreshWithoutSome ? fresh : FreshWithoutSome),
            before => Ask(asker, before, now));
    }

    private async Task<SeenGraph> Ask(Asker asker, SeenGraph? before, long now)
    {
        var all = await Task.WhenAll(client.Names.Order(StringComparer.Ordinal).Select(async name =>
            (Name: name, Now: await Model(asker, name), Document: await Document(asker, name, now))));
        var said = all.Select(s => (s.Name, Model: s.Now ?? before?.Models.GetValueOrDefault(s.Name), s.Document)).Where(s => s.Model is not null).ToList();
        var models = said.ToDictionary(s => s.Name, s => JsonSerializer.Deserialize<PublishedModel>(s.Model!, Json)!, StringComparer.Ordinal);
        var versions = models.ToDictionary(m => m.Key, m => m.Value.Version, StringComparer.Ordinal);
        var hash = Digest.Of(string.Join(
            '\n', said.Select(s => $"{s.Name} {s.Model!.Replace(versions[s.Name], "", StringComparison.Ordinal)} {s.Document.Hash}")));
        if (!graphs.TryGetValue(hash, out var graph))
        {
            if (graphs.Count >= MostGraphs)
                graphs.Clear();
            var types = Composer.Compose([.. models.Values], said.ToDictionary(s => s.Name, s => s.Document.Json));
            graph = graphs[hash] = new(types, new(types, new(), new()));
        }
        return new(graph, said.ToDictionary(s => s.Name, s => s.Model!), versions, Array.TrueForAll(all, s => s.Now is not null), now);
    }

    // A service that is away is what it was; one that was never heard of is left out until it is there.
    private async Task<string?> Model(Asker asker, string service)
    {
        try
        {
            using var told = await client.Ask(asker, service, "GET", "/api/v1/model", default, CancellationToken.None);
            return told.Status switch
            {
                200 => Shared(told.Body.GetRawText()),
                401 or 403 => throw new GraphException(ServiceClient.Refused(told.Body)),
                _ => null,
            };
        }
        catch (GraphException e) when (e.Error.Code == ServiceClient.IsAway)
        {
            return null;
        }
    }

    // Many callers are told the same, and it is long.
    private string Shared(string text)
    {
        if (texts.Count >= MostTexts)
            texts.Clear();
        return texts.GetOrAdd(text, text);
    }

    // What slices are told is the same for everybody.
    private async Task<Published> Document(Asker asker, string service, long now)
    {
        if (documents.TryGetValue(service, out var known) && (!known.IsCompleted || clock.GetElapsedTime((await known).At, now) < Fresh))
            return await known;
        return await (documents[service] = Publishes(asker, service, now));
    }

    private async Task<Published> Publishes(Asker asker, string service, long now)
    {
        try
        {
            using var told = await client.Ask(asker, service, "GET", "/openapi/v1.json", default, CancellationToken.None);
            return new(told.Body.Clone(), Digest.Of(told.Body.GetRawText()), now);
        }
        catch (GraphException)
        {
            return new(default, "", now - clock.TimestampFrequency * 25); // asked again soon
        }
    }

    private sealed record Published(JsonElement Json, string Hash, long At);

    /// <summary>What one caller sees. However many of their requests want to know it at once, services are asked once.</summary>
    private sealed class Sight
    {
        private readonly Lock gate = new();
        private Task<SeenGraph>? asking;
        private SeenGraph? last;
        private SeenGraph? outdated;

        public ValueTask<SeenGraph> Current(Func<SeenGraph, bool> isFresh, Func<SeenGraph?, Task<SeenGraph>> ask)
        {
            if (Volatile.Read(ref last) is { } seen && !ReferenceEquals(seen, outdated) && isFresh(seen))
                return new(seen);
            lock (gate)
                return new(asking is { IsCompleted: false } ? asking : asking = Ask(ask));
        }

        public void Forget(SeenGraph seen) => outdated = seen;

        private async Task<SeenGraph> Ask(Func<SeenGraph?, Task<SeenGraph>> ask)
        {
            var seen = await ask(last);
            Volatile.Write(ref last, seen);
            return seen;
        }
    }
}
