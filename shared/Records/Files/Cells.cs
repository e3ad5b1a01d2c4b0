using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Records.Files;

/// <summary>
/// Values as texts in the cells of a table, the same in every locale: readable for people, and read back to the same value. An empty cell is no
/// value; lists of words are separated by semicolons; what has parts of its own is JSON.
/// </summary>
internal static partial class Cells
{
    // Readable: letters of all languages stay letters.
    private static readonly JsonSerializerOptions Readable = new(Changes.Json) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [GeneratedRegex(@"^(-?\d+(?:\.\d+)?) ([A-Z]{3})$", RegexOptions.CultureInvariant)]
    private static partial Regex Amount { get; }

    [GeneratedRegex(@"^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain { get; }

    /// <summary>Whether a cell holds a number that programs may take for one.</summary>
    public static bool IsNumber(FieldKind kind) => kind is FieldKind.Integer or FieldKind.Number or FieldKind.Rating;

    /// <summary>A value's cell; null when there is none.</summary>
    public static string? Of(FieldKind kind, object? value) => value switch
    {
        null => null,
        string text => text,
        bool yes => yes ? "true" : "false",
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        Enum choice => JsonNamingPolicy.CamelCase.ConvertName(choice.ToString()),
        string[] words => Words(words),
        Array { Length: 0 } => null,
        Array choices when kind == FieldKind.MultiChoice => Words([.. choices.Cast<Enum>().Select(c => JsonNamingPolicy.CamelCase.ConvertName(c.ToString()))]),
        Money { Currency: not null } money when Amount.IsMatch(Written(money)) => Written(money),
        JsonElement json => Of(kind, json),
        System.Collections.ICollection { Count: 0 } => null,
        IFormattable number and (int or long or decimal or Guid) => number.ToString(null, CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value, value.GetType(), Readable),
    };

    /// <summary>What a cell says, as JSON for the validator; what cannot be read stays a text, for the validator to refuse.</summary>
    public static JsonElement Read(FieldKind kind, string cell) => kind switch
    {
        FieldKind.Integer or FieldKind.Number or FieldKind.Rating => Plain.IsMatch(cell.Trim()) ? Parsed(cell.Trim()) : Text(cell),
        FieldKind.Boolean => cell.Trim().ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "1" => Parsed("true"),
            "FALSE" or "NO" or "0" => Parsed("false"),
            _ => Text(cell),
        },
        FieldKind.Money => Amount.Match(cell.Trim()) is { Success: true } match
            ? JsonSerializer.SerializeToElement(new { amount = match.Groups[1].Value, currency = match.Groups[2].Value }) : Json(cell) ?? Text(cell),
        FieldKind.Texts or FieldKind.MultiChoice => cell.StartsWith('[') && Json(cell) is { ValueKind: JsonValueKind.Array } list ? list
            : JsonSerializer.SerializeToElement(cell.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
        FieldKind.Address or FieldKind.List or FieldKind.Json or FieldKind.Custom => Json(cell) ?? Text(cell),
        FieldKind.Date or FieldKind.Instant or FieldKind.Reference or FieldKind.Choice => Text(cell.Trim()),
        _ => Text(cell),
    };

    private static string? Of(FieldKind kind, JsonElement json) => (kind, json.ValueKind) switch
    {
        (FieldKind.Json, _) => JsonSerializer.Serialize(json, Readable),
        (_, JsonValueKind.Null or JsonValueKind.Undefined) => null,
        (_, JsonValueKind.String) => json.GetString(),
        (FieldKind.MultiChoice, JsonValueKind.Array) => json.GetArrayLength() == 0 ? null : Words([.. json.EnumerateArray().Select(w => w.GetString()!)]),
        (FieldKind.Money, JsonValueKind.Object) when json.EnumerateObject().Count() == 2 && json.TryGetProperty("amount", out var amount)
            && amount.ValueKind == JsonValueKind.String && json.TryGetProperty("currency", out var currency)
            && Amount.IsMatch($"{amount.GetString()} {currency.GetString()}") => $"{amount.GetString()} {currency.GetString()}",
        (_, JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) => json.GetRawText(),
        _ => JsonSerializer.Serialize(json, Readable),
    };

    private static string? Words(string[] words) => words.Length == 0 ? null
        : Array.TrueForAll(words, w => w.Length > 0 && w == w.Trim() && !w.Contains(';', StringComparison.Ordinal)) && words[0][0] != '['
            ? string.Join("; ", words) : JsonSerializer.Serialize(words, Readable);

    private static string Written(Money money) => $"{money.Amount.ToString(CultureInfo.InvariantCulture)} {money.Currency}";

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text);

    private static JsonElement Parsed(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    private static JsonElement? Json(string cell)
    {
        try
        {
            return Parsed(cell);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
