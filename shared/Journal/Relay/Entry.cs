using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using RabbitMQ.Client;

namespace CrmPlatform.Journal.Relay;

/// <summary>A journal entry as it was stored: what is told, hashed and replayed.</summary>
internal sealed record Entry(
    long Number, Guid Id, DateTimeOffset At, Guid Tenant, string Actor, Guid Operation, string Record, Guid RecordId, int Version, string Type,
    string Data, string? Trace, string Told)
{
    /// <summary>The columns <see cref="Read"/> expects, of a journal named <c>j</c>.</summary>
    public const string Columns =
        "j.entry, j.id, j.at, j.tenant, j.actor::text, j.operation, j.record, j.record_id, j.version, j.type, j.data::text, j.trace, "
        + "(j.actor - 'address')::text";

    public static Entry Read(NpgsqlDataReader row, int from = 0) => new(
        row.GetInt64(from), row.GetGuid(from + 1), row.GetFieldValue<DateTimeOffset>(from + 2), row.GetGuid(from + 3), row.GetString(from + 4),
        row.GetGuid(from + 5), row.GetString(from + 6), row.GetGuid(from + 7), row.GetInt32(from + 8), row.GetString(from + 9),
        row.GetString(from + 10), row.IsDBNull(from + 11) ? null : row.GetString(from + 11), row.GetString(from + 12));

    /// <summary>
    /// The entry as an event: plain JSON that says which record, which version, what changed; everything about the event in CloudEvents
    /// attributes (binary mode of the AMQP binding).
    /// </summary>
    public Message ToMessage(string service, string exchange, string? queue = null)
    {
        var headers = new Dictionary<string, object?>
        {
            ["cloudEvents:specversion"] = "1.0",
            ["cloudEvents:id"] = Id.ToString(),
            ["cloudEvents:source"] = $"/{service}",
            ["cloudEvents:type"] = $"{service}.{Type}",
            ["cloudEvents:subject"] = $"{Record}/{RecordId}",
            ["cloudEvents:time"] = At.UtcDateTime.ToString("O"),
            ["cloudEvents:tenant"] = Tenant.ToString(),
            ["cloudEvents:actor"] = Told, // where they called from stays here
            ["cloudEvents:operation"] = Operation.ToString(),
            ["cloudEvents:recordversion"] = Version,
        };
        if (Trace is not null)
            headers["traceparent"] = Trace;
        var properties = new BasicProperties
        {
            MessageId = Id.ToString(),
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
            Timestamp = new AmqpTimestamp(At.ToUnixTimeSeconds()),
            Headers = headers,
        };
        var rest = Data == "{}" ? "}" : $", {Data.AsSpan(1)}";
        var body = Encoding.UTF8.GetBytes($$"""{"id": "{{RecordId}}", "version": {{Version}}{{rest}}""");
        return new Message(exchange, queue ?? $"{service}.{Type}", properties, body);
    }

    /// <summary>The hash of this entry on top of the one told before it: whoever changes one entry changes every hash after it.</summary>
    public byte[] Hash(ReadOnlySpan<byte> previous)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Append(Number);
        hash.AppendData(Id.ToByteArray(bigEndian: true));
        Append(At.UtcTicks);
        hash.AppendData(Tenant.ToByteArray(bigEndian: true));
        hash.AppendData(Operation.ToByteArray(bigEndian: true));
        hash.AppendData(RecordId.ToByteArray(bigEndian: true));
        Append(Version);
        foreach (var text in (ReadOnlySpan<string>)[Record, Type, Actor, Data, Trace ?? ""])
            hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(text))); // a digest each: a value can be erased and its digest kept
        return hash.GetHashAndReset();

        void Append(long value)
        {
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(bytes, value);
            hash.AppendData(bytes);
        }
    }
}
