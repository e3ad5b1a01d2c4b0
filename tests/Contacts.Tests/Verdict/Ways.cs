using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Access;
using CrmPlatform.Contacts.Accounts;
using CrmPlatform.Contacts.Contacts;
using CrmPlatform.Contacts.Tests.Jobs;
using CrmPlatform.Journal;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Verdict;

/// <summary>The doors through which a record of any type is entered or changed. A new door is a line here.</summary>
internal static class Ways
{
    /// <summary>Sends the fields of a new record.</summary>
    public static readonly (string Name, Func<World, string, JsonObject, Task<Verdict>> Send)[] In =
    [
        ("POST", async (world, plural, fields) => Refused(await world.Crm.Contacts.Post($"/{plural}", fields.ToJsonString()))),
        ("batch create", (world, plural, fields) => Batch(world, plural, new JsonObject { ["do"] = "create", ["fields"] = fields })),
        ("import of a new one", (world, plural, fields) => Import(world, plural, fields, new { mode = "create" })),
        ("message", (world, plural, fields) => Message(world, plural, null, fields)),
    ];

    /// <summary>Sends fields to change of a record that is there.</summary>
    public static readonly (string Name, Func<World, string, JsonObject, Task<Verdict>> Send)[] On =
    [
        ("PATCH", async (world, plural, fields) =>
            Refused(await world.Crm.Contacts.Patch($"/{plural}/{world.Existing[plural]}", fields.ToJsonString()))),
        ("batch patch", (world, plural, fields) =>
            Batch(world, plural, new JsonObject { ["do"] = "patch", ["id"] = world.Existing[plural], ["fields"] = fields })),
        ("bulk edit", BulkEdit),
        ("import", (world, plural, fields) =>
            Import(world, plural, With(fields, "id", world.Existing[plural]), new { mode = "update", match = "id" })),
        ("message", (world, plural, fields) => Message(world, plural, world.Existing[plural], fields)),
    ];

    /// <summary>Whether a door can be sent these fields at all: in an import, the id says which record is meant.</summary>
    public static bool Takes(string name, JsonObject fields) => !name.StartsWith("import", StringComparison.Ordinal) || !fields.ContainsKey("id");

    private static async Task<Verdict> Batch(World world, string plural, JsonObject operation)
    {
        var request = new JsonObject { ["operations"] = new JsonArray(operation) };
        var batch = (await world.Crm.Contacts.Post($"/{plural}/batch", request.ToJsonString())).Expect(200);
        var item = batch["items"][0];
        Assert.True(item.TryGetProperty("problem", out var problem), $"The batch accepted {operation}: {item}");
        return Verdict.Of(problem);
    }

    private static async Task<Verdict> BulkEdit(World world, string plural, JsonObject fields)
    {
        var request = new JsonObject { ["ids"] = new JsonArray(world.Existing[plural]), ["set"] = fields };
        var answer = await world.Crm.Contacts.Post($"/{plural}/bulk-edit", request.ToJsonString());
        if (answer.Status != 202)
            return Refused(answer);
        var job = await world.Crm.Ended(answer, plural: plural);
        return Verdict.Of(Assert.Single(job["errors"].EnumerateArray()).GetProperty("problem"));
    }

    // What a consumer does that writes what a message asks for: it has a session, as every door has.
    private static Task<Verdict> Message(World world, string plural, Guid? id, JsonObject fields) => plural switch
    {
        "accounts" => Message<Account>(world, id, fields),
        "contacts" => Message<Contact>(world, id, fields),
        "consents" => Message<Consent>(world, id, fields),
        "accountContacts" => Message<AccountContact>(world, id, fields),
        _ => Message<ContactRelation>(world, id, fields),
    };

    private static async Task<Verdict> Message<T>(World world, Guid? id, JsonObject fields)
        where T : CrmPlatform.Journal.Records.Record
    {
        var cause = new Cause(new Actor(ActorKind.Platform, "tests", "Tests") { Door = "message" }, world.Crm.Id, Guid.CreateVersion7(), null);
        await using var session = world.Crm.Home.Get<Sessions>("contacts").Begin(cause, CancellationToken.None);
        var asked = fields.Deserialize<Dictionary<string, JsonElement>>()!;
        var refusal = await session.Try(async () =>
        {
            if (id is { } known)
                await session.Edit(await session.Lock<T>(known), asked);
            else
                await session.Create<T>(asked);
            await session.Rehearse();
        });
        Assert.True(refusal is not null, $"The message was accepted: {fields}");
        return new Verdict(refusal.Status, refusal.Code, string.Join(',', refusal.Errors.Keys.Order()));
    }

    private static JsonObject With(JsonObject fields, string name, Guid value)
    {
        var more = fields.DeepClone().AsObject();
        more[name] = value;
        return more;
    }

    private static async Task<Verdict> Import(World world, string plural, JsonObject row, object how)
    {
        var draft = (await world.Crm.Contacts.Post($"/{plural}/imports", row.ToJsonString())).Expect(200);
        var request = JsonSerializer.SerializeToNode(how)!.AsObject();
        request["mapping"] = new JsonObject(row.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Key)));
        request["blankErases"] = new JsonArray([.. row.Where(f => f.Value is null).Select(f => JsonValue.Create(f.Key))]);
        var answer = await world.Crm.Contacts.Post($"/{plural}/imports/{draft["job"].GetProperty("id").GetGuid()}/start", request.ToJsonString());
        if (answer.Status != 202)
            return Refused(answer) is var refused && refused.Fields.Split(',') is var fields && fields.Contains("mapping")
                ? refused with { Fields = string.Join(',', fields.Except(["mapping"])) } : refused; // it is the mapping that names the field
        var job = await world.Crm.Ended(answer, plural: plural);
        Assert.True(job["errors"].GetArrayLength() == 1, $"The import accepted {row}: {job}");
        return Verdict.Of(job["errors"][0].GetProperty("problem"));
    }

    private static Verdict Refused(Reply reply)
    {
        Assert.True(reply.Status >= 400, $"It was accepted: {reply}");
        return Verdict.Of(reply.Body);
    }
}
