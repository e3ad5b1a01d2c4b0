using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Access;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Replicas;
using RabbitMQ.Client;

namespace CrmPlatform.Journal.Intake;

/// <summary>The headers of a message: read as an event, kept as JSON, given to a copy.</summary>
internal static class Headers
{
    private const string Prefix = "cloudEvents:";

    // Whoever is missing in the headers: an event without an actor is the platform's.
    private static readonly Actor Nobody = new(ActorKind.Platform, "unknown", "Unknown") { Door = "message" };

    /// <summary>The event a message carries. One that carries none comes with its defect and an id that is the same at every delivery.</summary>
    public static IncomingEvent Read(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        var headers = properties.Headers;
        try
        {
            return new IncomingEvent(body)
            {
                Id = Guid.Parse(Need(headers, "id")),
                Type = Need(headers, "type"),
                Tenant = Guid.Parse(Need(headers, "tenant")),
                RecordId = Guid.Parse(Need(headers, "subject").AsSpan()[(Need(headers, "subject").LastIndexOf('/') + 1)..]),
                Version = Text(headers, Prefix + "recordversion") is { } version ? int.Parse(version) : 0,
                At = DateTimeOffset.Parse(Need(headers, "time")),
                Actor = Text(headers, Prefix + "actor") is { } actor ? JsonSerializer.Deserialize<Actor>(actor, Changes.Json) ?? Nobody : Nobody,
                Operation = Text(headers, Prefix + "operation") is { } operation ? Guid.Parse(operation) : Guid.Empty,
                Trace = Text(headers, "traceparent"),
                Rebuild = Text(headers, Marks.Header) is { } rebuild ? Guid.Parse(rebuild) : null,
                Defect = Need(headers, "type").Contains('.') ? null : "The header type is no name of an event.",
            };
        }
        catch (Exception e)
        {
            // Whatever it is, it is this message's fault, and must not hold up the queue.
            return Broken(headers, body, e.Message);
        }
    }

    /// <summary>All headers that are text or numbers, as they are kept with a parked event.</summary>
    public static string ToJson(IReadOnlyBasicProperties properties)
    {
        var json = new JsonObject();
        foreach (var (name, value) in properties.Headers ?? new Dictionary<string, object?>())
            if (!IsBrokers(name))
                json[name.Replace("\0", "")] = JsonSerializer.SerializeToNode(Plain(value));
        return json.ToJsonString();
    }

    /// <summary>The properties of a message made from kept headers.</summary>
    public static BasicProperties FromJson(Guid id, JsonElement json)
    {
        var headers = new Dictionary<string, object?>();
        foreach (var header in json.EnumerateObject())
            headers[header.Name] = header.Value.ValueKind switch
            {
                JsonValueKind.Number => header.Value.GetInt64(),
                JsonValueKind.String => header.Value.GetString(),
                _ => null,
            };
        return Durable(id, headers);
    }

    /// <summary>The properties of a copy of a message; what the broker noted on the way stays behind.</summary>
    public static BasicProperties Copy(Guid id, IReadOnlyBasicProperties properties) => Durable(
        id, (properties.Headers ?? new Dictionary<string, object?>()).Where(h => !IsBrokers(h.Key)).ToDictionary(h => h.Key, h => h.Value));

    private static BasicProperties Durable(Guid id, IDictionary<string, object?> headers) => new()
    {
        MessageId = id.ToString(),
        ContentType = "application/json",
        DeliveryMode = DeliveryModes.Persistent,
        Headers = headers,
    };

    private static bool IsBrokers(string name) => name.StartsWith("x-", StringComparison.Ordinal);

    private static IncomingEvent Broken(IDictionary<string, object?>? headers, ReadOnlyMemory<byte> body, string defect)
    {
        var seed = SHA256.HashData([.. Encoding.UTF8.GetBytes(Text(headers, Prefix + "id") ?? ""), .. body.Span]);
        var id = Guid.TryParse(Text(headers, Prefix + "id"), out var known) ? known : new Guid(seed.AsSpan(0, 16));
        return new IncomingEvent(body)
        {
            Id = id,
            RecordId = id,
            Type = Text(headers, Prefix + "type") is { } type && type.Contains('.') ? type : "unknown.unknown.unreadable",
            Tenant = Guid.TryParse(Text(headers, Prefix + "tenant"), out var tenant) ? tenant : Guid.Empty,
            Version = 0,
            At = default,
            Actor = Nobody,
            Operation = Guid.Empty,
            Defect = defect,
        };
    }

    private static string Need(IDictionary<string, object?>? headers, string attribute) =>
        Text(headers, Prefix + attribute) ?? throw new FormatException($"The header {Prefix}{attribute} is missing.");

    private static string? Text(IDictionary<string, object?>? headers, string name) => headers?.TryGetValue(name, out var value) == true
        ? Plain(value)?.ToString()
        : null;

    // PostgreSQL keeps no NUL in text; a header with one must not hold up the queue.
    private static object? Plain(object? value) => value switch
    {
        byte[] text => Encoding.UTF8.GetString(text).Replace("\0", ""),
        string text => text.Replace("\0", ""),
        int or long => value,
        _ => null,
    };
}
