using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Verdict;

/// <summary>A tenant with one record of each type to edit, and with what bad values can collide with.</summary>
public sealed class World : IAsyncLifetime
{
    private readonly Dictionary<string, Guid> names = [];

    /// <summary>The tenant.</summary>
    public TestCrm Crm { get; private set; } = null!;

    /// <summary>The record to edit, by type.</summary>
    public Dictionary<string, Guid> Existing { get; } = [];

    /// <summary>Fields of a new record that are right.</summary>
    public JsonObject Right(string plural) => Parse(plural switch
    {
        "accounts" => """{"name": "New"}""",
        "contacts" => """{"lastName": "New", "custom": {"size": 5}}""",
        "consents" => """{"contactId": "{clerk}", "purpose": "news", "channel": "phone", "state": "granted"}""",
        "accountContacts" => """{"contactId": "{clerk}", "accountId": "{below}"}""",
        _ => """{"contactId": "{there}", "relatedId": "{clerk}", "kind": "friend"}""",
    });

    /// <summary>JSON with names in place of ids.</summary>
    public JsonObject Parse(string fields) =>
        JsonNode.Parse(names.Aggregate(fields, (text, name) => text.Replace($"{{{name.Key}}}", $"{name.Value}", StringComparison.Ordinal)))!.AsObject();

    /// <summary>How much has ever been written.</summary>
    public Task<long> Written() => Crm.Sql("contacts", As.Admin).Value<long>("select count(*) from journal where tenant = $1", Crm.Id);

    public async ValueTask InitializeAsync()
    {
        Crm = await TestCrm.Tenant();
        var theirs = Crm.Another();
        names["nobody"] = Guid.CreateVersion7();
        names["theirAccount"] = (await theirs.Contacts.Post("/accounts", new { name = "Theirs" })).Expect(201).Id;
        names["theirContact"] = (await theirs.Contacts.Post("/contacts", new { lastName = "Theirs" })).Expect(201).Id;
        names["trashed"] = await Enter("accounts", """{"name": "Trashed"}""");
        (await Crm.Contacts.Delete($"/accounts/{names["trashed"]}")).Expect(204);
        foreach (var field in (string[])
        [
            """{"name": "size", "label": "Size", "kind": "number", "required": true, "min": 1, "max": 9}""",
            """{"name": "level", "label": "Level", "kind": "choice", "choices": [{"value": "low"}, {"value": "top"}, {"value": "old", "retired": true}]}""",
            """{"name": "code", "label": "Code", "kind": "text", "pattern": "[A-Z]{3}"}""",
            """{"name": "since", "label": "Since", "kind": "date"}""",
            """{"name": "gone", "label": "Gone", "kind": "text"}""",
        ])
            names["field"] = (await Crm.Contacts.Post("/contacts/fields", field)).Expect(201).Id;
        (await Crm.Contacts.Patch($"/contacts/fields/{names["field"]}", new { retired = true })).Expect(200);

        var (size, home) = ("\"custom\": {\"size\": 5}", await Enter("accounts", """{"name": "Home", "externalIds": [{"system": "erp", "id": "1"}]}"""));
        names["home"] = Existing["accounts"] = home;
        names["below"] = await Enter("accounts", """{"name": "Below", "parentId": "{home}", "externalIds": [{"system": "erp", "id": "2"}]}""");
        names["there"] = Existing["contacts"] = await Enter(
            "contacts", $$"""{"lastName": "There", "email": "there@x.example", "externalIds": [{"system": "erp", "id": "1"}], {{size}}}""");
        names["clerk"] = await Enter(
            "contacts", $$"""{"lastName": "Clerk", "reportsToId": "{there}", "externalIds": [{"system": "erp", "id": "2"}], {{size}}}""");
        await Enter("consents", """{"contactId": "{clerk}", "purpose": "news", "channel": "email", "state": "granted"}""");
        Existing["consents"] = await Enter("consents", """{"contactId": "{clerk}", "purpose": "offers", "channel": "email", "state": "granted"}""");
        await Enter("accountContacts", """{"contactId": "{clerk}", "accountId": "{home}"}""");
        Existing["accountContacts"] = await Enter("accountContacts", """{"contactId": "{there}", "accountId": "{home}", "from": "2020-01-01"}""");
        await Enter("contactRelations", """{"contactId": "{clerk}", "relatedId": "{there}", "kind": "assistant"}""");
        Existing["contactRelations"] = await Enter("contactRelations", """{"contactId": "{there}", "relatedId": "{clerk}", "kind": "colleague"}""");
    }

    public ValueTask DisposeAsync() => default;

    private async Task<Guid> Enter(string plural, string fields) => (await Crm.Contacts.Post($"/{plural}", Parse(fields).ToJsonString())).Expect(201).Id;
}

/// <summary>What a door says of bad values.</summary>
public sealed record Verdict(int Status, string? Code, string Fields)
{
    public static Verdict Of(JsonElement problem) => new(
        problem.GetProperty("status").GetInt32(), problem.GetProperty("code").GetString(),
        problem.TryGetProperty("errors", out var errors) ? string.Join(',', errors.EnumerateObject().Select(e => e.Name).Order()) : "");
}
