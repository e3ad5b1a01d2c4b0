using System.Text.Json;
using CrmPlatform.Testing;

namespace CrmPlatform.Leads.Tests;

/// <summary>What tests of leads do again and again.</summary>
internal static class World
{
    /// <summary>The door to leads, for who may do everything.</summary>
    public static Door Leads(this TestCrm crm) => crm.Service("leads");

    /// <summary>The same for somebody with roles.</summary>
    public static Door Leads(this TestCrm crm, Guid user, params string[] roles) => crm.Service("leads").WithToken(crm.TokenOf(user, roles));

    /// <summary>Enters a lead.</summary>
    public static async Task<Reply> Lead(this TestCrm crm, object fields) => (await crm.Leads().Post("/leads", fields)).Expect(201);

    /// <summary>Enters a lead that is being worked on.</summary>
    public static async Task<Guid> Working(this TestCrm crm, object fields)
    {
        var lead = await crm.Lead(fields);
        (await crm.Leads().Post($"/leads/{lead.Id}/change-status", new { to = "working" })).Expect(200);
        return lead.Id;
    }

    /// <summary>Enters whatever a path keeps.</summary>
    public static async Task<Guid> Given(this TestCrm crm, string path, object fields) => (await crm.Leads().Post(path, fields)).Expect(201).Id;

    /// <summary>A lead as it is.</summary>
    public static async Task<Reply> Read(this TestCrm crm, Guid lead) => (await crm.Leads().Get($"/leads/{lead}")).Expect(200);

    /// <summary>A text of a record.</summary>
    public static string? Text(this Reply reply, string field) => reply[field].ValueKind == JsonValueKind.Null ? null : reply[field].ToString();

    /// <summary>A user that identity has told of.</summary>
    public static async Task<Guid> User(this TestCrm crm, string fields = "{}")
    {
        var id = Guid.CreateVersion7();
        var told = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(fields)!;
        told.TryAdd("status", JsonSerializer.SerializeToElement("active"));
        told.TryAdd("name", JsonSerializer.SerializeToElement($"user {id}"));
        await crm.Told("leads", "identity.user", id, 1, JsonSerializer.Serialize(told));
        return id;
    }
}
