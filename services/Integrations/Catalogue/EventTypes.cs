using System.Reflection;
using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Intake;

namespace CrmPlatform.Integrations.Catalogue;

/// <summary>The events that others can be told of: those with a contract, of a record that is known.</summary>
internal static class EventTypes
{
    /// <summary>All of them, by name.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        .. typeof(RecordEvent).Assembly.GetTypes().Select(type => type.GetCustomAttribute<EventAttribute>()?.Type).OfType<string>()
            .Where(type => KnownRecords.Find(RecordOf(type)) is not null).Order(StringComparer.Ordinal),
    ];

    private static readonly HashSet<string> Known = [.. All];

    /// <summary>Whether there is a contract that says which facts an event has.</summary>
    public static bool IsKnown(string type) => Known.Contains(type);

    // What every service keeps for its own doors, and what a journal says of itself.
    private static readonly HashSet<string> Inner = ["customField", "view", "journal"];

    /// <summary>
    /// Whether others are told of an event, be its record known here or kept by a newer service: of all but who has looked, and of what is a service's own.
    /// </summary>
    public static bool IsTold(IncomingEvent e) => !e.ChangesNothing && e.Record.Split('.') is [_, var bare] && !Inner.Contains(bare);

    private static readonly Dictionary<string, PropertyInfo[]> Facts = typeof(RecordEvent).Assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<EventAttribute>() is not null)
        .ToDictionary(type => type.GetCustomAttribute<EventAttribute>()!.Type, type => type.GetProperties().Where(p => p.DeclaringType == type).ToArray());

    /// <summary>What an event says beside what changed.</summary>
    public static IEnumerable<string> FactsOf(string type) => Facts[type].Select(fact => JsonNamingPolicy.CamelCase.ConvertName(fact.Name));

    /// <summary>The same with what each holds.</summary>
    public static IEnumerable<(string Name, Type Type)> TypedFactsOf(string type) =>
        Facts[type].Select(fact => (JsonNamingPolicy.CamelCase.ConvertName(fact.Name), Nullable.GetUnderlyingType(fact.PropertyType) ?? fact.PropertyType));

    /// <summary>Whether a pattern matches an event's type; a lone star means all.</summary>
    public static bool Match(string pattern, string type) => pattern == "*" || Topics.Match(pattern, type);

    /// <summary>The record type an event is about: <c>contacts.contact</c> of <c>contacts.contact.created</c>.</summary>
    public static string RecordOf(string type) => type[..type.LastIndexOf('.')];
}
