using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CrmPlatform.Access;
using CrmPlatform.Hosting.Secrets;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Secrets;
using CrmPlatform.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Identity.Keys;

/// <summary>The keys that tokens are signed with, and how they follow each other: nobody has to do anything.</summary>
/// <remarks>
/// <code>
///   made ──15 min──▶ signs ──30 days──▶ the next one signs ──25 min──▶ forgotten
///   published ─────────────────────────────────────────────────────▶
/// </code>
/// Everybody who checks tokens has a key before it signs, and keeps it until the last token it signed has ended.
/// </remarks>
public sealed partial class SigningKeys(PageSessions sessions, Sealed secrets, TimeProvider clock, ILogger<SigningKeys> log) : BackgroundService
{
    internal static readonly TimeSpan Ahead = TimeSpan.FromMinutes(15);
    internal static readonly TimeSpan Life = TimeSpan.FromDays(30);
    internal static readonly TimeSpan Afterwards = TimeSpan.FromMinutes(25);
    private const string Use = "signing key";
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10), Again = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, SigningKey> opened = [];
    private volatile IReadOnlyList<Known> all = [];

    /// <summary>The key that signs now.</summary>
    public SigningKey Current
    {
        get
        {
            var now = clock.GetUtcNow();
            return all.Where(key => key.SignsFrom <= now && key.Key is not null).MaxBy(key => key.SignsFrom)?.Key
                ?? throw new Refusal(503, "starting", "There is no key to sign with yet. Try again.");
        }
    }

    /// <summary>The public halves, as a JWKS.</summary>
    public JsonObject Published => new() { ["keys"] = new JsonArray([.. all.Select(key => JsonNode.Parse(key.Public))]) };

    /// <summary>How many are published.</summary>
    public int Count => all.Count;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Look;
            try
            {
                await Refresh(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                Away(e.Message);
                pause = Again;
            }
            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Reads the keys as they are, and makes and forgets those whose time it is.</summary>
    internal async Task Refresh(CancellationToken cancel)
    {
        await using var session = sessions.Begin(cancel);
        var rows = await Read(session);
        if (MustMake(rows) is not null || rows.Any(row => IsOver(row, rows)))
        {
            await session.Hold(["signing keys"]); // one replica does it
            rows = await Read(session);
            if (MustMake(rows) is { } from)
                await Make(session, from);
            foreach (var over in rows.Where(row => IsOver(row, rows)))
                await session.Execute("delete from signing_key where tenant = @tenant and kid = @kid", new { kid = over.Kid });
            rows = await Read(session);
            await session.Commit();
        }
        all = [.. rows.Select(row => new Known(row.Public, row.SignsFrom, Open(row)))];
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var key in opened.Values)
            key.Dispose();
        base.Dispose();
    }

    // When a new one is to sign from: at once where there is none, else when the youngest has signed long enough.
    private DateTimeOffset? MustMake(List<Row> rows)
    {
        var now = clock.GetUtcNow();
        if (!rows.Any(row => row.SignsFrom <= now && Open(row) is not null))
            return now;
        return now >= rows.Max(row => row.SignsFrom) + Life - Ahead ? now + Ahead : null;
    }

    private bool IsOver(Row row, List<Row> rows) =>
        rows.Any(next => next.SignsFrom > row.SignsFrom && clock.GetUtcNow() >= next.SignsFrom + Afterwards);

    private async Task Make(Session session, DateTimeOffset from)
    {
        using var key = SigningKey.Create();
        await session.Execute(
            """
            insert into signing_key (tenant, kid, public, private, made_at, signs_from)
            values (@tenant, @kid, @half::jsonb, @box, @now, @from)
            """,
            new
            {
                kid = key.Id,
                half = key.PublicHalf.ToJsonString(),
                box = secrets.Seal(key.PrivateHalf(), Use, key.Id),
                now = clock.GetUtcNow(),
                from,
            });
        Made(key.Id, from);
    }

    private static Task<List<Row>> Read(Session session) => session.Query<Row>(
        "select kid, public::text as public, private, signs_from from signing_key where tenant = @tenant order by signs_from, kid");

    private SigningKey? Open(Row row)
    {
        if (opened.TryGetValue(row.Kid, out var known))
            return known;
        try
        {
            return opened[row.Kid] = SigningKey.FromPrivateHalf(secrets.Open(row.Private, Use, row.Kid));
        }
        catch (CryptographicException)
        {
            Shut(row.Kid); // CRM_SECRET is another one now: what it signed stays valid, and a new one signs
            return null;
        }
    }

    [LoggerMessage(LogLevel.Information, "Made the signing key {Kid}; it signs from {From}")]
    private partial void Made(string kid, DateTimeOffset from);

    [LoggerMessage(LogLevel.Warning, "The signing key {Kid} cannot be opened: it was sealed under another CRM_SECRET")]
    private partial void Shut(string kid);

    [LoggerMessage(LogLevel.Warning, "The signing keys cannot be read: {Why}")]
    private partial void Away(string why);

    private sealed record Known(string Public, DateTimeOffset SignsFrom, SigningKey? Key);

    private sealed record Row
    {
        public required string Kid { get; init; }

        public required string Public { get; init; }

        public required byte[] Private { get; init; }

        public required DateTimeOffset SignsFrom { get; init; }
    }
}
