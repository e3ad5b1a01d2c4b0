using System.Text.Json;
using Xunit;

namespace CrmPlatform.Testing;

/// <summary>What a door answered.</summary>
public sealed record Reply(int Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    /// <summary>The body as JSON, if it is JSON: not one object on each line.</summary>
    public JsonElement Body { get; } =
        Text.Length > 0 && Text[0] is '{' or '[' && Headers.GetValueOrDefault("Content-Type")?.StartsWith("application/jsonl", StringComparison.Ordinal) != true
            ? JsonSerializer.Deserialize<JsonElement>(Text) : default;

    /// <summary>A member of the body.</summary>
    public JsonElement this[string member] => Body.GetProperty(member);

    /// <summary>The id of the record answered.</summary>
    public Guid Id => this["id"].GetGuid();

    /// <summary>The version of the record answered.</summary>
    public int Version => this["version"].GetInt32();

    /// <summary>The stable code of a problem.</summary>
    public string? Code => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>The operation a change was made under.</summary>
    public Guid Operation => Guid.Parse(Headers["Crm-Operation"]);

    /// <inheritdoc/>
    public override string ToString() => $"{Status} {Text}";

    /// <summary>The same reply, if it has this status and code; fails with all it says otherwise.</summary>
    public Reply Expect(int status, string? code = null)
    {
        Assert.True(Status == status && (code is null || Code == code), $"Expected {status} {code}, but it is {Status} {Text}");
        return this;
    }

    /// <summary>What came back.</summary>
    public static async Task<Reply> Read(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Headers.Concat(response.Content.Headers)
            .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
        await response.Content.ReadAsStringAsync());
}
