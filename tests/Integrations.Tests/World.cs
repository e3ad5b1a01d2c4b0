using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Integrations.Tests;

/// <summary>What tests of webhooks do again and again.</summary>
internal static class World
{
    /// <summary>The door to webhooks, for who may do everything.</summary>
    public static Door Hooks(this TestCrm crm) => crm.Service("integrations");

    /// <summary>The same for somebody with roles.</summary>
    public static Door Hooks(this TestCrm crm, Guid user, params string[] roles) => crm.Service("integrations").WithToken(crm.TokenOf(user, roles));

    /// <summary>A webhook with a secret, for events of contacts and companies unless something else is said.</summary>
    public static async Task<Hook> Hook(this TestCrm crm, string url, object? more = null, Door? door = null)
    {
        door ??= crm.Hooks();
        var fields = new JsonObject { ["name"] = "Partner", ["url"] = url, ["events"] = new JsonArray("contacts.*.*") };
        foreach (var (name, value) in JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(more ?? new { }))!.AsObject())
            fields[name] = value?.DeepClone();
        var id = (await door.Post("/webhooks", fields)).Expect(201).Id;
        var secret = (await door.Post($"/webhooks/{id}/issue", new { })).Expect(200)["secret"].GetString()!;
        return new Hook(id, secret, door);
    }

    /// <summary>What is said at a field when something is refused.</summary>
    public static string Refused(this Reply reply, int status, string field) => reply.Expect(status)["errors"].GetProperty(field)[0].GetString()!;

    /// <summary>Enters a contact.</summary>
    public static async Task<Reply> Contact(this TestCrm crm, object fields) => (await crm.Contacts.Post("/contacts", fields)).Expect(201);

    /// <summary>A user that integrations has been told of.</summary>
    public static async Task<Guid> User(this TestCrm crm, params string[] roles)
    {
        var id = Guid.CreateVersion7();
        await crm.Told("integrations", "identity.user", id, 1, System.Text.Json.JsonSerializer.Serialize(new { status = "active", name = "Ada", roles }));
        return id;
    }

    /// <summary>A role that integrations has been told of.</summary>
    public static Task Role(this TestCrm crm, string name, params object[] records) => crm.Told(
        "integrations", "identity.role", Guid.CreateVersion7(), 1,
        System.Text.Json.JsonSerializer.Serialize(new { name, slices = new[] { "*" }, privileges = Array.Empty<string>(), records }));
}

/// <summary>A webhook of a test.</summary>
internal sealed record Hook(Guid Id, string Secret, Door Door)
{
    /// <summary>Whether something was signed with its secret, as Standard Webhooks says.</summary>
    public bool Signed(Received received, string? secret = null)
    {
        var key = Convert.FromBase64String((secret ?? Secret)["whsec_".Length..]);
        var signed = $"{received.Headers["webhook-id"]}.{received.Headers["webhook-timestamp"]}.{received.Text}";
        var expected = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)))}";
        return received.Headers["webhook-signature"].Split(' ').Contains(expected);
    }

    /// <summary>The webhook as it is.</summary>
    public async Task<Reply> Read() => (await Door.Get($"/webhooks/{Id}")).Expect(200);

    /// <summary>Its deliveries of a state.</summary>
    public async Task<IReadOnlyList<System.Text.Json.JsonElement>> Deliveries(string? state = null) =>
        [.. (await Door.Get($"/deliveries?webhook={Id}&limit=200{(state is null ? "" : $"&state={state}")}")).Expect(200)["items"].EnumerateArray()];

    /// <summary>Waits until so many deliveries are in a state.</summary>
    public Task Has(int count, string state) =>
        TestCrm.Eventually(async () => Assert.Equal(count, (await Deliveries(state)).Count));
}
