using System.Text.Json;
using CrmPlatform.Access;
using CrmPlatform.Journal.Telemetry;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Journal.Chain;

/// <summary>A head of the chain as it was once, kept outside the database. <see cref="Genuine"/>: its signature holds.</summary>
public sealed record Anchor(string Service, long Position, long Entry, byte[] Hash, DateTimeOffset At)
{
    /// <summary>Whether the line was signed by a key of this installation.</summary>
    public bool Genuine { get; init; }
}

/// <summary>
/// Writes the head of the chain to a file outside the database, each line a JWS (ES256) of its own, so that not even somebody who may
/// write everything in the database can rewrite what was told. Since every hash holds all before it, one head proves the whole past.
/// </summary>
public sealed class Anchors : IDisposable
{
    internal const string Type = "crm-anchor";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private const int AtMostEntries = 10_000;

    private readonly string service;
    private readonly string? path;
    private readonly SigningKey? key;
    private readonly TimeProvider clock;
    private readonly JournalMetrics metrics;
    private readonly ILogger<Anchors> log;
    private ChainHead anchored = ChainHead.Empty;
    private long anchoredAt;

    /// <summary>Without a folder or a key no anchors are written.</summary>
    public Anchors(string service, string? folder, string? keyFile, TimeProvider clock, JournalMetrics metrics, ILogger<Anchors> log)
    {
        (this.service, this.clock, this.metrics, this.log) = (service, clock, metrics, log);
        if (folder is null || keyFile is null)
            return;
        Directory.CreateDirectory(folder);
        path = PathOf(folder, service);
        key = SigningKey.Open(keyFile);
    }

    /// <summary>All anchors of a service, in the order they were written.</summary>
    public static IReadOnlyList<Anchor> Read(string folder, string service, KeyRing keys)
    {
        var path = PathOf(folder, service);
        return File.Exists(path) ? [.. File.ReadLines(path).Where(l => l.Length > 0).Select(l => Parse(l, keys))] : [];
    }

    /// <summary>The relay's head after a batch: written down now and then, and always when it has rested.</summary>
    internal void Offer(ChainHead head)
    {
        if (path is null || head.Position == anchored.Position)
            return;
        if (head.Position - anchored.Position >= AtMostEntries || clock.GetElapsedTime(anchoredAt) >= Every)
            Write(head);
    }

    /// <summary>The last head of an orderly stop.</summary>
    internal void Close(ChainHead head)
    {
        if (path is not null && head.Position != anchored.Position)
            Write(head);
    }

    /// <summary>Forgets the key.</summary>
    public void Dispose() => key?.Dispose();

    private void Write(ChainHead head)
    {
        var now = clock.GetUtcNow();
        var line = new Line(service, head.Position, head.Entry, Convert.ToHexStringLower(head.Hash), now);
        var payload = JsonSerializer.SerializeToUtf8Bytes(line, JsonSerializerOptions.Web);
        try
        {
            using var file = new FileStream(path!, FileMode.Append, FileAccess.Write, FileShare.Read);
            using (var text = new StreamWriter(file, leaveOpen: true))
                text.WriteLine(key!.Sign(Type, payload));
            file.Flush(flushToDisk: true);
            (anchored, anchoredAt) = (head, clock.GetTimestamp());
            metrics.Anchored(head.Position, now);
        }
        catch (IOException e)
        {
            log.LogError(e, "The anchor of {Service} at position {Position} could not be written", service, head.Position);
        }
    }

    // Neither a damaged nor a forged line may go unnoticed: it stays in the list, as not genuine.
    private static Anchor Parse(string line, KeyRing keys)
    {
        if (Jws.Open(line, Type, keys) is not { } payload || JsonSerializer.Deserialize<Line>(payload, JsonSerializerOptions.Web) is not { } anchor)
            return new Anchor("", 0, 0, [], default);
        return new Anchor(anchor.Service, anchor.Position, anchor.Entry, Convert.FromHexString(anchor.Hash), anchor.At) { Genuine = true };
    }

    private static string PathOf(string folder, string service) => Path.Combine(folder, $"{service}.anchors");

    private sealed record Line(string Service, long Position, long Entry, string Hash, DateTimeOffset At);
}
