using System.Text;
using System.Text.Json;
using CrmPlatform.Journal.Intake;
using CrmPlatform.Journal.Relay;
using RabbitMQ.Client;

namespace CrmPlatform.Journal.Replicas;

/// <summary>
/// What a relay says every few seconds once it has told all there was: what had been committed until then stands in every queue before this. Whoever
/// takes it up has taken up all of that, and knows until when their copies are current, also while nothing happens.
/// </summary>
internal static class Pulse
{
    /// <summary>The exchange of pulses, apart from that of events: nobody has to listen to them.</summary>
    public const string Exchange = "crm.pulses";

    /// <summary>How often one is told.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private const string Fact = ".journal.told";

    // In a queue that nobody reads they do not pile up for ever.
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>A pulse of a service: until when it has told everything, and the last position of its chain then.</summary>
    public static Message Of(string service, DateTimeOffset asOf, long position)
    {
        var id = Guid.CreateVersion7(asOf);
        var properties = new BasicProperties
        {
            MessageId = $"{id}",
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
            Expiration = $"{Kept.TotalMilliseconds:0}",
            Headers = Marks.Headers(id, service, service + Fact, asOf),
        };
        var body = Encoding.UTF8.GetBytes($$"""{"position": {{position}}}""");
        return new Message(Exchange, service, properties, body) { NeedsQueue = false };
    }

    /// <summary>Whether a message is one.</summary>
    public static bool Is(IncomingEvent incoming) => incoming.Type.EndsWith(Fact, StringComparison.Ordinal);

    /// <summary>The statement that takes up pulses; what is older than what is known changes nothing.</summary>
    public static ValueTask TakeUp(Session session, IReadOnlyList<IncomingEvent> pulses)
    {
        var last = pulses.GroupBy(p => p.Source, StringComparer.Ordinal).Select(of => of.MaxBy(p => p.At)!).ToList();
        return session.Execute(
            """
            insert into replica as r (source, as_of, position)
            select u.source, u.as_of, u.position from unnest(@sources, @asOf, @positions) u(source, as_of, position)
            on conflict (source) do update set as_of = excluded.as_of, position = excluded.position
            where r.as_of is null or r.as_of < excluded.as_of
            """,
            new
            {
                sources = last.Select(p => p.Source).ToArray(),
                asOf = last.Select(p => p.At.UtcDateTime).ToArray(),
                positions = last.Select(Position).ToArray(),
            });
    }

    private static long Position(IncomingEvent pulse) =>
        JsonSerializer.Deserialize<JsonElement>(pulse.Body.Span).GetProperty("position").GetInt64();
}
