using Microsoft.Extensions.Logging;

namespace CrmPlatform.Access;

/// <summary>The public keys that tokens are checked with, by kid, from a JWKS file that may change at any time.</summary>
/// <remarks>
/// The file is looked at when a key is wanted, at most once a second, by one thread while the others go on with what is there.
/// It is compared by content: a mounted file changes behind a link whose own time stays. A file that cannot be used changes
/// nothing but <see cref="Trouble"/>. Keys are rotated by adding the new one, signing with it, and removing the old one after
/// the longest life of a token.
/// </remarks>
public sealed class KeyRing
{
    private const int MaxLength = 1 << 20;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Lock looking = new();
    private readonly string path;
    private readonly TimeProvider clock;
    private readonly ILogger? log;
    private byte[]? read;
    private long looked;
    private volatile Ring current = Ring.Empty;
    private volatile string? trouble;

    private KeyRing(string path, TimeProvider clock, ILogger? log)
    {
        (this.path, this.clock, this.log) = (path, clock, log);
        looked = clock.GetTimestamp();
        Look();
    }

    /// <summary>What is wrong with the file, in one sentence; null when all is well. A service without any key is not ready.</summary>
    public string? Trouble
    {
        get
        {
            LookAgain();
            return trouble;
        }
    }

    /// <summary>How many keys there are.</summary>
    public int Count => Current.Count;

    internal Ring Current
    {
        get
        {
            LookAgain();
            return current;
        }
    }

    /// <summary>The ring of a file, which need not be there yet: then it holds no key, and no token is valid.</summary>
    public static KeyRing FromFile(string path, TimeProvider clock, ILogger<KeyRing>? log = null) => new(path, clock, log);

    private void LookAgain()
    {
        if (clock.GetElapsedTime(Volatile.Read(ref looked)) < LookEvery || !looking.TryEnter())
            return;
        try
        {
            if (clock.GetElapsedTime(looked) < LookEvery)
                return;
            Volatile.Write(ref looked, clock.GetTimestamp());
            Look();
        }
        finally
        {
            looking.Exit();
        }
    }

    private void Look()
    {
        try
        {
            var content = Content();
            if (read is not null && content.AsSpan().SequenceEqual(read))
                return;
            current = Ring.Read(content);
            read = content;
            log?.LogInformation("Read {File}: {Count} keys.", Path.GetFileName(path), current.Count);
            Say(current.Count == 0 ? "holds no key for ES256" : null);
        }
        catch (Exception e) when (e is KeyFileException or IOException or UnauthorizedAccessException)
        {
            read = null; // so that what was read before counts as news when it is back
            Say(e switch
            {
                KeyFileException => e.Message,
                FileNotFoundException or DirectoryNotFoundException => "is not there",
                _ => $"cannot be read ({e.GetType().Name})",
            });
        }
    }

    private byte[] Content()
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length > MaxLength)
            throw new KeyFileException("is too long for a key file");
        var content = new byte[file.Length];
        return content[..file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)];
    }

    private void Say(string? what)
    {
        var sentence = what is null ? null : $"The key file {Path.GetFileName(path)} {what}; "
            + (current.Count == 0 ? "there is no key, and no token is valid." : "the keys read before stay in use.");
        if (sentence is not null && sentence != trouble)
            log?.LogError("{Trouble}", sentence);
        trouble = sentence;
    }
}
