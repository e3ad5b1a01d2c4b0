using System.Net.Sockets;
using CrmPlatform.Access;
using CrmPlatform.Journal.Relay;
using Npgsql;

namespace CrmPlatform.Hosting;

/// <summary>Bad days in one clear sentence, for the person at the terminal. What is not known here is a defect and keeps its stack trace.</summary>
internal static class Explained
{
    public static string? By(Exception e) => e switch
    {
        SettingsException or KeyFileException => e.Message,
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } or IOException { InnerException: SocketException }
            => $"{e.Message} Is another installation running? CRM_PORT=… moves this one.",
        PostgresException { SqlState: "28P01" or "28000" } p => $"PostgreSQL refuses the log-in: {p.MessageText}.",
        PostgresException p => $"PostgreSQL refuses: {p.MessageText} ({p.SqlState}).",
        NpgsqlException n => $"PostgreSQL cannot be reached: {(n.InnerException ?? n).Message}. Is the server of CRM_POSTGRES running?",
        BrokerAway b => $"RabbitMQ cannot be reached: {b.Message}. Is the server of CRM_RABBITMQ running?",
        ArgumentException { Source: "Npgsql" } => $"CRM_POSTGRES is no connection string: {e.Message}",
        _ => null,
    };
}
