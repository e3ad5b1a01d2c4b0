using System.Net.Sockets;
using CrmPlatform.Journal.Relay;
using Npgsql;

namespace CrmPlatform.Journal.Intake;

/// <summary>The database cannot be used. Nobody's message is at fault, and none is blamed.</summary>
internal sealed class DatabaseAway(Exception why) : Exception(why.Message, why);

/// <summary>Whose fault a failure is: the servers' (wait, then try the same again) or the message's (try again later, then park it).</summary>
internal static class Failures
{
    public static bool IsTheServers(Exception? e) => e switch
    {
        null => false,
        DatabaseAway or BrokerAway => true,
        PostgresException p => p.IsTransient || (p.SqlState is { } state && state != PostgresErrorCodes.QueryCanceled && IsServerClass(state)),
        NpgsqlException { InnerException: TimeoutException } => false, // the connection answered before: this statement alone is slow
        NpgsqlException n => n.IsTransient || n.InnerException is IOException or SocketException,
        _ => IsTheServers(e.InnerException),
    };

    // Connection, resources, operator, system error; and a server that has become a standby.
    private static bool IsServerClass(string state) =>
        state[..2] is "08" or "53" or "57" or "58" || state == PostgresErrorCodes.ReadOnlySqlTransaction;
}
