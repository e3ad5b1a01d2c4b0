using CrmPlatform.Journal.Chain;
using Npgsql;

namespace CrmPlatform.Journal.Relay;

/// <summary>The database side of the relay.</summary>
internal sealed class RelaySource(string service, string opsConnection)
{
    private readonly NpgsqlDataSource source = new NpgsqlDataSourceBuilder(opsConnection)
    {
        Name = $"{service} relay",
        ConnectionStringBuilder = { Pooling = false, ApplicationName = $"{service} relay" },
    }.Build();

    public string Service { get; } = service;

    public async Task<Line> Open(CancellationToken cancel) => new(await source.OpenConnectionAsync(cancel));

    /// <summary>One connection for the lock, the reading, the chain and the deleting: lose it and everything stops together.</summary>
    internal sealed class Line(NpgsqlConnection connection) : IAsyncDisposable
    {
        // The number only has to be the same in every relay and used for nothing else in this database.
        private const long LeaderLock = 0x43524D;

        public async Task<bool> Lead(CancellationToken cancel)
        {
            await using var command = new NpgsqlCommand("select pg_try_advisory_lock($1)", connection) { Parameters = { new() { Value = LeaderLock } } };
            return (bool)(await command.ExecuteScalarAsync(cancel))!;
        }

        public async Task<ChainHead> Head(CancellationToken cancel)
        {
            await using var command = new NpgsqlCommand("select position, entry, hash from chain order by position desc limit 1", connection);
            await using var row = await command.ExecuteReaderAsync(cancel);
            return await row.ReadAsync(cancel) ? new ChainHead(row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)) : ChainHead.Empty;
        }

        /// <summary>The lowest entries of the outbox but for those on their way.</summary>
        public async Task<List<Entry>> Next(int atMost, IReadOnlyList<Entry> but, CancellationToken cancel)
        {
            // The inner limit first: the join then touches only these entries, whatever the planner thinks of the outbox's size.
            await using var command = new NpgsqlCommand(
                $"""
                select {Entry.Columns}
                from (select entry from outbox where entry <> all($2) order by entry limit $1) o join journal j on j.entry = o.entry
                order by j.entry
                """, connection)
            { Parameters = { new() { Value = atMost }, new() { Value = but.Select(e => e.Number).ToArray() } } };
            await command.PrepareAsync(cancel);
            await using var row = await command.ExecuteReaderAsync(cancel);
            var entries = new List<Entry>();
            while (await row.ReadAsync(cancel))
                entries.Add(Entry.Read(row));
            return entries;
        }

        /// <summary>Takes told entries over from the outbox into the chain: exactly these, or nothing.</summary>
        public async Task<ChainHead> Chain(IReadOnlyList<Entry> entries, ChainHead head, CancellationToken cancel)
        {
            var hashes = new byte[entries.Count][];
            for (var i = 0; i < entries.Count; i++)
                hashes[i] = entries[i].Hash(i == 0 ? head.Hash : hashes[i - 1]);
            var numbers = entries.Select(e => e.Number).ToArray();

            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    new("insert into chain (position, entry, hash) select $1 + n, entry, hash from unnest($2, $3) with ordinality as t (entry, hash, n)")
                    {
                        Parameters = { new() { Value = head.Position }, new() { Value = numbers }, new() { Value = hashes } },
                    },
                    new("with d as (delete from outbox where entry = any($1) returning 1) select crm_expect(count(*), $2) from d")
                    {
                        Parameters = { new() { Value = numbers }, new() { Value = entries.Count } },
                    },
                },
            };
            await batch.ExecuteNonQueryAsync(cancel);
            return new ChainHead(head.Position + entries.Count, numbers[^1], hashes[^1]);
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
