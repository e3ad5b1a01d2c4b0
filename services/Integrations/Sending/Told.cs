using System.Buffers;
using System.Text.Json;
using CrmPlatform.Access;
using CrmPlatform.Contracts;
using CrmPlatform.Integrations.Catalogue;
using CrmPlatform.Integrations.Hearing;
using CrmPlatform.Integrations.Webhooks;

namespace CrmPlatform.Integrations.Sending;

/// <summary>What somebody is told of an event: as much as they see and asked for.</summary>
internal static class Told
{
    /// <summary>What a delivery says; with nothing of what the record says where that would be more than is sent.</summary>
    public static byte[] Body(Happening happening, Webhook webhook, Subscriber subscriber, State? state, int atMost)
    {
        var saysAll = webhook.Payload == WebhookPayload.Full && happening.Record.IsDeclared;
        if (webhook.Format != WebhookFormat.Standard)
            return Chat.Body(webhook, happening, subscriber, saysAll ? state : null);
        var full = saysAll ? Written(happening, webhook, subscriber, state, false) : null;
        return full is { } all && all.Length <= atMost ? all : Written(happening, webhook, subscriber, null, true);
    }

    private static void Head(Utf8JsonWriter json, Happening happening)
    {
        json.WriteString("event", happening.Id);
        json.WriteString("service", happening.Service);
        json.WriteNumber("position", happening.Position);
        json.WriteString("record", happening.Record.Bare);
        json.WriteString("id", happening.RecordId);
        json.WriteNumber("version", happening.Version);
        json.WriteString("operation", happening.Operation);
        json.WritePropertyName("actor");
        JsonSerializer.Serialize(json, new { kind = happening.Who.Kind, id = happening.Who.Id, name = happening.Who.Name }, Changes.Json);
    }

    // A fact may say what a field says: who does not see all of them hears none, and nobody one that no contract names.
    private static void Facts(Utf8JsonWriter json, Happening happening, Subscriber subscriber, Func<string, bool> shows)
    {
        var all = EventTypes.IsKnown(happening.Type) && happening.Record.Fields.Keys.All(field => subscriber.Shows(happening.Record, field));
        using var body = JsonDocument.Parse(happening.Body);
        foreach (var member in body.RootElement.EnumerateObject())
            if (member.Name == "changes")
            {
                json.WriteStartObject("changes");
                foreach (var change in member.Value.EnumerateObject())
                    if (shows(change.Name))
                        change.WriteTo(json);
                json.WriteEndObject();
            }
            else if (member.Name is "trashed" or "undoes" || all && member.Name is not ("id" or "version"))
                member.WriteTo(json);
    }

    /// <summary>What the feed says.</summary>
    public static JsonElement Item(Happening happening, Subscriber subscriber)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        Write(buffer, happening, json =>
        {
            if (happening.Record.IsDeclared)
                Facts(json, happening, subscriber, field => subscriber.Shows(happening.Record, field));
            else
                json.WriteBoolean("thin", true);
        });
        return JsonSerializer.Deserialize<JsonElement>(buffer.WrittenSpan);
    }

    private static void Write(ArrayBufferWriter<byte> buffer, Happening happening, Action<Utf8JsonWriter> more)
    {
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("type", happening.Type);
        json.WriteString("timestamp", happening.At.UtcDateTime);
        json.WriteStartObject("data");
        Head(json, happening);
        more(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static byte[] Written(Happening happening, Webhook webhook, Subscriber subscriber, State? state, bool thin)
    {
        bool Shows(string field) => (webhook.Fields.Length == 0 || webhook.Fields.Contains(field)) && subscriber.Shows(happening.Record, field);
        var buffer = new ArrayBufferWriter<byte>(1024);
        Write(buffer, happening, json =>
        {
            if (thin)
                json.WriteBoolean("thin", true);
            else
                Facts(json, happening, subscriber, Shows);
            if (state is null)
                return;
            json.WriteStartObject("fields");
            foreach (var (name, value) in state.Fields)
                if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) && Shows(name))
                {
                    json.WritePropertyName(name);
                    value.WriteTo(json);
                }
            json.WriteEndObject();
        });
        return buffer.WrittenSpan.ToArray();
    }
}
