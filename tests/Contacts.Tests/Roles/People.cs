using System.Text.Json;
using CrmPlatform.Testing;

namespace CrmPlatform.Contacts.Tests.Roles;

/// <summary>Somebody with roles: who, and the door as they use it.</summary>
internal sealed record Person(Guid Id, Door Contacts)
{
    /// <summary>What makes a record theirs.</summary>
    public object Owns(string name) => new { lastName = name, ownerId = Id };
}

/// <summary>People with roles in a tenant.</summary>
internal static class People
{
    /// <summary>Every deed with records of every type, as far as said.</summary>
    public static object Everywhere(string reach, params (string Field, string Right)[] fields) => Grant("*", reach, reach, reach, reach, reach, fields);

    public static object Grant(
        string record, string create, string read, string update, string delete, string export, params (string Field, string Right)[] fields) => new
        {
            record,
            create,
            read,
            update,
            delete,
            export,
            fields = fields.Select(f => new { field = f.Field, right = f.Right }),
        };

    /// <summary>A role of the tenant's own, as identity would tell of it. Known from the next look on: before anybody uses a role.</summary>
    public static Task Role(this TestCrm crm, string name, object[] records, string[]? slices = null, string[]? privileges = null) =>
        crm.Sql("contacts", As.Admin).Execute(
            "insert into copy (tenant, record, id, version, fields, versions, deleted) values ($1, 'identity.role', $2, 1, $3::jsonb, '{}', false)",
            crm.Id, Guid.CreateVersion7(), JsonSerializer.Serialize(new { name, records, slices = slices ?? ["*"], privileges = privileges ?? [] }));

    /// <summary>Somebody new with these roles, in these teams.</summary>
    public static Person Person(this TestCrm crm, string role, params Guid[] teams) => crm.Person(Guid.CreateVersion7(), role, teams);

    /// <summary>The same person with other roles.</summary>
    public static Person Person(this TestCrm crm, Guid id, string role, params Guid[] teams) =>
        new(id, crm.Contacts.WithToken(crm.TokenOf(id, [role], teams)));

    /// <summary>Enters a record as the administrator, and says its id.</summary>
    public static async Task<Guid> Given(this TestCrm crm, string plural, object fields) =>
        (await crm.Contacts.Post($"/{plural}", fields)).Expect(201).Id;

    public static IEnumerable<string> LastNames(this Reply list) =>
        list.Expect(200)["items"].EnumerateArray().Select(c => c.GetProperty("lastName").GetString()!).Order();
}
