using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CrmPlatform.Access;

/// <summary>The public keys of one reading of the sources. Never changes; another reading is another ring.</summary>
internal sealed class Ring
{
    public static readonly Ring Empty = new(new Dictionary<string, PublicKey>());
    private readonly FrozenDictionary<string, PublicKey> keys;

    private Ring(Dictionary<string, PublicKey> keys) => this.keys = keys.ToFrozenDictionary(StringComparer.Ordinal);

    public int Count => keys.Count;

    public bool TryGet(string kid, [NotNullWhen(true)] out PublicKey? key) => keys.TryGetValue(kid, out key);

    /// <summary>Several rings as one; a kid that two have is the first one's.</summary>
    public static Ring Of(IEnumerable<Ring> rings)
    {
        var all = new Dictionary<string, PublicKey>(StringComparer.Ordinal);
        foreach (var (kid, key) in rings.SelectMany(ring => ring.keys))
            all.TryAdd(kid, key);
        return new Ring(all);
    }

    /// <summary>Reads a JWKS (RFC 7517).</summary>
    /// <exception cref="KeyFileException">It cannot be used as a whole: half a ring would lock out the other half.</exception>
    public static Ring Read(byte[] jwks)
    {
        using var document = Json.Parse(jwks) ?? throw new KeyFileException("is not JSON (an object, each name once)");
        if (!document.RootElement.TryGetProperty("keys", out var listed) || listed.ValueKind != JsonValueKind.Array)
            throw new KeyFileException("has no list of keys");
        var keys = new Dictionary<string, PublicKey>(StringComparer.Ordinal);
        foreach (var jwk in listed.EnumerateArray())
        {
            if (PublicKey.Read(jwk) is { } read && !keys.TryAdd(read.Kid, read.Key))
                throw new KeyFileException("names two keys alike");
        }

        return new Ring(keys);
    }
}

/// <summary>A key file cannot be used.</summary>
public sealed class KeyFileException(string message) : Exception(message);
