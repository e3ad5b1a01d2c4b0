using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmPlatform.Journal.Records;

/// <summary>
/// A record as somebody could enter it, from its declaration: what it must have, and what its fields give as an example. Tests enter them, with ids of
/// records that are there.
/// </summary>
public static class Examples
{
    /// <summary>What a field gives as an example that refers to another record than the field before it.</summary>
    public const string Another = "other";

    private static readonly DateTimeOffset Then = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The id that stands for a record of a type in examples: <c>account</c>.</summary>
    public static Guid IdOf(string record)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(record)).AsSpan(0, 16);
        (bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5]) = (0x01, 0x9c, 0x13, 0x2b, 0x7a, 0x00); // of the same time
        (bytes[6], bytes[8]) = ((byte)((bytes[6] & 0x0f) | 0x70), (byte)((bytes[8] & 0x3f) | 0x80));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>What is sent to enter one.</summary>
    public static JsonObject New(RecordType type) => new(type.Fields.Concat(type.Inputs)
        .Where(f => !f.IsSetBySlices && f.Kind != FieldKind.Custom && (f.Example is not null || f is { IsRequired: true, IsDerived: false }))
        .Select(f => KeyValuePair.Create(f.Name, Value(f))));

    /// <summary>What is sent to change it.</summary>
    public static JsonObject Changed(RecordType type) => type.Fields.Where(f => f is
    { Example: not null, IsRequired: false, IsSetWhenEntered: false, IsSetBySlices: false, Kind: not FieldKind.Reference })
        .Take(2).Select(f => KeyValuePair.Create(f.Name, Value(f))).ToList() is { Count: > 0 } some ? new(some) : new() { ["tags"] = new JsonArray("north") };

    /// <summary>It, as it is then.</summary>
    public static Record Kept(RecordType type)
    {
        var by = new Access.Actor(Access.ActorKind.User, $"{IdOf("user")}", "Ada Lovelace");
        var sent = New(type).Where(f => type.Find(f.Key) is not null)
            .Select(f => KeyValuePair.Create(f.Key, JsonSerializer.SerializeToElement(f.Value)));
        return type.With(type.Blank(IdOf(type.Name)), sent) with { Version = 1, CreatedAt = Then, UpdatedAt = Then, CreatedBy = by, UpdatedBy = by };
    }

    private static JsonNode? Value(Field field) => field switch
    {
        { Kind: FieldKind.Reference } => $"{IdOf(Referred(field))}",
        { Example: { } said } => IsText(field.Kind) ? said : JsonNode.Parse(said.Replace("{user}", $"{IdOf("user")}", StringComparison.Ordinal)),
        { Choices: [var first, ..] } => first,
        _ => Usual(field),
    };

    // Two of one type are told apart by who says so.
    private static string Referred(Field field) =>
        (field.Refers is { } refers ? refers[(refers.LastIndexOf('.') + 1)..] : field.Name) + (field.Example == Another ? $"/{Another}" : "");

    private static bool IsText(FieldKind kind) => kind is FieldKind.Text or FieldKind.LongText or FieldKind.Email or FieldKind.Phone or FieldKind.Url
        or FieldKind.Date or FieldKind.Instant or FieldKind.Choice;

    private static JsonNode? Usual(Field field) => field.Kind switch
    {
        FieldKind.Email => "ada@engines.example",
        FieldKind.Integer or FieldKind.Number or FieldKind.Rating => 1,
        FieldKind.Money => new JsonObject { ["amount"] = "1250.00", ["currency"] = "EUR" },
        FieldKind.Date => "2026-01-31",
        FieldKind.Instant => "2026-01-31T12:00:00Z",
        FieldKind.Boolean => true,
        FieldKind.Phone => "+442071234567",
        FieldKind.Url => "https://engines.example",
        FieldKind.Texts or FieldKind.List or FieldKind.MultiChoice => new JsonArray(),
        FieldKind.Json or FieldKind.Address => new JsonObject(),
        _ => field.Name switch { "locale" => "en", "timeZone" => "UTC", "currency" => "EUR", "name" => "North", _ => field.Label },
    };
}
