using CrmPlatform.Journal;

namespace CrmPlatform.Records.Files;

/// <summary>A file that was sent, to be read from anywhere in it: its pieces are all of one length, but for the last.</summary>
internal sealed class StoredSource : Incoming
{
    /// <summary>How long a piece is.</summary>
    public const int Piece = 1024 * 1024;

    private readonly Func<string, object[], Task<List<(long Length, byte[] Data)>>> ask;
    private readonly object[] which;
    private readonly long length;
    private long held = -1;
    private byte[] piece = [];

    private StoredSource(Func<string, object[], Task<List<(long Length, byte[] Data)>>> ask, object[] which, long length) =>
        (this.ask, this.which, this.length) = (ask, which, length);

    public override bool CanSeek => true;

    public override long Length => length;

    public override long Position { get; set; }

    /// <summary>As it is for everybody.</summary>
    public static Task<StoredSource> Open(Sessions sessions, Cause cause, Guid job) => Open(
        async (sql, values) =>
        {
            await using var session = sessions.Begin(cause, CancellationToken.None);
            return await session.Read(sql, Read, values);
        },
        [cause.Tenant, job, StoredFile.Source]);

    /// <summary>As this session has it, which has just written it.</summary>
    public static Task<StoredSource> Open(Session session, Guid job) => Open(
        (sql, values) => session.Read(sql, Read, values), [session.Cause.Tenant, job, StoredFile.Source]);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= length)
            return 0;
        var (part, at) = (Position / Piece, (int)(Position % Piece));
        if (part != held)
            (piece, held) = (await Part((int)part), part);
        var count = Math.Min(buffer.Length, piece.Length - at);
        piece.AsMemory(at, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = offset + (origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => Position, _ => length });

    private static async Task<StoredSource> Open(Func<string, object[], Task<List<(long Length, byte[] Data)>>> ask, object[] which)
    {
        var last = await ask(
            $"select part::bigint * {Piece} + length(data), ''::bytea from job_file where tenant = $1 and job = $2 and name = $3 order by part desc limit 1",
            which);
        return new StoredSource(ask, which, last is [var end] ? end.Length : 0);
    }

    private async Task<byte[]> Part(int part) =>
        (await ask("select 0::bigint, data from job_file where tenant = $1 and job = $2 and name = $3 and part = $4", [.. which, part])) is [var found]
            ? found.Data : throw new InvalidDataException("A piece of the file is missing.");

    private static (long, byte[]) Read(Npgsql.NpgsqlDataReader row) => (row.GetInt64(0), row.GetFieldValue<byte[]>(1));
}
