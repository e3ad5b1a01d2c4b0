using CrmPlatform.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Identity.Mail;

/// <summary>
/// Sends the mail that waits, each once where nothing goes wrong, and again, later and later, where the server is away; after two days it is
/// given up. Several of these may run: each mail is one's for as long as sending it may take.
/// </summary>
internal sealed class Postman(
    [FromKeyedServices(JournalRegistration.Ops)] NpgsqlDataSource ops, Letters letters, Outgoing outgoing, MailMetrics metrics, TimeProvider clock,
    ILogger<Postman> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan GivenUp = TimeSpan.FromDays(2);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!outgoing.IsSet)
            log.LogWarning("No mail is sent: neither CRM_SMTP nor CRM_MAIL is set. It waits in the table mail");
        while (!stoppingToken.IsCancellationRequested && outgoing.IsSet)
            if (!await SendOne(stoppingToken))
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<bool> SendOne(CancellationToken stop)
    {
        try
        {
            if (await Claim(stop) is not { } mail)
                return false;
            try
            {
                var body = letters.Open(mail.Id, mail.Body);
                await outgoing.Send(new Sent(mail.Id, mail.Made, mail.To, mail.Subject, body.Text, body.Html), stop);
                await Note(mail, "sent_at = now(), body = null, error = null", stop);
                metrics.Sent(mail.Kind);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                await Failed(mail, e, stop);
            }
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
        {
            if (!stop.IsCancellationRequested)
                log.LogWarning(e, "The post cannot be looked through; the next round tries again");
            return false;
        }
    }

    private async Task Failed(Waiting mail, Exception e, CancellationToken stop)
    {
        var isLost = clock.GetUtcNow() - mail.Made > GivenUp;
        metrics.Failed(mail.Kind, isLost);
        log.LogWarning("The mail {Mail} ({Kind}) was not taken: {Why}", mail.Id, mail.Kind, e.GetBaseException().Message);
        var seconds = Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Min(mail.Attempts, 12)));
        await Note(mail, isLost ? "failed_at = now(), body = null, error = @error" : "next_at = now() + make_interval(secs => @seconds), error = @error",
            stop, ("error", e.GetBaseException().Message), ("seconds", seconds));
    }

    private async Task<Waiting?> Claim(CancellationToken stop)
    {
        await using var command = ops.CreateCommand(
            """
            update mail set next_at = now() + @lease, attempts = attempts + 1
            where (tenant, id) in (
                select tenant, id from mail where sent_at is null and failed_at is null and next_at <= now()
                order by next_at limit 1 for update skip locked)
            returning tenant, id, kind, recipient, subject, body, made_at, attempts
            """);
        command.Parameters.AddWithValue("lease", Lease);
        await using var row = await command.ExecuteReaderAsync(stop);
        return !await row.ReadAsync(stop) ? null : new Waiting(
            row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetFieldValue<byte[]>(5),
            row.GetFieldValue<DateTimeOffset>(6), row.GetInt32(7));
    }

    private async Task Note(Waiting mail, string set, CancellationToken stop, params (string Name, object Value)[] values)
    {
        await using var command = ops.CreateCommand($"update mail set {set} where tenant = @tenant and id = @id");
        command.Parameters.AddWithValue("tenant", mail.Tenant);
        command.Parameters.AddWithValue("id", mail.Id);
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        await command.ExecuteNonQueryAsync(stop);
    }

    private sealed record Waiting(
        Guid Tenant, Guid Id, string Kind, string To, string Subject, byte[] Body, DateTimeOffset Made, int Attempts);
}
