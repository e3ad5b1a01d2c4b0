using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using CrmPlatform.Graph.Language;
using CrmPlatform.Hosting;

namespace CrmPlatform.Graph.Transport;

/// <summary>
/// Documents that are known beforehand, by the SHA-256 of their text: each file of a folder is one. Where the folder is the whole list, nothing else is
/// answered: what a stolen token can ask is then what the web app asks.
/// </summary>
internal sealed class PersistedOperations
{
    private readonly FrozenDictionary<string, string> known;
    private readonly bool only;

    public PersistedOperations(Settings settings)
    {
        if (settings.GraphOperations is { } folder && !Directory.Exists(folder))
            throw new SettingsException($"CRM_GRAPH_OPERATIONS names the folder {folder}, which does not exist.");
        known = (settings.GraphOperations is { } from ? Directory.EnumerateFiles(from, "*.graphql").Select(File.ReadAllText) : [])
            .ToFrozenDictionary(HashOf, text => text, StringComparer.OrdinalIgnoreCase);
        only = settings.GraphOperationsOnly;
    }

    /// <summary>The document a request means; throws where there is none, or it is not on the list.</summary>
    public string DocumentOf(GraphRequest request)
    {
        if (request.Query is not { Length: > 0 } text)
            return request.Hash is null ? throw Bad("There is no query.", Codes.BadInput)
                : known.TryGetValue(request.Hash, out var kept) ? kept
                : throw Bad("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND"); // the words clients look for, to send the document itself
        if (request.Hash is not null && !request.Hash.Equals(HashOf(text), StringComparison.OrdinalIgnoreCase))
            throw Bad("The hash is not that of the query.", Codes.BadInput);
        return only && !known.ContainsKey(HashOf(text)) ? throw Bad("Only known operations are answered here.", "operation_not_known") : text;
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static GraphException Bad(string message, string code) => new(new(message, code));
}
