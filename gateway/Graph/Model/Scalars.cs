using System.Globalization;
using System.Text.Json;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Schema;

namespace CrmPlatform.Graph.Model;

/// <summary>The values records have beside those of the language. What a service says goes through as it is: nothing is rounded or rewritten.</summary>
internal static class Scalars
{
    public static readonly ScalarType Decimal = new("Decimal")
    {
        Says = "A number, exact. A number or a text that is one is understood.",
        FromJson = value => Number(value) ? value : throw new FormatException("A number looks like 12.5."),
        FromNode = (node, variables) => Literals.Json(node, variables) is var value && Number(value)
            ? value : throw new FormatException("A number looks like 12.5."),
    };

    public static readonly ScalarType Money = new("Money")
    {
        Says = "An amount in a currency, exact: `{\"amount\": \"12.50\", \"currency\": \"EUR\"}`.",
        FromJson = value => IsMoney(value) ? value : throw new FormatException(MoneyLooks),
        FromNode = (node, variables) => Literals.Json(node, variables) is var value && IsMoney(value) ? value : throw new FormatException(MoneyLooks),
    };

    public static readonly ScalarType Date = new("Date")
    {
        Says = "A day: `2026-01-31`.",
        FromJson = value => Day(Text(value)),
        FromNode = (node, _) => Day((node as StringNode)?.Text),
    };

    public static readonly ScalarType DateTime = new("DateTime")
    {
        Says = "A moment, with its distance from UTC: `2026-01-31T12:00:00Z`.",
        SpecifiedBy = "https://www.rfc-editor.org/rfc/rfc3339",
        FromJson = value => Moment(Text(value)),
        FromNode = (node, _) => Moment((node as StringNode)?.Text),
    };

    public static readonly ScalarType Json = new("JSON") { Says = "Anything JSON can say." };

    public static IReadOnlyList<ScalarType> All { get; } = [Decimal, Money, Date, DateTime, Json];

    private const string MoneyLooks = "Money looks like {amount: \"12.50\", currency: \"EUR\"}.";

    private static object Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", out _) ? text! : throw new FormatException("A day looks like 2026-01-31.");

    private static object Moment(string? text) =>
        text is { Length: >= 20 } && (text[^1] is 'Z' or 'z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment : throw new FormatException("A moment looks like 2026-01-31T12:00:00Z.");

    private static bool Number(JsonElement value) => value.ValueKind == JsonValueKind.Number || (Text(value) is { } text
        && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _));

    private static bool IsMoney(JsonElement value) => value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty("amount", out var amount) && Number(amount)
        && value.TryGetProperty("currency", out var currency) && Text(currency) is not null;

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
