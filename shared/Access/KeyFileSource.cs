using Microsoft.Extensions.Logging;

namespace CrmPlatform.Access;

/// <summary>A JWKS in a file.</summary>
/// <remarks>
/// It is looked at when a key is wanted, at most once a second, by one thread while the others go on with what is there. Its content
/// decides, not its time: a mounted file changes behind a link whose own time stays.
/// </remarks>
internal sealed class KeyFileSource : KeySource
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Lock looking = new();
    private readonly string path;
    private readonly TimeProvider clock;
    private long looked;

    public KeyFileSource(string path, TimeProvider clock, ILogger? log)
        : base(Path.GetFileName(path), log)
    {
        (this.path, this.clock) = (path, clock);
        looked = clock.GetTimestamp();
        Look();
    }

    protected override string Kind => "file";

    public override void LookAgain()
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
            Take(Content());
        }
        catch (Exception e) when (e is KeyFileException or IOException or UnauthorizedAccessException)
        {
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
}
