using System.Collections.Frozen;
using System.Reflection;
using CrmPlatform.Contracts;
using MassTransit;

namespace CrmPlatform.Journal.Intake;

/// <summary>Which contract an event type is, for the consumers of one service: the wire knows no class names.</summary>
internal sealed class HeardEvents
{
    private readonly FrozenDictionary<string, Type> byType;

    public HeardEvents(IEnumerable<Type> consumers)
    {
        byType = consumers.SelectMany(Contracts).Distinct().ToFrozenDictionary(NameOf);
    }

    public IEnumerable<string> Types => byType.Keys;

    public Type? this[string type] => byType.GetValueOrDefault(type);

    private static IEnumerable<Type> Contracts(Type consumer)
    {
        var contracts = consumer.GetInterfaces()
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IConsumer<>))
            .Select(i => i.GetGenericArguments()[0]).ToArray();
        return contracts.Length > 0 ? contracts : throw new InvalidOperationException($"{consumer.Name} is no IConsumer<T>.");
    }

    private static string NameOf(Type contract) => contract.GetCustomAttribute<EventAttribute>()?.Type
        ?? throw new InvalidOperationException($"{contract.Name} has no [Event] name, so nobody can publish it.");
}
