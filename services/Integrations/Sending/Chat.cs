using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using CrmPlatform.Contracts;
using CrmPlatform.Integrations.Catalogue;
using CrmPlatform.Integrations.Hearing;
using CrmPlatform.Integrations.Webhooks;

namespace CrmPlatform.Integrations.Sending;

/// <summary>What people in a chat are told of an event: a message with what who is told sees, in the form the chat takes.</summary>
internal static partial class Chat
{
    private const int LongestValue = 500, LongestText = 8000; // Teams takes 28 KB

    // Letters of all languages as they are: escaped they would be three times as long.
    private static readonly JsonWriterOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A message about an event.</summary>
    public static byte[] Body(Webhook webhook, Happening happening, Subscriber subscriber, State? state)
    {
        var text = new StringBuilder();
        var values = new Values(webhook, happening, subscriber, state);
        foreach (var (part, isName) in (webhook.Message is { } said ? Message.Parse(said) : Message.Usual).Parts)
        {
            var piece = isName ? Escaped(webhook.Format, Cut(values.Of(part))) : part;
            if (text.Length + piece.Length > LongestText)
                return Body(webhook.Format, text.Append('…').ToString());
            text.Append(piece);
        }
        return Body(webhook.Format, text.ToString().Trim());
    }

    /// <summary>A message as the chat takes it.</summary>
    public static byte[] Body(WebhookFormat format, string text)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Written))
            if (format == WebhookFormat.Slack)
                JsonSerializer.Serialize(json, new { text });
            else
                JsonSerializer.Serialize(json, new
                {
                    type = "message",
                    attachments = new[] { new { contentType = "application/vnd.microsoft.card.adaptive", content = Card(text) } },
                });
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What people have entered, so that it is a text in the chat and nothing more: no mention of everybody, no link that somebody made up.</summary>
    public static string Escaped(WebhookFormat format, string value) => format == WebhookFormat.Slack
        ? value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
        : Markdown.Replace(value, @"\$0");

    private static Dictionary<string, object> Card(string text) => new()
    {
        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
        ["type"] = "AdaptiveCard",
        ["version"] = "1.4",
        ["body"] = new[] { new { type = "TextBlock", text, wrap = true } },
    };

    private static string Cut(string value) => value.Length <= LongestValue ? value
        : $"{value[..(char.IsHighSurrogate(value[LongestValue - 1]) ? LongestValue - 1 : LongestValue)]}…";

    [GeneratedRegex(@"[\\*_\[\]()<>`#~|!]")]
    private static partial Regex Markdown { get; }

    /// <summary>What the names in a message stand for, as far as who is told sees it.</summary>
    private sealed class Values(Webhook webhook, Happening happening, Subscriber subscriber, State? state)
    {
        private readonly bool seesFacts = webhook.Payload == WebhookPayload.Full && happening.Record.IsDeclared
            && happening.Record.Fields.Keys.All(field => subscriber.Shows(happening.Record, field));

        public string Of(string name) => name switch
        {
            "actor" => happening.Who.Name ?? happening.Who.Kind.ToString(),
            "what" => What(happening.Type),
            "title" => Title(),
            "record" => happening.Record.Bare,
            "id" => $"{happening.RecordId}",
            "event" => happening.Type,
            "at" => happening.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
            _ when Message.WasAsked(name) => webhook.Payload == WebhookPayload.Full && Shows(Message.FieldOf(name))
                && happening.Changes.TryGetValue(Message.FieldOf(name), out var change) ? Said(change.Old) : "",
            _ when happening.Record.Fields.ContainsKey(name) || name.StartsWith("custom.", StringComparison.Ordinal) => Field(name),
            _ => Fact(name),
        };

        private static string What(string type)
        {
            var words = Capital.Replace(type, " $0").ToLowerInvariant().Split('.');
            return $"{words[1]} {words[2]}";
        }

        private string Title()
        {
            foreach (var name in (string[])["name", "subject", "title"])
                if (Field(name) is { Length: > 0 } title)
                    return title;
            return $"{Field("firstName")} {Field("lastName")}".Trim();
        }

        private string Field(string name) => state is not null && Shows(name) && state.Fields.TryGetValue(name, out var value) ? Said(value) : "";

        private string Fact(string name)
        {
            if (!seesFacts)
                return "";
            using var body = JsonDocument.Parse(happening.Body);
            return name is not ("changes" or "version") && body.RootElement.TryGetProperty(name, out var fact) ? Said(fact) : "";
        }

        private bool Shows(string field) =>
            (webhook.Fields.Length == 0 || webhook.Fields.Contains(field)) && subscriber.Shows(happening.Record, field);

        private static string Said(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Said).Where(text => text.Length > 0)),
            JsonValueKind.Object => string.Join(" ", value.EnumerateObject().Where(p => p.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                .Select(p => Said(p.Value))),
            JsonValueKind.Number => value.GetRawText(),
            _ => "",
        };
    }

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital { get; }
}
