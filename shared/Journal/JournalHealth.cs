using CrmPlatform.Journal.Relay;
using Npgsql;

namespace CrmPlatform.Journal;

/// <summary>Whether the journal of a service can be written and told, and if not, why: in words for everybody. Addresses and causes are in the log.</summary>
public sealed class JournalHealth
{
    private readonly NpgsqlDataSource data;
    private readonly Broker broker;
    private readonly Relay.Relay relay;
    private readonly Intake.Intake intake;

    internal JournalHealth(NpgsqlDataSource data, Broker broker, Relay.Relay relay, Intake.Intake intake) =>
        (this.data, this.broker, this.relay, this.intake) = (data, broker, relay, intake);

    /// <summary>Why the broker cannot be used, or null.</summary>
    public string? Broker => broker.Trouble is null ? null : "cannot be reached";

    /// <summary>Why entries are not being told, or null.</summary>
    public string? Relay => relay.Trouble;

    /// <summary>Why events are not being taken in, or null.</summary>
    public string? Intake =>
        intake.BrokerTrouble is not null ? "waits for the broker" : intake.DatabaseTrouble is not null ? "waits for the database" : null;

    /// <summary>Why the database cannot be used, or null.</summary>
    public async Task<string?> Database(CancellationToken cancel)
    {
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            deadline.CancelAfter(TimeSpan.FromSeconds(3));
            await using var command = data.CreateCommand("select 1 from journal limit 1");
            await command.ExecuteScalarAsync(deadline.Token);
            return null;
        }
        catch (PostgresException e)
        {
            return e.SqlState == PostgresErrorCodes.UndefinedTable ? "its tables are missing: run provision" : "refuses";
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            return "cannot be reached";
        }
    }
}
