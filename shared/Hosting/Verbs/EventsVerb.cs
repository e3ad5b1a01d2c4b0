using System.Reflection;
using CrmPlatform.Contracts;

namespace CrmPlatform.Hosting.Verbs;

/// <summary>The catalogue of events, as docs/events.md holds it.</summary>
internal static class EventsVerb
{
    public static Task<int> Run(string[] arguments, Settings settings, IReadOnlyList<App> apps)
    {
        foreach (var (type, facts) in Catalogue())
            Console.WriteLine($"{type}{(facts.Length > 0 ? $"  ({facts})" : "")}");
        return Task.FromResult(0);
    }

    /// <summary>Every event with the facts it carries beside id, version and changes.</summary>
    public static IEnumerable<(string Type, string Facts)> Catalogue() =>
        from contract in typeof(RecordEvent).Assembly.GetTypes()
        let name = contract.GetCustomAttribute<EventAttribute>()?.Type
        where name is not null
        orderby name
        select (name, string.Join(", ", contract.GetProperties().Where(p => p.DeclaringType == contract && p.Name != "EqualityContract").Select(p => p.Name)));
}
