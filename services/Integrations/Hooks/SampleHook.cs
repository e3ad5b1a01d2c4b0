using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Access.Roles;
using CrmPlatform.Integrations.Catalogue;
using CrmPlatform.Integrations.Hearing;
using CrmPlatform.Integrations.Sending;
using CrmPlatform.Integrations.Webhooks;
using CrmPlatform.Journal;

namespace CrmPlatform.Integrations.Hooks;

/// <summary>
/// What a hook of an event would bring, for whoever sets up what becomes of it: the last ones, or one that is made up where there are none yet. In the form
/// they are sent in, with what the caller sees.
/// </summary>
public static class SampleHook
{
    private const int Most = 3, LookedAt = 5000;

    /// <summary>Up to three samples, the newest first.</summary>
    public static async Task<IReadOnlyList<JsonElement>> Handle(Session session, string @event)
    {
        if (!EventTypes.All.Contains(@event))
            throw Refusal.Invalid("event", $"'{@event}' is no event, like contacts.contact.created.");
        var subscriber = new Subscriber(await session.Standing());
        var record = KnownRecords.Find(EventTypes.RecordOf(@event))!;
        if (subscriber.ReachOf(record) == Reach.None)
            throw new Refusal(403, Refusal.Denied, $"Your roles do not let you see a {record.Bare}.");
        var samples = await Last(session, @event, subscriber);
        return samples.Count > 0 ? samples : [Told(MadeUp(session, @event), subscriber, SomeState(record, await OwnFields.Of(session), session.Now))];
    }

    // Among the last ones of the tenant: what is rarer than that is made up sooner than looked for for long.
    private static async Task<List<JsonElement>> Last(Session session, string type, Subscriber subscriber)
    {
        var rows = await session.Query<Row>(
            $"""
            select id, service, position, at, type, record_id, version, actor::text as actor, operation, body
            from (select {Columns} from event where tenant = @tenant order by at desc limit {LookedAt}) e where type = @type order by at desc limit 50
            """, new { type });
        var states = await States.At(session, rows.ConvertAll(row => row.What));
        return
        [
            .. rows.Select(row => row.What).Select(what => (what, state: states[(what.RecordId, what.Version)]))
                .Where(told => subscriber.Sees(told.what.Record, told.state)).Take(Most).Select(told => Told(told.what, subscriber, told.state)),
        ];
    }

    private const string Columns = "id, service, position, at, type, record_id, version, actor, operation, body";

    private static JsonElement Told(Happening what, Subscriber subscriber, State state) => JsonSerializer.Deserialize<JsonElement>(
        Sending.Told.Body(what, new Webhook(), subscriber, state, Sender.LargestBody));

    private static Happening MadeUp(Session session, string type)
    {
        var facts = new JsonObject(EventTypes.TypedFactsOf(type).Select(fact => KeyValuePair.Create(fact.Name, Fact(fact.Type, session.Now))));
        return new(
            Guid.CreateVersion7(session.Now), type[..type.IndexOf('.')], 1, session.Now, type, Guid.CreateVersion7(session.Now), 1,
            """{"kind":"user","id":"019a9a3c-0000-7000-8000-000000000002","name":"Ada"}""", Guid.CreateVersion7(session.Now), facts.ToJsonString());
    }

    private static State SomeState(KnownRecord record, OwnFields own, DateTimeOffset now)
    {
        var fields = record.Fields.Values.Where(field => !field.IsDerived).Select(field => (field.Name, Value: Value(field.Kind, field, now)))
            .Concat(own.Of(record).Select(field => (Name: $"custom.{field.Name}", Value: Value(field.Kind, null, now))));
        return new(Guid.CreateVersion7(now), 1, fields.Where(field => field.Value is not null)
            .ToDictionary(field => field.Name, field => JsonSerializer.SerializeToElement(field.Value)));
    }

    private static JsonNode? Fact(Type type, DateTimeOffset now) => Value(
        type == typeof(Guid) ? "reference" : type == typeof(bool) ? "boolean" : type == typeof(int) ? "integer" : type == typeof(decimal) ? "number"
        : type == typeof(DateOnly) ? "date" : type == typeof(DateTimeOffset) ? "instant" : type == typeof(string) ? "text" : "json", null, now);

    private static JsonNode? Value(string kind, KnownField? field, DateTimeOffset now) => kind switch
    {
        "integer" or "rating" => 3,
        "number" => 12.5,
        "money" => new JsonObject { ["amount"] = "1200.00", ["currency"] = "EUR" },
        "date" => now.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        "instant" => now.UtcDateTime,
        "boolean" => true,
        "choice" => field?.Choices is [var first, ..] ? first : "choice",
        "multiChoice" => new JsonArray(field?.Choices is [var one, ..] ? one : "choice"),
        "texts" => new JsonArray("vip"),
        "email" => "ada@mail.example",
        "phone" => "+442071234567",
        "url" => "https://www.example.com",
        "reference" => "019a9a3c-6a7e-7c31-9f0e-3f5f4f0a1b2c",
        "address" => Parts(field!, now),
        "list" => new JsonArray(Parts(field!, now)),
        "json" or "custom" => null,
        _ => "text",
    };

    private static JsonObject Parts(KnownField field, DateTimeOffset now) =>
        new(field.Parts.Select(part => KeyValuePair.Create(part.Name, Value(part.Kind, null, now))));

    private sealed record Row(
        Guid Id, string Service, long Position, DateTimeOffset At, string Type, Guid RecordId, int Version, string Actor, Guid Operation, string Body)
    {
        public Happening What { get; } = new(Id, Service, Position, At, Type, RecordId, Version, Actor, Operation, Body);
    }
}
