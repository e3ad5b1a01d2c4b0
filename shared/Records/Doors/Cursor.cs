using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using CrmPlatform.Journal;
using CrmPlatform.Query;

namespace CrmPlatform.Records.Doors;

/// <summary>A place in an order: the values of the last record seen, in what it was ordered by. So page 10,000 costs what page 1 costs.</summary>
internal sealed record Cursor(IReadOnlyList<object?> Values, Guid Id)
{
    private const string Odd = "This is no cursor of an earlier page of this order.";

    public string Write(Sort sort) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes((string?[])[sort.ToString(), .. Values.Select(Text), Id.ToString()]));

    public static Cursor? Read(string? cursor, Sort sort)
    {
        if (cursor is null)
            return null;
        try
        {
            var parts = JsonSerializer.Deserialize<string?[]>(Base64Url.DecodeFromChars(cursor));
            if (parts?.Length == sort.Keys.Count + 2 && parts[0] == sort.ToString())
                return new Cursor([.. sort.Keys.Select((key, i) => Value(key.Kind, parts[i + 1]))], Guid.Parse(parts[^1]!));
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException or ArgumentNullException)
        {
            // Refused below: a cursor is ours or it is nothing.
        }
        throw Refusal.Invalid("cursor", Odd);
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        DateTimeOffset at => at.ToString("O", CultureInfo.InvariantCulture),
        DateTime at => at.ToString("O", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static object? Value(Kind kind, string? text) => text is null ? null : kind switch
    {
        Kind.Number or Kind.Money => decimal.Parse(text, CultureInfo.InvariantCulture),
        Kind.Date => DateOnly.Parse(text, CultureInfo.InvariantCulture),
        Kind.Instant => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUniversalTime(),
        Kind.Boolean => bool.Parse(text),
        Kind.Reference => Guid.Parse(text),
        _ => text,
    };
}
