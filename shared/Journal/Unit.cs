using System.Data.Common;
using CrmPlatform.Journal.Search;
using Npgsql;

namespace CrmPlatform.Journal;

/// <summary>
/// One database transaction, sent in as few round trips as it can be: writes queue up and travel together at commit. A unit that
/// only writes is a single batch (PostgreSQL runs a batch in one implicit transaction); a unit that reads first opens an explicit
/// transaction with its first read and closes it with its last batch. Records wait as records until something else must come after them, and
/// then become statements over many at once (<see cref="Writes"/>). Many records are sent on while the next are being prepared; whoever uses the
/// connection next waits for them, and hears what became of them.
/// Owner: the session (or the intake's run) that created it. Not thread safe.
/// </summary>
internal sealed class Unit(NpgsqlDataSource data, KnownWords? words = null) : IAsyncDisposable
{
    // Records and entries; a statement over more gains little, and the database has something to do while the next are prepared.
    private const int MostWaiting = 250;

    // Above this many queued statements they are sent on: memory stays flat however much one operation changes.
    private const int MostQueued = 500;

    private readonly List<NpgsqlBatchCommand> queue = [];
    private readonly Writes writes = new(words ?? new KnownWords());
    private NpgsqlConnection? connection;
    private Guid? setTenant;
    private bool plansAnew;
    private bool begun;
    private int? saved;
    private Task? onTheirWay;

    /// <summary>Whether nothing is in a transaction yet: what is asked next is committed by itself.</summary>
    public bool IsAlone => !begun && queue.Count == 0 && writes.Count == 0;

    /// <summary>Queues a record's row or entry; it is written with the next read or at commit.</summary>
    public async ValueTask Write(Guid tenant, Action<Writes> write, CancellationToken cancel)
    {
        UseTenant(tenant);
        write(writes);
        if (writes.Count >= MostWaiting)
            await SendOn(cancel);
    }

    /// <summary>Queues a write for a tenant; it is executed with the next read or at commit, in the order queued.</summary>
    public async ValueTask Write(Guid tenant, NpgsqlBatchCommand command, CancellationToken cancel)
    {
        UseTenant(tenant);
        Settle();
        queue.Add(command);
        if (queue.Count >= MostQueued)
            await Flush(cancel);
    }

    /// <summary>
    /// Reads for a tenant inside the transaction, after everything queued so far. What follows from what somebody asks for is planned for its
    /// values: what is quick for a rare word is slow for one that half of the records have.
    /// </summary>
    public async Task<List<T>> Read<T>(
        Guid tenant, NpgsqlBatchCommand command, Func<NpgsqlDataReader, T> row, bool locks, CancellationToken cancel, bool planned = false)
    {
        var rows = new List<T>();
        await ReadEach(
            tenant, command,
            reader =>
            {
                rows.Add(row(reader));
                return default;
            },
            locks, cancel, planned);
        return rows;
    }

    /// <summary>The same for more rows than should be in memory at once: each is dealt with before the next is read.</summary>
    public async Task ReadEach(
        Guid tenant, NpgsqlBatchCommand command, Func<NpgsqlDataReader, ValueTask> each, bool locks, CancellationToken cancel, bool planned = false)
    {
        if (queue.Count > 0 || writes.Count > 0)
            await Flush(cancel);
        await Arrived();
        var isFirst = connection is null;
        await using var batch = await Batch(cancel);
        if (locks)
            Begin(batch);
        var switched = UseTenant(tenant, planned);
        MoveQueueTo(batch);
        batch.BatchCommands.Add(command);
        if (!begun)
            (setTenant, plansAnew) = (null, false); // it holds for this one batch only

        await using var reader = await Ask(batch, isFirst, cancel);
        if (switched)
            await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
            await each(reader);
    }

    /// <summary>Makes everything durable, or throws and leaves nothing.</summary>
    public async Task Commit(CancellationToken cancel)
    {
        Settle();
        if (queue.Count == 0 && !begun)
            return;
        await Arrived();
        await using var batch = await Batch(cancel);
        MoveQueueTo(batch);
        if (begun)
            batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        await batch.ExecuteNonQueryAsync(cancel);
        writes.Beside.Committed();
        begun = false;
        (setTenant, plansAnew) = (null, false);
    }

    /// <summary>Sends what is queued inside an explicit transaction.</summary>
    public async Task Flush(CancellationToken cancel)
    {
        await SendOn(cancel);
        await Arrived();
    }

    private async Task SendOn(CancellationToken cancel)
    {
        Settle();
        await Arrived();
        if (queue.Count == 0)
            return;
        var batch = await Batch(cancel);
        Begin(batch);
        MoveQueueTo(batch);
        onTheirWay = Execute(batch, cancel);
    }

    // A connection may have ended unseen while it lay in the pool. Nothing has come of what was asked on it first, so it is asked on another one.
    private async Task<NpgsqlDataReader> Ask(NpgsqlBatch batch, bool isFirst, CancellationToken cancel)
    {
        try
        {
            return await batch.ExecuteReaderAsync(cancel);
        }
        catch (NpgsqlException) when (isFirst && connection!.State != System.Data.ConnectionState.Open && !cancel.IsCancellationRequested)
        {
            await connection.DisposeAsync();
            connection = null;
            var again = await Batch(cancel);
            foreach (NpgsqlBatchCommand command in batch.BatchCommands)
                again.BatchCommands.Add(Copy(command)); // what was sent has kept what it was prepared as there
            return await again.ExecuteReaderAsync(cancel);
        }
    }

    private static NpgsqlBatchCommand Copy(NpgsqlBatchCommand command)
    {
        var copy = new NpgsqlBatchCommand(command.CommandText);
        foreach (NpgsqlParameter parameter in command.Parameters)
            copy.Parameters.Add(parameter.Clone());
        return copy;
    }

    private static async Task Execute(NpgsqlBatch batch, CancellationToken cancel)
    {
        await using (batch)
            await batch.ExecuteNonQueryAsync(cancel);
    }

    private Task Arrived()
    {
        var arrived = onTheirWay ?? Task.CompletedTask;
        onTheirWay = null;
        return arrived;
    }

    /// <summary>Everything from here on can be taken back alone.</summary>
    public void Save(Guid tenant)
    {
        UseTenant(tenant);
        Settle();
        saved = queue.Count;
        queue.Add(new NpgsqlBatchCommand("savepoint here"));
    }

    /// <summary>Executes everything since <see cref="Save"/>; it stands or falls with the rest again.</summary>
    public async Task Release(CancellationToken cancel)
    {
        Settle();
        queue.Add(new NpgsqlBatchCommand("release savepoint here"));
        await Flush(cancel);
    }

    /// <summary>Takes back everything since <see cref="Save"/>, also when the database refused it.</summary>
    public async Task TakeBack(CancellationToken cancel)
    {
        writes.Forget();
        writes.Beside.TakenBack();
        if (saved is { } unsent)
        {
            queue.RemoveRange(unsent, queue.Count - unsent);
            saved = null;
            return;
        }
        queue.Clear();
        await Arrived().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // it is being taken back, whatever became of it
        await using var command = new NpgsqlCommand("rollback to savepoint here", connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Rolls back what was not committed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (connection is null)
            return;
        await Arrived().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            if (begun && connection.State == System.Data.ConnectionState.Open)
            {
                await using var rollback = new NpgsqlCommand("rollback", connection);
                await rollback.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
        catch (DbException)
        {
            // The connection is gone, and with it the transaction: PostgreSQL has rolled it back.
        }
        await connection.DisposeAsync();
        connection = null;
    }

    private async ValueTask<NpgsqlBatch> Batch(CancellationToken cancel)
    {
        connection ??= await data.OpenConnectionAsync(cancel);
        return connection.CreateBatch();
    }

    private void Begin(NpgsqlBatch batch)
    {
        if (!begun)
            batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));
        begun = true;
    }

    private bool UseTenant(Guid tenant, bool planned = false)
    {
        if (setTenant == tenant && (plansAnew || !planned))
            return false;
        Settle();
        (setTenant, plansAnew) = (tenant, plansAnew || planned);
        var plan = planned ? ", set_config('plan_cache_mode', 'force_custom_plan', true)" : "";
        queue.Add(new NpgsqlBatchCommand($"select set_config('crm.tenant', $1, true){plan}")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = tenant.ToString() } },
        });
        return true;
    }

    private void Settle()
    {
        if (writes.Count > 0)
            queue.AddRange(writes.Take(setTenant!.Value));
    }

    private void MoveQueueTo(NpgsqlBatch batch)
    {
        foreach (var command in queue)
            batch.BatchCommands.Add(command);
        queue.Clear();
        saved = null;
    }
}
