using System.Reflection;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Journal.Intake;

/// <summary>
/// MassTransit as the service uses it: one endpoint on the service's queue. It binds nothing, publishes nothing, moves nothing to queues of
/// its own, and reports to nobody.
/// </summary>
internal static class IntakeBus
{
    private static readonly MethodInfo AddConsumerOf = typeof(IntakeBus).GetMethod(nameof(AddConsumer), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static IBusControl Create(IntakeOptions options, HeardEvents heard, Sequencer sequencer, IServiceProvider services, ILogger log)
    {
        LogContext.ConfigureCurrentLogContext(log);
        return Bus.Factory.CreateUsingRabbitMq(bus =>
        {
            bus.Host(options.Broker, host =>
            {
                host.ConnectionName($"{options.Service} intake");
                host.Heartbeat(TimeSpan.FromSeconds(10));
                host.RequestedConnectionTimeout(TimeSpan.FromSeconds(5));
            });
            bus.ReceiveEndpoint(options.Service, endpoint =>
            {
                endpoint.ConfigureConsumeTopology = false;
                endpoint.BindQueue = false;
                foreach (var (name, value) in IntakeQueues.Arguments)
                    endpoint.SetQueueArgument(name, value!);
                endpoint.PrefetchCount = options.Prefetch;
                endpoint.ConcurrentMessageLimit = options.Prefetch; // all of them wait in the sequencer
                endpoint.PublishFaults = false;
                endpoint.RethrowFaultedMessages();
                endpoint.ThrowOnSkippedMessages();

                var events = new EventDeserializer(heard);
                endpoint.AddDeserializer(events, isDefault: true);
                endpoint.DefaultContentType = events.ContentType;
                // MassTransit wants one, though nothing is ever sent.
                endpoint.AddSerializer(new MassTransit.Configuration.SystemTextJsonRawMessageSerializerFactory(RawSerializerOptions.Default));
                endpoint.ConfigureReceive(receive => receive.UseFilter(sequencer));
                foreach (var consumer in options.Consumers)
                    AddConsumerOf.MakeGenericMethod(consumer).Invoke(null, [endpoint, services]);
            });
            bus.ConnectReceiveObserver(sequencer);
        });
    }

    private static void AddConsumer<T>(IReceiveEndpointConfigurator endpoint, IServiceProvider services)
        where T : class, IConsumer => endpoint.Consumer(new ConsumersInTurn<T>(services));
}
