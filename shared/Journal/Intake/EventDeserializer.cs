using System.Diagnostics.CodeAnalysis;
using System.Net.Mime;
using System.Text.Json;
using CrmPlatform.Contracts;
using MassTransit;
using MassTransit.Serialization;

namespace CrmPlatform.Journal.Intake;

/// <summary>Tells MassTransit which contract a message is (by its CloudEvents type) and reads its body as that contract.</summary>
internal sealed class EventDeserializer(HeardEvents heard) : ISerializerFactory, IMessageDeserializer
{
    public ContentType ContentType { get; } = new("application/json");

    public IMessageSerializer CreateSerializer() => throw Mute();

    public IMessageDeserializer CreateDeserializer() => this;

    public ConsumeContext Deserialize(ReceiveContext receiveContext)
    {
        var incoming = receiveContext.GetPayload<Attempt>().Event;
        var context = new RawMessageContext(receiveContext.TransportHeaders, receiveContext.InputAddress, RawSerializerOptions.CopyHeaders);
        return new BodyConsumeContext(receiveContext, new Content(context, incoming, heard[incoming.Type]));
    }

    public SerializerContext Deserialize(MessageBody body, MassTransit.Headers headers, Uri? destinationAddress = null) => throw Mute();

    public MessageBody GetMessageBody(string text) => new StringMessageBody(text);

    public void Probe(ProbeContext context) => context.CreateScope("events");

    private static NotSupportedException Mute() => new("Events are told by the relay, from the journal; a consumer appends and publishes nothing.");

    private sealed class Content(MessageContext context, IncomingEvent incoming, Type? contract) : BaseSerializerContext(
        SystemTextJsonMessageSerializer.Instance, context, contract is null ? [] : [MessageUrn.ForTypeString(contract)])
    {
        public override bool TryGetMessage<T>([NotNullWhen(true)] out T? message)
            where T : class
        {
            message = typeof(T) == contract ? incoming.Read<T>() : null;
            return message is not null;
        }

        public override bool TryGetMessage(Type messageType, [NotNullWhen(true)] out object? message)
        {
            message = messageType == contract ? JsonSerializer.Deserialize(incoming.Body.Span, messageType, Changes.Json) : null;
            return message is not null;
        }

        public override IMessageSerializer GetMessageSerializer() => throw Mute();

        public override IMessageSerializer GetMessageSerializer<T>(MessageEnvelope envelope, T message) => throw Mute();

        public override IMessageSerializer GetMessageSerializer(object message, string[] messageTypes) => throw Mute();

        public override Dictionary<string, object> ToDictionary<T>(T? message)
            where T : class => throw Mute();
    }
}
