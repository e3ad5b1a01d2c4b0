using Microsoft.Extensions.Logging;

namespace CrmPlatform.Access;

/// <summary>The public keys that tokens are checked with, by kid, from sources that may change at any time: files, and what issuers publish.</summary>
/// <remarks>
/// Keys are rotated by publishing the new one, signing with it once everybody has it, and removing the old one after the longest life
/// of a token.
/// </remarks>
public sealed class KeyRing : IDisposable
{
    private readonly IReadOnlyList<KeySource> sources;
    private volatile Merged merged;

    private KeyRing(IReadOnlyList<KeySource> sources)
    {
        this.sources = sources;
        merged = Merged.Of(sources);
    }

    /// <summary>What is wrong with the sources, in a sentence each; null when all is well. A service without any key is not ready.</summary>
    public string? Trouble
    {
        get
        {
            LookAgain();
            var all = sources.Select(source => source.Trouble).OfType<string>().ToList();
            return all.Count == 0 ? null : string.Join(' ', all);
        }
    }

    /// <summary>How many keys there are.</summary>
    public int Count => Current.Count;

    internal Ring Current
    {
        get
        {
            LookAgain();
            var current = merged;
            if (!current.Fits(sources))
                merged = current = Merged.Of(sources);
            return current.Ring;
        }
    }

    /// <summary>The ring of a list of files and addresses; none of them need be there yet: then it holds no key, and no token is valid.</summary>
    public static KeyRing From(string list, TimeProvider clock, ILogger<KeyRing>? log = null) => new(
        [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(one => Source(one, clock, log))]);

    /// <summary>The ring of a file.</summary>
    public static KeyRing FromFile(string path, TimeProvider clock, ILogger<KeyRing>? log = null) => new([new KeyFileSource(path, clock, log)]);

    /// <summary>Asks the sources that can be asked because a key is wanted that nobody has; null where that would not help now.</summary>
    internal Task? AskAgain()
    {
        var asked = sources.Select(source => source.AskAgain()).OfType<Task>().ToList();
        return asked.Count == 0 ? null : Task.WhenAll(asked);
    }

    /// <summary>Closes the connections to the sources.</summary>
    public void Dispose()
    {
        foreach (var source in sources)
            source.Dispose();
    }

    private static KeySource Source(string one, TimeProvider clock, ILogger? log) =>
        Uri.TryCreate(one, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new KeyUrlSource(address, clock, log)
            : new KeyFileSource(one, clock, log);

    private void LookAgain()
    {
        foreach (var source in sources)
            source.LookAgain();
    }

    /// <summary>The rings of all sources as one; the same one for as long as none of them changes.</summary>
    private sealed record Merged(Ring[] Parts, Ring Ring)
    {
        public static Merged Of(IReadOnlyList<KeySource> sources)
        {
            Ring[] parts = [.. sources.Select(source => source.Ring)];
            return new Merged(parts, parts.Length == 1 ? parts[0] : Ring.Of(parts));
        }

        public bool Fits(IReadOnlyList<KeySource> sources)
        {
            for (var i = 0; i < Parts.Length; i++)
                if (!ReferenceEquals(Parts[i], sources[i].Ring))
                    return false;
            return true;
        }
    }
}
