using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Contracts;

namespace CrmPlatform.Hosting.Verbs.Catalogue;

/// <summary>The catalogue of events as docs/events.md holds it, for people.</summary>
internal static class EventsVerb
{
    public static Task<int> Run(string[] arguments, Settings settings, IReadOnlyList<App> apps)
    {
        Console.Write(Page([.. apps.OfType<Service>()]));
        return Task.FromResult(0);
    }

    private static string Page(IReadOnlyList<Service> services) => Preface + string.Concat(
        ToldEvent.ByRecord().Select(record => OfRecord(record.Key, record, EventFields.Of(services, record.Key))));

    private static string OfRecord(string record, IEnumerable<ToldEvent> events, IReadOnlyList<EventFields> fields) =>
        $"""

        ## {record}

        {Fields(fields)}{string.Join("\n", events.Select(told => OfEvent(told, fields)))}
        """;

    private static string Fields(IReadOnlyList<EventFields> fields) => fields.Count == 0 ? "" :
        $"""
        Fields that `changes` may name:

        | field | type |
        |---|---|
        {string.Join("\n", fields.Select(f => $"| `{f.Name}` | {f.Type} |"))}


        """;

    private static string OfEvent(ToldEvent told, IReadOnlyList<EventFields> fields)
    {
        var table = !told.Facts.Any() ? "" :
            $"""
            | fact | type | meaning |
            |---|---|---|
            {string.Join("\n", told.Facts.Select(fact => Row(told, fact)))}


            """;
        return
            $"""
            ### {told.Type}

            {told.Summary} Contract `{told.Contract.Name}`.

            {table}```json
            {Shown(told.Example(fields))}
            ```

            """;
    }

    private static string Row(ToldEvent told, PropertyInfo fact) =>
        $"| `{EventFields.Camel(fact.Name)}` | {(IsFields(fact) ? "object: values by field" : EventFields.Kind(fact.PropertyType))} | {told.Meaning(fact)} |";

    private static bool IsFields(PropertyInfo fact) => fact.PropertyType == typeof(IReadOnlyDictionary<string, JsonElement>);

    private static string Shown(JsonObject example) => $"{{\n  {string.Join(",\n  ", example.Select(member => member.Key == "changes"
        ? $"\"changes\": {{\n    {string.Join(",\n    ", member.Value!.AsObject().Select(change =>
            $"\"{change.Key}\": {{ \"old\": {Json(change.Value!["old"])}, \"new\": {Json(change.Value["new"])} }}"))}\n  }}"
        : $"\"{member.Key}\": {Json(member.Value)}"))}\n}}";

    private static string Json(JsonNode? value) => value?.ToJsonString(Changes.Json) ?? "null";

    private const string Preface =
        """
        # Events

        Every change of a record is told as one event on the topic exchange `crm.events` of RabbitMQ. Bind a queue of your own with
        the patterns you want (`contacts.contact.*`, `*.*.deleted`, `#`) and read it in any language; no code of the platform is needed.
        [subscriptions.md](subscriptions.md) says how, and what can be relied on; [asyncapi.json](asyncapi.json) is this page for programs.

        - The **routing key** is the event's name: `service.record.fact`.
        - The **body** is JSON: `id` and `version` of the record, the facts of the event, and `changes`: each field that changed
          with its value before (`old`) and after (`new`). An event that moves a record into the trash or out of it says so with `trashed`;
          one that an undo wrote names the operation in `undoes`. Ignore what you do not know: fields are added, never renamed.
        - An event comes **at least once**: remember `cloudEvents:id`. Events of one record come in the order of
          their `version`, without a gap.
        - What has no section here (`*.customField.*`, `*.view.*`: how a tenant has set up the platform) is told as well, and promised to nobody.
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
