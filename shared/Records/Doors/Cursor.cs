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

    public string Write(string order) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes((string?[])[order, .. Values.Select(Text), Id.ToString()]));

    public string Write(Sort sort, string mark = "") => Write(mark + sort);

    public static Cursor? Read(string? cursor, Sort sort, string mark = "") => Read(cursor, mark + sort, [.. sort.Keys.Select(k => k.Kind)]);

    public static Cursor? Read(string? cursor, string order, IReadOnlyList<Kind> kinds)
    {
        if (cursor is null)
            return null;
        try
        {
            if (Parts(cursor) is { } parts && parts.Length == kinds.Count + 2 && parts[0] == order)
                return new Cursor([.. kinds.Select((kind, i) => Value(kind, parts[i + 1]))], Guid.Parse(parts[^1]!));
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentNullException)
        {
            // Refused below: a cursor is ours or it is nothing.
        }
        throw Refusal.Invalid("cursor", Odd);
    }

    /// <summary>The order a cursor is a place in.</summary>
    public static string OrderOf(string cursor) => Parts(cursor) is [{ } order, ..] ? order : throw Refusal.Invalid("cursor", Odd);

    private static string?[]? Parts(string cursor)
    {
        try
        {
            return JsonSerializer.Deserialize<string?[]>(Base64Url.DecodeFromChars(cursor));
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null; // no cursor of ours
        }
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
