using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Doors;

public sealed class HistoryTests
{
    [Fact]
    public async Task The_history_says_who_changed_what_under_which_operation_newest_first()
    {
        var crm = await TestCrm.Tenant();
        var created = (await crm.Contacts.Post("/contacts", new { lastName = "Byron" })).Expect(201);
        var edited = (await crm.Contacts.Patch($"/contacts/{created.Id}", new { lastName = "Lovelace" })).Expect(200);
        var deleted = (await crm.Contacts.Delete($"/contacts/{created.Id}")).Expect(204);

        var history = (await crm.Contacts.Get($"/contacts/{created.Id}/history")).Expect(200)["items"].EnumerateArray().ToList();

        Assert.Equal(["contact.deleted", "contact.updated", "contact.created"], history.Select(e => e.GetProperty("type").GetString()));
        Assert.Equal([deleted.Operation, edited.Operation, created.Operation], history.Select(e => e.GetProperty("operation").GetGuid()));
        Assert.Equal([3, 2, 1], history.Select(e => e.GetProperty("version").GetInt32()));
        Assert.All(history, e => Assert.Equal(("ada", "user"), (Text(e, "actor", "name"), Text(e, "actor", "kind"))));
        var change = Assert.Single(history[1].GetProperty("data").GetProperty("changes").EnumerateObject());
        Assert.Equal(("lastName", "Byron", "Lovelace"), (change.Name, Text(change.Value, "old"), Text(change.Value, "new")));
    }

    [Theory]
    [InlineData("contacts/{0}/history?limit=0", "limit")]
    [InlineData("contacts/{0}/history?limit=1001", "limit")]
    [InlineData("contacts/{0}/history?before=0", "before")]
    [InlineData("contacts/jobs?limit=101", "limit")]
    public async Task A_part_that_cannot_be_is_refused_instead_of_another_one_sent(string path, string parameter)
    {
        var crm = await TestCrm.Tenant();
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Byron" })).Expect(201).Id;

        var refused = (await crm.Contacts.Get("/" + path.Replace("{0}", $"{contact}", StringComparison.Ordinal))).Expect(422, "invalid");

        Assert.True(refused["errors"].TryGetProperty(parameter, out _));
    }

    [Fact]
    public async Task A_long_history_is_read_in_parts()
    {
        var crm = await TestCrm.Tenant();
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "0" })).Expect(201);
        foreach (var n in Enumerable.Range(1, 4))
            (await crm.Contacts.Patch($"/contacts/{contact.Id}", new { lastName = $"{n}" })).Expect(200);

        Assert.Equal([5, 4], await Versions("limit=2"));
        Assert.Equal([3, 2], await Versions("limit=2&before=4"));
        Assert.Equal([], await Versions("limit=2&before=1"));
        (await crm.Contacts.Get($"/contacts/{Guid.CreateVersion7()}/history")).Expect(404, "not_found");
        (await crm.Contacts.Get($"/accounts/{contact.Id}/history")).Expect(404, "not_found");

        async Task<IEnumerable<int>> Versions(string query)
        {
            var page = (await crm.Contacts.Get($"/contacts/{contact.Id}/history?{query}")).Expect(200);
            return page["items"].EnumerateArray().Select(e => e.GetProperty("version").GetInt32());
        }
    }

    private static string? Text(JsonElement at, params string[] path) =>
        path.Aggregate(at, (e, member) => e.GetProperty(member)).GetString();
}
