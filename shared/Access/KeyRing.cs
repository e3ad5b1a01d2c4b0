using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;

namespace CrmPlatform.Access;

/// <summary>
/// The public keys by id, from a JWKS file that is read again when it changes: a new key works, a removed one stops working, without a
/// restart. A file that cannot be read keeps the last good ring and says so.
/// </summary>
public sealed class KeyRing
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly string path;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private volatile Ring ring = new(FrozenDictionary<string, ECDsa>.Empty, default, 0);
    private long lookedAt;

    private KeyRing(string path, TimeProvider clock)
    {
        (this.path, this.clock) = (path, clock);
        Look();
    }

    /// <summary>Why the file cannot be used right now, or null.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Grows with every change of the keys: what was decided under another ring is decided again.</summary>
    public int Generation
    {
        get
        {
            LookIfDue();
            return ring.Generation;
        }
    }

    /// <summary>Keys from a file.</summary>
    public static KeyRing FromFile(string path, TimeProvider clock) => new(path, clock);

    /// <summary>The key of an id, or null.</summary>
    public ECDsa? Find(string keyId)
    {
        LookIfDue();
        return ring.Keys.GetValueOrDefault(keyId);
    }

    private void LookIfDue()
    {
        if (clock.GetElapsedTime(Interlocked.Read(ref lookedAt)) >= LookEvery)
            Look();
    }

    private void Look()
    {
        lock (gate)
        {
            Interlocked.Exchange(ref lookedAt, clock.GetTimestamp());
            try
            {
                var written = File.GetLastWriteTimeUtc(path);
                if (written == ring.Written && Trouble is null)
                    return;
                ring = new Ring(Read(File.ReadAllBytes(path)), written, ring.Generation + 1);
                Trouble = null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or CryptographicException or FormatException
                or KeyNotFoundException or InvalidOperationException)
            {
                Trouble = $"the keys in {Path.GetFileName(path)} cannot be read: {e.Message}";
            }
        }
    }

    private static FrozenDictionary<string, ECDsa> Read(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var keys = new Dictionary<string, ECDsa>(StringComparer.Ordinal);
        foreach (var key in document.RootElement.GetProperty("keys").EnumerateArray())
        {
            if (key.GetProperty("kty").GetString() != "EC" || key.GetProperty("crv").GetString() != "P-256")
                continue;
            var point = new ECPoint { X = Coordinate(key, "x"), Y = Coordinate(key, "y") };
            keys[key.GetProperty("kid").GetString()!] = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        }
        return keys.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static byte[] Coordinate(JsonElement key, string name) => Base64Url.DecodeFromChars(key.GetProperty(name).GetString());

    private sealed record Ring(FrozenDictionary<string, ECDsa> Keys, DateTime Written, int Generation);
}
