using CrmPlatform.Journal;

namespace CrmPlatform.Records.Files;

/// <summary>A job's file, kept in the database in pieces: any process of the service can go on with it, and none has to hold it as a whole.</summary>
internal sealed class StoredFile(Sessions sessions, Cause cause, Guid job, string name) : Incoming
{
    /// <summary>What was sent.</summary>
    public const string Source = "source";

    /// <summary>The rows that were refused.</summary>
    public const string Errors = "errors";

    private int part = -1;
    private byte[] piece = [];
    private int at;

    /// <summary>Adds a piece.</summary>
    public static Task Add(Session session, Guid job, string name, int part, byte[] data) => session.Read(
        "insert into job_file (tenant, job, name, part, data) values ($1, $2, $3, $4, $5) returning 1", row => row.GetInt32(0),
        session.Cause.Tenant, job, name, part, data);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (at == piece.Length && !await NextPiece(cancellationToken))
            return 0;
        var count = Math.Min(buffer.Length, piece.Length - at);
        piece.AsMemory(at, count).CopyTo(buffer);
        at += count;
        return count;
    }

    private async Task<bool> NextPiece(CancellationToken cancel)
    {
        await using var session = sessions.Begin(cause, cancel);
        var next = await session.Read(
            "select part, data from job_file where tenant = $1 and job = $2 and name = $3 and part > $4 order by part limit 1",
            row => (Part: row.GetInt32(0), Data: row.GetFieldValue<byte[]>(1)), cause.Tenant, job, name, part);
        if (next is not [var found])
            return false;
        (part, piece, at) = (found.Part, found.Data, 0);
        return true;
    }
}
