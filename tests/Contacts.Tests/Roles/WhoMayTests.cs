using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;
using static CrmPlatform.Contacts.Tests.Roles.People;

namespace CrmPlatform.Contacts.Tests.Roles;

public sealed class WhoMayTests
{
    [Fact]
    public async Task Who_may_do_what_with_a_record_is_said_with_the_reason()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("clerk", [Grant("contact", "own", "team", "own", "none", "none")]);
        await crm.Role("auditor", [], privileges: ["audit"]);
        var (north, sea, port) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await crm.Told("contacts", "identity.team", north, 1, """{"name": "North"}""");
        await crm.Told("contacts", "identity.team", sea, 1, $$"""{"name": "Sea", "parentId": "{{north}}"}""");
        await crm.Told("contacts", "identity.team", port, 1, $$"""{"name": "Port", "parentId": "{{sea}}"}""");
        var (ada, boss, other, left, reader) = (Id(), Id(), Id(), Id(), Id());
        await User(ada, "Ada", "active", ["clerk"], port);
        await User(boss, "Boss", "active", ["clerk"], north);
        await User(other, "Other", "active", ["clerk"]);
        await User(left, "Left", "deactivated", ["administrator"]);
        await User(reader, "Reader", "active", ["readOnly"]);
        var contact = await crm.Given("contacts", new { lastName = "Lovelace", ownerId = ada });

        var all = (await crm.Contacts.Get($"/contacts/{contact}/access")).Expect(200);

        Assert.Equal(["Ada", "Boss", "Reader"], all["items"].EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        Assert.Equal("read:own:clerk update:own:clerk", Said(all["items"][0]));
        Assert.Equal("read:team:clerk", Said(all["items"][1]));
        Assert.Equal(
            ["North", "Sea", "Port"],
            all["items"][1].GetProperty("may")[0].GetProperty("teams").EnumerateArray().Select(t => t.GetProperty("name").GetString()));
        Assert.Equal("read:all:readOnly", Said(all["items"][2]));
        Assert.Equal(1, (await crm.Contacts.Get($"/contacts/{contact}/access?user={boss}")).Expect(200)["total"].GetInt32());

        Door As(Guid user, string role) => crm.Contacts.WithToken(crm.TokenOf(user, [role]));
        (await As(ada, "clerk").Get($"/contacts/{contact}/access")).Expect(200);
        (await As(boss, "clerk").Get($"/contacts/{contact}/access")).Expect(403, "not_allowed"); // sees it, and may not change it
        (await As(other, "clerk").Get($"/contacts/{contact}/access")).Expect(404);
        (await As(Id(), "auditor").Get($"/contacts/{contact}/access")).Expect(200);
        (await crm.Another().Contacts.Get($"/contacts/{contact}/access")).Expect(404);

        static Guid Id() => Guid.CreateVersion7();
        Task User(Guid id, string name, string status, string[] roles, params Guid[] teams) =>
            crm.Told("contacts", "identity.user", id, 1, JsonSerializer.Serialize(new { name, status, roles, teams }));
        static string Said(JsonElement person) => string.Join(' ', person.GetProperty("may").EnumerateArray().Select(w =>
            $"{w.GetProperty("deed").GetString()}:{w.GetProperty("reach").GetString()}:{string.Join(',', w.GetProperty("roles").EnumerateArray())}"));
    }
}
