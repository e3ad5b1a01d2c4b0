using System.Threading.Channels;
using CrmPlatform.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Integrations.Sending;

/// <summary>What came of trying to deliver something.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Webhook">To whom.</param>
/// <param name="Url">Where to.</param>
/// <param name="What">What.</param>
/// <param name="Answered">What came of it.</param>
/// <param name="Tries">Which try it was within the schedule.</param>
/// <param name="Number">Which ever.</param>
/// <param name="Next">When it is tried again; null when it is not.</param>
internal sealed record Outcome(
    Guid Tenant, Guid Webhook, string Url, Happening What, Answered Answered, int Tries, int Number, DateTimeOffset? Next)
{
    /// <summary>As the log calls it.</summary>
    public string State => Answered.IsTaken ? "delivered" : Next is null ? "parked" : "failing";
}

/// <summary>
/// Writes down what came of deliveries, many with one statement: whoever waits for one to be durable waits for the statement under way and the next.
/// </summary>
internal sealed class Outcomes([FromKeyedServices(JournalRegistration.Ops)] NpgsqlDataSource ops, ILogger<Outcomes> log) : BackgroundService
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private const string Sql =
        """
        with o as (
            select tenant, webhook, event, url, service, position, type, record, record_id, version, at, state, tries, number, next, tried_at, took, status,
                error, request_headers, request_body, response_headers, response_body
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
                o(tenant, webhook, event, url, service, position, type, record, record_id, version, at, state, tries, number, next, tried_at, took, status,
                error, request_headers, request_body, response_headers, response_body)),
        gone as (delete from due d using o where d.tenant = o.tenant and d.webhook = o.webhook and d.event = o.event and o.state = 'delivered'),
        later as (
            update due d set due_at = coalesce(o.next, 'infinity'), tries = o.tries, attempts = o.number
            from o where d.tenant = o.tenant and d.webhook = o.webhook and d.event = o.event and o.state <> 'delivered'),
        tried as (
            insert into attempt (
                tenant, webhook, event, number, at, took_ms, status, error, url, request_headers, request_body, response_headers, response_body)
            select tenant, webhook, event, number, tried_at, took, status, error, url, request_headers::jsonb, request_body,
                response_headers::jsonb, response_body from o on conflict do nothing)
        insert into delivery as l (
            tenant, webhook, event, service, position, type, record, record_id, version, at, state, attempts, tried_at, status, error, took_ms)
        select tenant, webhook, event, service, position, type, record, record_id, version, at, state, number, tried_at, status, error, took from o
        on conflict (tenant, webhook, event) do update set state = excluded.state, attempts = excluded.attempts, tried_at = excluded.tried_at,
            status = excluded.status, error = excluded.error, took_ms = excluded.took_ms
        """;

    private readonly Channel<(Outcome Outcome, TaskCompletionSource Written)> waiting = Channel.CreateUnbounded<(Outcome, TaskCompletionSource)>();

    /// <summary>Returns when it is durable.</summary>
    public Task Write(Outcome outcome)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return waiting.Writer.TryWrite((outcome, written)) ? written.Task : throw new InvalidOperationException("Nothing is written down any more.");
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<(Outcome Outcome, TaskCompletionSource Written)>();
        while (await waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            batch.Clear();
            while (batch.Count < AtOnce && waiting.Reader.TryRead(out var next))
                batch.Add(next);
            await Patiently(batch.ConvertAll(b => b.Outcome), stoppingToken);
            batch.ForEach(b => b.Written.TrySetResult());
        }
    }

    private async Task Patiently(List<Outcome> batch, CancellationToken stop)
    {
        // Of one delivery the later counts: it was tried twice where a lane changed hands.
        var last = batch.GroupBy(o => (o.Tenant, o.Webhook, o.What.Id)).Select(o => o.Last()).ToList();
        while (true)
            try
            {
                await Write(last, stop);
                return;
            }
            catch (Exception e) when (e is NpgsqlException && !stop.IsCancellationRequested)
            {
                log.LogWarning("What came of {Count} deliveries cannot be written down yet: {Why}", last.Count, e.Message);
                await Task.Delay(Pause, stop);
            }
    }

    private async Task Write(List<Outcome> o, CancellationToken stop)
    {
        await using var command = ops.CreateCommand(Sql);
        void Put<T>(Func<Outcome, T> of) => command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. o.Select(of)] });
        Put(x => x.Tenant);
        Put(x => x.Webhook);
        Put(x => x.What.Id);
        Put(x => x.Url);
        Put(x => x.What.Service);
        Put(x => x.What.Position);
        Put(x => x.What.Type);
        Put(x => x.What.Record.Name);
        Put(x => x.What.RecordId);
        Put(x => x.What.Version);
        Put(x => x.What.At.ToUniversalTime());
        Put(x => x.State);
        Put(x => x.Tries);
        Put(x => x.Number);
        Put(x => x.Next?.ToUniversalTime());
        Put(x => x.Answered.At);
        Put(x => x.Answered.TookMs);
        Put(x => x.Answered.Status);
        Put(x => x.Answered.Error);
        Put(x => x.Answered.RequestHeaders);
        Put(x => x.Answered.RequestBody);
        Put(x => x.Answered.ResponseHeaders);
        Put(x => x.Answered.ResponseBody);
        await command.ExecuteNonQueryAsync(stop);
    }
}
