using System.Text.Json.Nodes;
using CrmPlatform.Contacts.Tests.Roles;
using CrmPlatform.Testing;

namespace CrmPlatform.Contacts.Tests.Limits;

/// <summary>What a route is asked about: a record that nobody else knows the marker of, and what else an administrator has made around it.</summary>
internal sealed record Target(string Plural, Guid Id, string Marker, Guid Operation, JsonObject New)
{
    /// <summary>A second one of the same owner.</summary>
    public Guid Other { get; init; }

    public Guid Job { get; init; }

    public Guid Field { get; init; }

    public Guid View { get; init; }

    /// <summary>A company that everybody sees who sees anything.</summary>
    public Guid Company { get; init; }
}

/// <summary>Makes what routes are asked about.</summary>
internal sealed class RouteWorld(TestCrm crm)
{
    private readonly Dictionary<string, Guid> fields = [];

    /// <summary>Who asks.</summary>
    public Guid Ada { get; } = Guid.CreateVersion7();

    /// <summary>Their team.</summary>
    public Guid Team { get; } = Guid.CreateVersion7();

    public async Task<Target> Target(string tag, string whose, Preparation prepare)
    {
        var plural = tag is "operations" or "model" or "audit" ? "contacts" : tag;
        var marker = $"m{Guid.CreateVersion7():N}";
        var entered = await Enter(plural, marker, whose);
        var target = new Target(plural, entered.Id, marker, entered.Operation, await Fields(plural, $"n{Guid.CreateVersion7():N}"))
        {
            Company = await Company(),
            Other = plural is "accounts" or "contacts" ? (await Enter(plural, $"o{Guid.CreateVersion7():N}", whose)).Id : default,
        };
        switch (prepare)
        {
            case Preparation.Trashed:
                (await crm.Contacts.Delete($"/{plural}/{target.Id}")).Expect(204);
                return target;
            case Preparation.Import:
                var import = (await crm.Contacts.Post($"/{plural}/imports?name={marker}", $"id,{marker}\n1,2")).Expect(200);
                return target with { Job = import["job"].GetProperty("id").GetGuid() };
            case Preparation.Field:
                if (!fields.TryGetValue(plural, out var field))
                    fields[plural] = field = await crm.Given($"{plural}/fields", new { name = "extra", label = "Extra", kind = "text" });
                return target with { Field = field };
            case Preparation.View:
                return target with { View = await crm.Given($"{plural}/views", new { name = marker }) };
            default:
                return target;
        }
    }

    private async Task<Reply> Enter(string plural, string marker, string whose)
    {
        var record = await Fields(plural, marker);
        (record["ownerId"], record["teamId"]) = whose switch { "own" => ((JsonNode?)Ada, (JsonNode?)null), "team" => (null, Team), _ => (null, null) };
        // Of these there is one.
        var only = plural == "contactSettings" ? (await crm.Contacts.Get($"/{plural}")).Expect(200)["items"].EnumerateArray().ToArray() : [];
        return only is [var settings] ? (await crm.Contacts.Patch($"/{plural}/{settings.GetProperty("id")}", record)).Expect(200)
            : (await crm.Contacts.Post($"/{plural}", record)).Expect(201);
    }

    private Task<Guid> Company() => crm.Given("accounts", new { name = "Some company", ownerId = Ada, teamId = Team });

    private Task<Guid> Somebody() => crm.Given("contacts", new { lastName = "Somebody", ownerId = Ada, teamId = Team });

    private async Task<JsonObject> Fields(string plural, string marker)
    {
        var record = new JsonObject { ["tags"] = new JsonArray(marker) };
        if (plural is "accountContacts" or "consents" or "contactRelations")
            record["contactId"] = await Somebody();
        switch (plural)
        {
            case "accounts":
                record["name"] = marker;
                break;
            case "contacts":
                (record["lastName"], record["email"]) = (marker, $"{marker}@x.example");
                break;
            case "accountContacts":
                record["accountId"] = await Company();
                break;
            case "contactRelations":
                (record["relatedId"], record["kind"]) = (await Somebody(), "friend");
                break;
            case "consents":
                (record["purpose"], record["channel"], record["state"]) = ("news", "email", "granted");
                break;
        }
        return record;
    }
}
