using System.Text;
using RabbitMQ.Client;

namespace CrmPlatform.Testing;

/// <summary>Puts an event on the bus as a service's relay does.</summary>
internal static class Teller
{
    private const string Who = """{"id": "0199a000-0000-7000-8000-00000000ada0", "door": "rest", "kind": "user", "name": "Grace"}""";

    public static async Task Tell(Uri broker, Guid tenant, string type, Guid record, int version, string body, Guid operation)
    {
        await using var connection = await new ConnectionFactory { Uri = broker, ClientProvidedName = "test" }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var properties = new BasicProperties
        {
            ContentType = "application/json",
            Headers = new Dictionary<string, object?>
            {
                ["cloudEvents:specversion"] = "1.0",
                ["cloudEvents:id"] = $"{Guid.CreateVersion7()}",
                ["cloudEvents:source"] = $"/{type.Split('.')[0]}",
                ["cloudEvents:type"] = type,
                ["cloudEvents:subject"] = $"{type.Split('.')[1]}/{record}",
                ["cloudEvents:time"] = $"{TimeProvider.System.GetUtcNow():O}",
                ["cloudEvents:tenant"] = $"{tenant}",
                ["cloudEvents:actor"] = Who,
                ["cloudEvents:operation"] = $"{operation}",
                ["cloudEvents:recordversion"] = version,
            },
        };
        var facts = body == "{}" ? "}" : $", {body.AsSpan(1)}";
        await channel.BasicPublishAsync(
            "crm.events", type, mandatory: true, properties, Encoding.UTF8.GetBytes($$"""{"id": "{{record}}", "version": {{version}}{{facts}}"""));
    }
}
