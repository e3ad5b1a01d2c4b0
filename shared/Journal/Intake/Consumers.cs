using System.Reflection;
using MassTransit;
using MassTransit.Configuration;
using MassTransit.InMemoryTransport;
using MassTransit.InMemoryTransport.Configuration;
using MassTransit.Transports;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmPlatform.Journal.Intake;

/// <summary>
/// The service's consumers behind MassTransit's pipeline: it finds the consumer of an event and calls it, and nothing more. It has no line of
/// its own: there is a configuration, but no bus. So it publishes nothing, moves nothing to queues of its own and reports to nobody.
/// </summary>
internal sealed class Consumers
{
    private static readonly MethodInfo AddOf = typeof(Consumers).GetMethod(nameof(Add), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly Dictionary<string, object> NoHeaders = [];

    private readonly HeardEvents heard;
    private readonly ReceiveEndpointContext endpoint;

    public Consumers(IntakeOptions options, HeardEvents heard, IServiceProvider services)
    {
        this.heard = heard;
        LogContext.ConfigureCurrentLogContext(NullLogger.Instance); // the runs say what failed, once and better
        var bus = new InMemoryBusConfiguration(new InMemoryTopologyConfiguration(InMemoryBus.CreateMessageTopology()), null);
        IReceiveEndpointConfiguration configuration = bus.HostConfiguration.CreateReceiveEndpointConfiguration(options.Service, endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            endpoint.PublishFaults = false;
            endpoint.RethrowFaultedMessages();
            endpoint.ThrowOnSkippedMessages();
            var events = new EventDeserializer(heard);
            endpoint.AddDeserializer(events, isDefault: true);
            endpoint.DefaultContentType = events.ContentType;
            // MassTransit wants one, though nothing is ever sent.
            endpoint.AddSerializer(new SystemTextJsonRawMessageSerializerFactory(RawSerializerOptions.Default));
            foreach (var consumer in options.Consumers)
                AddOf.MakeGenericMethod(consumer).Invoke(null, [endpoint, services]);
        });
        endpoint = configuration.CreateReceiveEndpointContext();
    }

    public bool Hear(string type) => heard[type] is not null;

    /// <summary>Lets every consumer of the event take it up, with the session of its run.</summary>
    public async Task Send(IncomingEvent incoming, Session session, CancellationToken cancel)
    {
        using var context = new ReceiveEndpointDispatcherReceiveContext(endpoint, [], NoHeaders, new Attempt(incoming, session));
        await using var cancelled = cancel.Register(context.Cancel);
        await endpoint.ReceivePipe.Send(context);
        await context.ReceiveCompleted;
    }

    private static void Add<T>(IReceiveEndpointConfigurator endpoint, IServiceProvider services)
        where T : class, IConsumer => endpoint.Consumer(new ConsumersInTurn<T>(services));
}

/// <summary>What the consumers of one event share while it is applied.</summary>
internal sealed record Attempt(IncomingEvent Event, Session Session)
{
    /// <summary>One consumer at a time: a session is one connection.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);
}
