using CrmPlatform.Journal.Roles;
using Npgsql;

namespace CrmPlatform.Journal.Replicas;

/// <summary>How current a service's copies of another one's records are.</summary>
/// <param name="Source">The service whose records they are copies of.</param>
/// <param name="AsOf">All that the source had committed until then is in them but for what waits; null where nothing was heard of it yet.</param>
/// <param name="BehindSeconds">How long ago that is: what has happened there since may be missing.</param>
/// <param name="Position">How many entries of the source's journal were told until then.</param>
/// <param name="Waiting">Events of the source that could not be applied yet: they are tried again, or lie parked.</param>
/// <param name="Rebuilding">Since when its copies are being made anew from its journal, if they are. What is read meanwhile is as current as ever.</param>
/// <param name="Rebuilt">When they were made anew last.</param>
public sealed record Replica(
    string Source, DateTimeOffset? AsOf, double? BehindSeconds, long Position, long Waiting, DateTimeOffset? Rebuilding, DateTimeOffset? Rebuilt);

/// <summary>
/// Says of each service whose records are copied here how current the copies are. Found out at most once a second in each process: what is said is
/// never newer than what is read.
/// </summary>
public sealed class Freshness
{
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<string> sources;
    private readonly NpgsqlDataSource ops;
    private readonly TimeProvider clock;
    private readonly Lately<string, Known> known;

    /// <summary>Of the services whose records are copied here.</summary>
    public Freshness(IReadOnlyList<string> sources, NpgsqlDataSource ops, TimeProvider clock)
    {
        (this.sources, this.ops, this.clock) = (sources, ops, clock);
        known = new(clock, Lately, (_, _) => Ask());
    }

    /// <summary>Each source, as of now.</summary>
    public async ValueTask<IReadOnlyList<Replica>> Of(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return [.. (await Look(cancel)).Replicas.Select(r => r with { BehindSeconds = r.AsOf is { } at ? Math.Max(0, (now - at).TotalSeconds) : null })];
    }

    /// <summary>The same in one line for a header (a dictionary of RFC 8941); null where nothing is copied, or the database does not say.</summary>
    public async ValueTask<string?> Line(CancellationToken cancel)
    {
        try
        {
            return sources.Count == 0 ? null : (await Look(cancel)).Line;
        }
        catch (NpgsqlException)
        {
            return null; // the read itself says so
        }
    }

    private ValueTask<Known> Look(CancellationToken cancel) => known.Of("", cancel);

    private async Task<Known> Ask()
    {
        await using var command = ops.CreateCommand(
            """
            select s.source, r.as_of, coalesce(r.position, 0), (select count(*) from parked p where p.type like s.source || '.%'),
                case when r.rebuild_ended is null then r.rebuild_begun end, r.rebuild_ended
            from unnest($1) s(source) left join replica r on r.source = s.source
            """);
        command.Parameters.Add(new() { Value = sources.ToArray() });
        await using var row = await command.ExecuteReaderAsync(CancellationToken.None);
        var all = new List<Replica>();
        while (await row.ReadAsync(CancellationToken.None))
            all.Add(new Replica(row.GetString(0), Time(row, 1), null, row.GetInt64(2), row.GetInt64(3), Time(row, 4), Time(row, 5)));
        return new Known(all, string.Join(", ", all.Select(Said)));
    }

    private static string Said(Replica replica) =>
        $"{replica.Source}={(replica.AsOf is { } at ? $"\"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}\"" : "?0")}"
        + (replica.Waiting > 0 ? $";waiting={replica.Waiting}" : "");

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    private sealed record Known(IReadOnlyList<Replica> Replicas, string Line);
}
