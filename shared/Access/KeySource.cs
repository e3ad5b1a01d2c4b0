using Microsoft.Extensions.Logging;

namespace CrmPlatform.Access;

/// <summary>Where public keys come from: a JWKS that may change, or be away, at any time.</summary>
/// <remarks>It is compared by content, and one that cannot be used changes nothing but <see cref="Trouble"/>: what was read before stays in use.</remarks>
internal abstract class KeySource(string name, ILogger? log) : IDisposable
{
    public const int MaxLength = 1 << 20;

    private byte[]? read;
    private volatile Ring ring = Ring.Empty;
    private volatile string? trouble;

    /// <summary>The keys it had when it was last read well.</summary>
    public Ring Ring => ring;

    /// <summary>What is wrong with it, in one sentence; null when all is well.</summary>
    public string? Trouble => trouble;

    /// <summary>Looks whether it changed, if it is time to; keeps nobody waiting.</summary>
    public abstract void LookAgain();

    /// <summary>Asks it because a key is wanted that it did not have; null where asking (again) would not help now.</summary>
    public virtual Task? AskAgain() => null;

    /// <summary>Closes what connects to it.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    protected void Take(byte[] content)
    {
        if (read is not null && content.AsSpan().SequenceEqual(read))
        {
            Say(ring.Count == 0 ? "holds no key for ES256" : null);
            return;
        }
        ring = Ring.Read(content);
        read = content;
        log?.LogInformation("Read {Source}: {Count} keys.", name, ring.Count);
        Say(ring.Count == 0 ? "holds no key for ES256" : null);
    }

    protected void Say(string? what)
    {
        var sentence = what is null ? null : $"The key {Kind} {name} {what}; "
            + (ring.Count == 0 ? "there is no key, and no token is valid." : "the keys read before stay in use.");
        if (sentence is not null && sentence != trouble)
            log?.Log(read is null ? AtFirst : LogLevel.Error, "{Trouble}", sentence);
        trouble = sentence;
    }

    protected abstract string Kind { get; }

    /// <summary>How loudly is said that it could not be read yet.</summary>
    protected virtual LogLevel AtFirst => LogLevel.Error;
}
