using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace CrmPlatform.Journal.Records;

/// <summary>What another system calls a record.</summary>
public sealed record ExternalId([property: Required, StringLength(50)] string System, [property: Required, StringLength(200)] string Id);

/// <summary>An amount in a currency, exact; in JSON the amount is a text.</summary>
public sealed record Money(
    [property: JsonConverter(typeof(ExactDecimal))] decimal Amount,
    [property: Required, RegularExpression("[A-Z]{3}", ErrorMessage = "A currency is three capital letters: EUR.")] string Currency);

/// <summary>A postal address.</summary>
public sealed record Address
{
    /// <summary>What it is for: <c>billing</c>, <c>shipping</c>, <c>office</c>, <c>home</c>.</summary>
    [StringLength(30)]
    public string? Type { get; init; }

    /// <summary>Street and number, several lines if need be.</summary>
    [StringLength(300)]
    public string? Street { get; init; }

    /// <summary>Postal code.</summary>
    [StringLength(20)]
    public string? PostalCode { get; init; }

    /// <summary>Town.</summary>
    [StringLength(100)]
    public string? City { get; init; }

    /// <summary>State, province or region.</summary>
    [StringLength(100)]
    public string? Region { get; init; }

    /// <summary>Country, as two letters (ISO 3166): <c>DE</c>.</summary>
    [RegularExpression("[A-Z]{2}", ErrorMessage = "A country is two capital letters: DE.")]
    public string? Country { get; init; }
}

/// <summary>A decimal number as JSON text, so that no reader rounds it; a JSON number is understood as well.</summary>
public sealed partial class ExactDecimal : JsonConverter<decimal>
{
    /// <inheritdoc/>
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var number))
            return number;
        return reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: <= 40 } text && Plain.IsMatch(text)
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var exact)
                ? exact
                : throw new JsonException("An amount looks like 1234.50.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^-?\d+(\.\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain { get; }
}
