using RabbitMQ.Client;

namespace CrmPlatform.Journal.Intake;

/// <summary>One message between its arrival and its acknowledgement; until then it is the broker's to hand out again.</summary>
internal sealed class Delivery(ulong tag, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
{
    public ulong Tag => tag;

    public IReadOnlyBasicProperties Properties => properties;

    public IncomingEvent Event { get; } = Headers.Read(properties, body);

    /// <summary>Whatever had to become of it is durable: applied, or noted down as failed.</summary>
    public bool IsSettled { get; private set; }

    public void Settled() => IsSettled = true;
}
