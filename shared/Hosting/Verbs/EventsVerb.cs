using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;
using CrmPlatform.Contracts;

namespace CrmPlatform.Hosting.Verbs;

/// <summary>The catalogue of events as docs/events.md holds it: read from the contracts, their documentation and the records.</summary>
internal static class EventsVerb
{
    private static readonly XDocument Documentation = XDocument.Load(Path.ChangeExtension(typeof(RecordEvent).Assembly.Location, ".xml"));

    public static Task<int> Run(string[] arguments, Settings settings, IReadOnlyList<App> apps)
    {
        Console.Write(Catalogue([.. apps.OfType<Service>()]));
        return Task.FromResult(0);
    }

    private static string Catalogue(IReadOnlyList<Service> services) => Preface + string.Concat(
        from contract in typeof(RecordEvent).Assembly.GetTypes()
        let type = contract.GetCustomAttribute<EventAttribute>()?.Type
        where type is not null
        orderby type
        group (type, contract) by type[..type.LastIndexOf('.')] into record
        select OfRecord(record.Key, record, EventFields.Of(services, record.Key)));

    private static string OfRecord(string record, IEnumerable<(string Type, Type Contract)> events, IReadOnlyList<EventFields> fields) =>
        $"""

        ## {record}

        {Fields(fields)}{string.Join("\n", events.Select(e => OfEvent(e.Type, e.Contract, fields)))}
        """;

    private static string Fields(IReadOnlyList<EventFields> fields) => fields.Count == 0 ? "" :
        $"""
        Fields that `changes` may name:

        | field | type |
        |---|---|
        {string.Join("\n", fields.Select(f => $"| `{f.Name}` | {f.Type} |"))}


        """;

    private static string OfEvent(string type, Type contract, IReadOnlyList<EventFields> fields)
    {
        var facts = Facts(contract).ToList();
        var table = facts.Count == 0 ? "" :
            $"""
            | fact | type | meaning |
            |---|---|---|
            {string.Join("\n", facts.Select(f => Row(contract, f)))}


            """;
        return
            $"""
            ### {type}

            {Summary($"T:{contract.FullName}")} Contract `{contract.Name}`.

            {table}```json
            {Example(type, facts, fields)}
            ```

            """;
    }

    private static string Row(Type contract, PropertyInfo fact) =>
        $"| `{EventFields.Camel(fact.Name)}` | {(IsFields(fact) ? "object: values by field" : EventFields.Kind(fact.PropertyType))} "
        + $"| {Summary($"P:{contract.FullName}.{fact.Name}")} |";

    private static bool IsFields(PropertyInfo fact) => fact.PropertyType == typeof(IReadOnlyDictionary<string, JsonElement>);

    private static IEnumerable<PropertyInfo> Facts(Type contract) =>
        contract.GetProperties().Where(p => p.DeclaringType == contract && p.Name != "EqualityContract");

    private static string Example(string type, List<PropertyInfo> facts, IReadOnlyList<EventFields> fields)
    {
        var fact = type[(type.LastIndexOf('.') + 1)..];
        var created = fact == "created";
        List<string> members = [Member("id", EventFields.SomeId), Member("version", created ? 1 : 4)];
        members.AddRange(facts.Select(own => Member(EventFields.Camel(own.Name), EventFields.Example(own.PropertyType, after: true))));
        if (fact is "deleted" or "restored")
            members.Add(Member("trashed", fact == "deleted"));
        else
        {
            var changes = fields.Take(created ? 3 : 1).Select(f => Change(f, created));
            members.Add($"\"changes\": {{\n    {string.Join(",\n    ", changes)}\n  }}");
        }
        return $"{{\n  {string.Join(",\n  ", members)}\n}}";
    }

    private static string Change(EventFields field, bool created) =>
        $"\"{field.Name}\": {{ "
        + $"{Member("old", created ? null : field.Example(after: false))}, {Member("new", field.Example(after: true))} }}";

    private static string Member(string name, object? value) => $"\"{name}\": {JsonSerializer.Serialize(value, Changes.Json)}";

    private static string Summary(string member) =>
        Documentation.Descendants("member").FirstOrDefault(m => m.Attribute("name")?.Value == member)
            ?.Element("summary")?.Value.Trim() ?? "—";

    private const string Preface =
        """
        # Events

        Every change of a record is told as one event on the topic exchange `crm.events` of RabbitMQ. Bind a queue of your own with
        the patterns you want (`contacts.contact.*`, `*.*.deleted`, `#`) and read it in any language; no code of the platform is needed.

        - The **routing key** is the event's name: `service.record.fact`.
        - The **body** is JSON: `id` and `version` of the record, the facts of the event, and `changes`: each field that changed
          with its value before (`old`) and after (`new`). An event that moves a record into the trash or out of it says so with `trashed`;
          one that an undo wrote names the operation in `undoes`. Ignore what you do not know: fields are added, never renamed.
        - An event comes **at least once**: remember `cloudEvents:id`. Events of one record come in the order of
          their `version`, without a gap.
        - The last seven days can be read again by offset or time from the stream queue `crm.events.stream`;
          older ones with the verb `replay`.

        | header | value |
        |---|---|
        | `cloudEvents:specversion` | `1.0` ([CloudEvents](https://cloudevents.io), binary mode) |
        | `cloudEvents:id` | identifies the event for ever (UUID) |
        | `cloudEvents:source` | the service that tells it: `/contacts` |
        | `cloudEvents:type` | the event's name, as in the routing key |
        | `cloudEvents:subject` | the record: `contact/<id>` |
        | `cloudEvents:time` | when it happened (RFC 3339, UTC) |
        | `cloudEvents:tenant` | whose data it is about (UUID) |
        | `cloudEvents:actor` | who did it, as JSON: kind, id, name |
        | `cloudEvents:operation` | the operation it was part of (UUID); all its events carry the same |
        | `cloudEvents:recordversion` | the record's version after it |
        | `traceparent` | the trace of the request that caused it (W3C Trace Context) |

        This page is what the verb `events` prints; a test holds the two equal.

        """;
}
