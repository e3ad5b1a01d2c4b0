using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Relay;

namespace CrmPlatform.Hosting.Verbs.Catalogue;

/// <summary>The catalogue of events as docs/asyncapi.json holds it, for programs: AsyncAPI 3, with the schema and an example of each event.</summary>
internal static class AsyncApiVerb
{
    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Task<int> Run(string[] arguments, Settings settings, IReadOnlyList<App> apps)
    {
        var ours = Document([.. apps.OfType<Service>()]);
        var (against, _) = Verb.Option(arguments, "--against");
        if (against is [var file])
            return Task.FromResult(Compare(JsonNode.Parse(File.ReadAllText(file))!, ours));
        Console.Write($"{ours.ToJsonString(Written)}\n");
        return Task.FromResult(0);
    }

    private static int Compare(JsonNode theirs, JsonNode ours)
    {
        var complaints = Promises.Broken(theirs, ours);
        foreach (var complaint in complaints)
            Console.WriteLine(complaint);
        return complaints.Count == 0 ? 0 : 1;
    }

    private static JsonObject Document(IReadOnlyList<Service> services)
    {
        var (channels, operations, messages, schemas) = (new JsonObject(), new JsonObject(), new JsonObject(), new JsonObject());
        foreach (var record in ToldEvent.ByRecord())
        {
            var fields = EventFields.Of(services, record.Key);
            if (fields.Count > 0)
                schemas[$"{record.Key}.changes"] = EventSchemas.Changes(fields);
            foreach (var told in record)
            {
                channels[told.Type] = Channel(told);
                operations[told.Type] = new JsonObject { ["action"] = "send", ["channel"] = Ref("channels", told.Type) };
                messages[told.Type] = Message(told, fields);
                schemas[told.Type] = EventSchemas.Body(told, fields.Count > 0 ? Ref("components/schemas", $"{record.Key}.changes") : null);
            }
        }
        schemas["headers"] = EventSchemas.Headers();
        foreach (var (name, shared) in EventSchemas.Shared())
            schemas[name] = shared;
        return new()
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Events of CrmPlatform",
                ["version"] = Publication.Next,
                ["description"] = "What happens to records, told on RabbitMQ. Events come at least once; those of one record in the order of their version. "
                    + "Ignore what you do not know: fields and choices are added.",
                ["license"] = new JsonObject { ["name"] = "MIT", ["url"] = "https://opensource.org/license/mit" },
                ["tags"] = new JsonArray([
                    .. services.Select(s => s.Name).Order(StringComparer.Ordinal).Select(name => new JsonObject { ["name"] = name }),
                ]),
            },
            ["defaultContentType"] = "application/json",
            ["servers"] = new JsonObject
            {
                ["broker"] = new JsonObject
                {
                    ["host"] = "{host}:{port}",
                    ["protocol"] = "amqp",
                    ["protocolVersion"] = "0.9.1",
                    ["description"] = "The installation's RabbitMQ; who runs it gives a team its address and a user of its own.",
                    ["variables"] = new JsonObject
                    {
                        ["host"] = new JsonObject { ["default"] = "localhost" },
                        ["port"] = new JsonObject { ["default"] = "5672" },
                    },
                    ["security"] = new JsonArray(Ref("components/securitySchemes", "user")),
                },
            },
            ["channels"] = channels,
            ["operations"] = operations,
            ["components"] = new JsonObject
            {
                ["messages"] = messages,
                ["schemas"] = schemas,
                ["securitySchemes"] = new JsonObject { ["user"] = new JsonObject { ["type"] = "userPassword" } },
            },
        };
    }

    private static JsonObject Channel(ToldEvent told) => new()
    {
        ["address"] = told.Type,
        ["messages"] = new JsonObject { [told.Contract.Name] = Ref("components/messages", told.Type) },
        ["bindings"] = new JsonObject
        {
            ["amqp"] = new JsonObject
            {
                ["is"] = "routingKey",
                ["exchange"] = new JsonObject { ["name"] = Topology.Exchange, ["type"] = "topic", ["durable"] = true, ["autoDelete"] = false },
                ["bindingVersion"] = "0.3.0",
            },
        },
    };

    private static JsonObject Message(ToldEvent told, IReadOnlyList<EventFields> fields) => new()
    {
        ["name"] = told.Type,
        ["title"] = told.Contract.Name,
        ["summary"] = told.Summary,
        ["contentType"] = "application/json",
        ["tags"] = new JsonArray(new JsonObject { ["name"] = told.Type[..told.Type.IndexOf('.')] }),
        ["headers"] = Ref("components/schemas", "headers"),
        ["payload"] = Ref("components/schemas", told.Type),
        ["examples"] = new JsonArray(new JsonObject { ["payload"] = told.Example(fields) }),
    };

    private static JsonObject Ref(string where, string name) => new() { ["$ref"] = $"#/{where}/{name}" };
}
