using MassTransit;
using MassTransit.Context;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Journal.Intake;

/// <summary>
/// Makes a consumer for each event from the service's container. Several consumers of one event share its session, which is one connection:
/// they take turns.
/// </summary>
internal sealed class ConsumersInTurn<TConsumer>(IServiceProvider services) : IConsumerFactory<TConsumer>
    where TConsumer : class
{
    private static readonly ObjectFactory<TConsumer> Make = ActivatorUtilities.CreateFactory<TConsumer>([]);

    public async Task Send<T>(ConsumeContext<T> context, IPipe<ConsumerConsumeContext<TConsumer, T>> next)
        where T : class
    {
        var attempt = context.GetPayload<Attempt>();
        await attempt.Turn.WaitAsync(context.CancellationToken);
        try
        {
            await using var scope = services.CreateAsyncScope();
            await next.Send(new ConsumerConsumeContextScope<TConsumer, T>(context, Make(scope.ServiceProvider, [])));
        }
        finally
        {
            attempt.Turn.Release();
        }
    }

    public void Probe(ProbeContext context) => context.CreateScope("inTurn");
}
