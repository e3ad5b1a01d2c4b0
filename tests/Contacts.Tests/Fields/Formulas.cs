using System.Text.Json;
using CrmPlatform.Testing;

namespace CrmPlatform.Contacts.Tests.Fields;

/// <summary>Adds formulas, and looks at what they give.</summary>
internal static class Formulas
{
    public static async Task<Reply> Formula(this TestCrm crm, string plural, string name, string formula) =>
        (await crm.Contacts.Post($"/{plural}/fields", new { name, label = name, kind = "formula", formula })).Expect(201);

    public static async Task<string?> Shown(this TestCrm crm, string path, string name) =>
        Value((await crm.Contacts.Get(path)).Expect(200).Body, name);

    public static string? Value(JsonElement record, string name) =>
        record.GetProperty("custom").TryGetProperty(name, out var value)
            ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() : null;
}
