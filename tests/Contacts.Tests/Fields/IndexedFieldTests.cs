using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Fields;

/// <summary>An index on request: built beside those who write, used by lists, mended, shared, removed.</summary>
public sealed class IndexedFieldTests
{
    [Theory]
    [InlineData("number", "to_jsonb(n)", "custom.{0} = 77", "-custom.{0}")]
    [InlineData("date", "to_jsonb(date '2020-01-01' + n)", "custom.{0} = 2020-02-02", "custom.{0}")]
    [InlineData("text", "to_jsonb('Word ' || n)", "custom.{0} = 'Word 77'", "custom.{0}")]
    [InlineData("email", "to_jsonb('a' || n || '@x.example')", "custom.{0} ~ 'A77@*'", "-custom.{0}")]
    public async Task Lists_find_and_order_by_it(string kind, string value, string filter, string sort)
    {
        var crm = await TestCrm.Tenant();
        var name = Unlike("f");
        var field = (await crm.Contacts.Post("/contacts/fields", new { name, label = "X", kind, indexed = true })).Expect(201).Id;
        await crm.Sql("contacts", As.Admin).Execute(
            $"""
            insert into contact (tenant, id, version, created_at, updated_at, last_name, tags, custom)
            select $1, gen_random_uuid(), 1, now(), now(), 'X', array[]::text[], jsonb_build_object('{name}', {value}) from generate_series(1, 2000) n
            """, crm.Id);
        await Ready(crm, field);
        await crm.Sql("contacts", As.Admin).Execute("analyze contact");

        await Used(() => crm.Contacts.Get($"/contacts?filter={Uri.EscapeDataString(string.Format(null, filter, name))}"));
        await Used(() => crm.Contacts.Get($"/contacts?limit=10&sort={string.Format(null, sort, name)}"));
        var first = (await crm.Contacts.Get($"/contacts?limit=10&sort={string.Format(null, sort, name)}")).Expect(200);
        await Used(() => crm.Contacts.Get($"/contacts?limit=10&sort={string.Format(null, sort, name)}&cursor={first["nextCursor"]}"));

        async Task Used(Func<Task<Reply>> ask)
        {
            var before = await Scans();
            Assert.NotEmpty((await ask()).Expect(200)["items"].EnumerateArray());
            await TestCrm.Eventually(async () => Assert.True(await Scans() > before, "The index was not used."));
        }

        Task<long> Scans() => crm.Sql("contacts", As.Admin).Value<long>(
            "select coalesce(sum(idx_scan), 0)::bigint from pg_stat_user_indexes where indexrelname like $1", $"by_custom_contact_{name}_%");
    }

    [Fact]
    public async Task Records_are_written_while_it_is_being_built()
    {
        var crm = await TestCrm.Tenant();
        var name = Unlike("f");
        await using var writer = await crm.Sql("contacts", As.Admin).Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var writing = await writer.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var held = writer.CreateCommand())
        {
            held.CommandText = "lock table contact in row exclusive mode"; // what a write holds: the build waits for its end
            await held.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var field = (await crm.Contacts.Post("/contacts/fields", new { name, label = "X", kind = "number", indexed = true })).Expect(201).Id;
        await TestCrm.Eventually(async () => Assert.Equal(1, await Count(crm, name)));
        Assert.Equal("building", (await crm.Contacts.Get($"/contacts/fields/{field}")).Expect(200)["index"].GetString());
        (await crm.Contacts.Post("/contacts", new { lastName = "X", custom = new Dictionary<string, int> { [name] = 1 } })).Expect(201);
        await writing.RollbackAsync(TestContext.Current.CancellationToken);

        await Ready(crm, field);
        Assert.Equal("ready", (await crm.Contacts.Get("/contacts/fields")).Expect(200)["items"][0].GetProperty("index").GetString());
    }

    [Fact]
    public async Task One_that_a_crash_left_half_built_is_built_anew()
    {
        var crm = await TestCrm.Tenant();
        var name = Unlike("f");
        var field = (await crm.Contacts.Post("/contacts/fields", new { name, label = "X", kind = "number", indexed = true })).Expect(201).Id;
        await Ready(crm, field);

        var half = await crm.Sql("contacts", As.Admin).Execute(
            "update pg_index set indisvalid = false from pg_class c where c.oid = indexrelid and c.relname = $1", $"by_custom_contact_{name}_number");
        Assert.Equal(1, half);
        Assert.Equal("building", (await crm.Contacts.Get($"/contacts/fields/{field}")).Expect(200)["index"].GetString());

        (await crm.Contacts.Post("/contacts/fields", new { name = "other", label = "X", kind = "number" })).Expect(201); // a look around
        await Ready(crm, field);
    }

    [Fact]
    public async Task It_goes_when_the_last_one_who_wanted_it_does_not()
    {
        var crm = await TestCrm.Tenant();
        var other = crm.Another();
        var name = Unlike("f");
        var mine = (await crm.Contacts.Post("/contacts/fields", new { name, label = "X", kind = "number", indexed = true })).Expect(201).Id;
        var theirs = (await other.Contacts.Post("/contacts/fields", new { name, label = "X", kind = "rating", indexed = true })).Expect(201).Id;
        await Ready(crm, mine);
        await Ready(other, theirs);
        Assert.Equal(2, await Count(crm, name)); // by value, and the newest of a value first: not four

        var off = (await crm.Contacts.Patch($"/contacts/fields/{mine}", new { indexed = false })).Expect(200);
        Assert.False((await crm.Contacts.Get($"/contacts/fields/{mine}")).Expect(200).Body.TryGetProperty("index", out _));
        var last = (await other.Contacts.Delete($"/contacts/fields/{theirs}")).Expect(204);
        await TestCrm.Eventually(async () => Assert.Equal(0, await Count(crm, name)));

        (await other.Contacts.Post($"/operations/{last.Operation}/undo")).Expect(200);
        await Ready(other, theirs);
    }

    [Fact]
    public async Task Texts_too_long_for_an_index_are_in_the_way()
    {
        var crm = await TestCrm.Tenant();
        var name = Unlike("f");
        var field = (await crm.Contacts.Post("/contacts/fields", new { name, label = "X", kind = "text" })).Expect(201).Id;
        var custom = new Dictionary<string, string> { [name] = string.Concat(Enumerable.Repeat("字", 1000)) };
        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "X", custom })).Expect(201).Id;

        (await crm.Contacts.Patch($"/contacts/fields/{field}", new { indexed = true })).Expect(422);
        custom[name] = custom[name][..500];
        (await crm.Contacts.Patch($"/contacts/{ada}", new { custom })).Expect(200);
        (await crm.Contacts.Patch($"/contacts/fields/{field}", new { indexed = true })).Expect(200);
        await Ready(crm, field);
        custom[name] += "字";
        (await crm.Contacts.Patch($"/contacts/{ada}", new { custom })).Expect(422);
    }

    private static Task Ready(TestCrm crm, Guid field) => TestCrm.Eventually(
        async () => Assert.Equal("ready", (await crm.Contacts.Get($"/contacts/fields/{field}")).Expect(200)["index"].GetString()), TimeSpan.FromMinutes(3));

    private static Task<long> Count(TestCrm crm, string name) =>
        crm.Sql("contacts", As.Admin).Value<long>("select count(*) from pg_class where relname like $1", $"by_custom_contact_{name}_%");

    // Indexes are shared by all tenants: a name that no other test has.
    private static string Unlike(string prefix) => $"{prefix}{Guid.CreateVersion7():N}"[..30];
}
