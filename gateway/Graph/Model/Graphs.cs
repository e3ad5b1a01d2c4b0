using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
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

/// <summary>
/// The graph each caller sees: of what every service says its records are to them. Who sees the same has the same graph. What services say is asked
/// again after a while, and at once when a document names what is not known: somebody may have added it. That an older graph names a field more
/// shows nothing, because services decide with every request what they show.
/// </summary>
internal sealed class Graphs(ServiceClient client, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FreshEnough = TimeSpan.FromSeconds(1);
    private const int MostCallers = 2_000;
    private const int MostGraphs = 100;

    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private readonly ConcurrentDictionary<string, Task<Seen>> callers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task<Published>> documents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ComposedGraph> graphs = new(StringComparer.Ordinal);

    /// <summary>What a document says in the graph its caller sees.</summary>
    public async Task<(ComposedGraph Graph, CheckedDocument Read)> Read(Asker asker, Caller caller, string text)
    {
        var graph = await Of(asker, caller, Fresh);
        var read = graph.Documents.Read(text);
        if (read is { Document: not null, Errors: [{ Code: Codes.Validation }, ..] })
            graph = await Of(asker, caller, FreshEnough);
        return (graph, graph.Documents.Read(text));
    }

    /// <summary>The graph its caller sees, as it was at most so long ago.</summary>
    public async Task<ComposedGraph> Of(Asker asker, Caller caller, TimeSpan fresh)
    {
        var key = $"{caller.Tenant} {caller.Actor.Id} {string.Join(',', caller.Roles ?? ["*"])} {string.Join(',', caller.Scopes.Order())} "
            + $"{caller.Version} {caller.Source} {caller.Connection}";
        var (now, before) = (clock.GetTimestamp(), new Dictionary<string, string>());
        if (callers.TryGetValue(key, out var known))
        {
            if (!known.IsCompleted)
                return (await known).Graph;
            if (known.IsCompletedSuccessfully && await known is var seen)
            {
                if (clock.GetElapsedTime(seen.At, now) < fresh)
                    return seen.Graph;
                before = seen.Models;
            }
        }
        if (callers.Count >= MostCallers)
            callers.Clear();
        return (await (callers[key] = Ask(asker, before, now))).Graph;
    }

    private async Task<Seen> Ask(Asker asker, Dictionary<string, string> before, long now)
    {
        var said = (await Task.WhenAll(client.Names.Order(StringComparer.Ordinal).Select(async name =>
            (Name: name, Model: await Model(asker, name) ?? before.GetValueOrDefault(name), Document: await Document(asker, name, now)))))
            .Where(s => s.Model is not null).ToList();
        var hash = Hash(string.Join('\n', said.Select(s => $"{s.Name} {s.Model} {s.Document.Hash}")));
        if (!graphs.TryGetValue(hash, out var graph))
        {
            if (graphs.Count >= MostGraphs)
                graphs.Clear();
            var types = Composer.Compose(
                [.. said.SelectMany(s => JsonSerializer.Deserialize<PublishedModel>(s.Model!, Json)!.Records)],
                said.ToDictionary(s => s.Name, s => s.Document.Json));
            graph = graphs[hash] = new(types, new(types, new(), new()));
        }
        return new(graph, said.ToDictionary(s => s.Name, s => s.Model!), now);
    }

    // A service that is away is what it was; one that was never heard of is left out until it is there.
    private async Task<string?> Model(Asker asker, string service)
    {
        try
        {
            var told = await client.Ask(asker, service, HttpMethod.Get, "/api/v1/model", null, CancellationToken.None);
            return told.Status switch
            {
                200 => told.Body.GetRawText(),
                401 or 403 => throw new GraphException(ServiceClient.Refused(told.Body)),
                _ => null,
            };
        }
        catch (GraphException e) when (e.Error.Code == ServiceClient.IsAway)
        {
            return null;
        }
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
            var told = await client.Ask(asker, service, HttpMethod.Get, "/openapi/v1.json", null, CancellationToken.None);
            return new(told.Body, Hash(told.Body.GetRawText()), now);
        }
        catch (GraphException)
        {
            return new(default, "", now - clock.TimestampFrequency * 25); // asked again soon
        }
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed record Seen(ComposedGraph Graph, Dictionary<string, string> Models, long At);

    private sealed record Published(JsonElement Json, string Hash, long At);
}
