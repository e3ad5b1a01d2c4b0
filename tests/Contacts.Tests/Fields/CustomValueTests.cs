using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Fields;

/// <summary>Values of custom fields: held to the field's rules at the doors of records, filtered, kept, taken back.</summary>
public sealed class CustomValueTests
{
    [Theory]
    [InlineData("""{"kind":"number","min":1,"max":9}""", "5", "0")]
    [InlineData("""{"kind":"number"}""", "12345678901234567890.123456789", "\"5\"")]
    [InlineData("""{"kind":"text","pattern":"[A-Z]{2}-\\d+"}""", "\"AB-12\"", "\"AB-12\\n\"")]
    [InlineData("""{"kind":"text","pattern":"(a|b)*c"}""", "\"ababc\"", "\"abab\"")]
    [InlineData("""{"kind":"text","min":2,"max":3}""", "\"abc\"", "\"a\"")]
    [InlineData("""{"kind":"longText"}""", "\"a\\nb\"", "5")]
    [InlineData("""{"kind":"money","max":100}""", """{"amount":"12.50","currency":"EUR"}""", """{"amount":"100.01","currency":"EUR"}""")]
    [InlineData("""{"kind":"money"}""", """{"amount":"12.50","currency":"EUR"}""", """{"Amount":"12.50","currency":"EUR"}""")]
    [InlineData("""{"kind":"date"}""", "\"2026-02-28\"", "\"2026-02-30\"")]
    [InlineData("""{"kind":"instant"}""", "\"2026-01-31T12:00:00Z\"", "\"2026-01-31T12:00:00\"")]
    [InlineData("""{"kind":"boolean"}""", "true", "\"true\"")]
    [InlineData("""{"kind":"email"}""", "\"ada@x.example\"", "\"ada\"")]
    [InlineData("""{"kind":"phone"}""", "\"+4930123456\"", "\"030\"")]
    [InlineData("""{"kind":"url"}""", "\"https://x.example\"", "\"javascript:x\"")]
    [InlineData("""{"kind":"reference"}""", "\"019a9a3c-6a7e-7c31-9f0e-3f5f4f0a1b2c\"", "\"19\"")]
    [InlineData("""{"kind":"rating"}""", "5", "6")]
    [InlineData("""{"kind":"choice","choices":[{"value":"a"}]}""", "\"a\"", "\"b\"")]
    [InlineData("""{"kind":"multiChoice","choices":[{"value":"a"},{"value":"b"}]}""", """["a","b"]""", """["a","c"]""")]
    [InlineData("""{"kind":"json"}""", """{"a":[1,null]}""", "\"\\u0000\"")]
    public async Task A_value_is_kept_as_sent_or_refused_under_its_name(string field, string good, string bad)
    {
        var crm = await TestCrm.Tenant();
        (await crm.Contacts.Post("/contacts/fields", $"{{\"name\":\"x\",\"label\":\"X\",{field[1..]}")).Expect(201);

        var kept = (await crm.Contacts.Post("/contacts", $$$"""{"lastName":"A","custom":{"x":{{{good}}}}}""")).Expect(201);
        var read = (await crm.Contacts.Get($"/contacts/{kept.Id}")).Expect(200)["custom"].GetProperty("x");
        Assert.True(JsonElement.DeepEquals(JsonSerializer.Deserialize<JsonElement>(good), read), $"{read}");

        foreach (var refused in new[]
        {
            await crm.Contacts.Post("/contacts", $$$"""{"lastName":"B","custom":{"x":{{{bad}}}}}"""),
            await crm.Contacts.Patch($"/contacts/{kept.Id}", $$$"""{"custom":{"x":{{{bad}}}}}"""),
        })
            Assert.Equal("custom.x", Assert.Single(refused.Expect(422, "invalid")["errors"].EnumerateObject()).Name);
    }

    [Theory]
    [InlineData("number", "[1.50, 2, 10]", "custom.x > 1.6", 2)]
    [InlineData("money", """[{"amount":"12.50","currency":"EUR"},{"amount":9,"currency":"USD"}]""", "custom.x > 10 EUR", 1)]
    [InlineData("date", """["2026-01-31","2026-02-01","2025-12-31"]""", "custom.x >= 2026-01-01 and custom.x < 2026-02-01", 1)]
    [InlineData("instant", """["2026-01-31T23:30:00-02:00","2026-01-31T23:30:00Z"]""", "custom.x = 2026-02-01", 1)]
    [InlineData("instant", """["2026-01-31T23:30:00.123456789Z","2026-01-31T23:30:00Z"]""", "custom.x > 2026-01-31T23:30:00.1Z", 1)]
    [InlineData("boolean", "[true,false,true]", "custom.x", 2)]
    [InlineData("text", """["Anna","anna","Bert"]""", "custom.x ~ 'an*'", 2)]
    [InlineData("reference", """["019A9A3C-6A7E-7C31-9F0E-3F5F4F0A1B2C"]""", "custom.x = '019a9a3c-6a7e-7c31-9f0e-3f5f4f0a1b2c'", 1)]
    [InlineData("rating", "[1,3,5]", "custom.x in (3, 5)", 2)]
    public async Task Values_are_filtered_and_sorted_like_built_in_ones(string kind, string values, string filter, int found)
    {
        var crm = await TestCrm.Tenant();
        (await crm.Contacts.Post("/contacts/fields", new { name = "x", label = "X", kind })).Expect(201);
        foreach (var value in JsonSerializer.Deserialize<JsonElement>(values).EnumerateArray())
            (await crm.Contacts.Post("/contacts", new { lastName = "A", custom = new { x = value } })).Expect(201);
        (await crm.Contacts.Post("/contacts", new { lastName = "Without" })).Expect(201);

        var page = (await crm.Contacts.Get($"/contacts?sort=custom.x&include=total&filter={Uri.EscapeDataString(filter)}")).Expect(200);
        var other = (await crm.Contacts.Get($"/contacts?include=total&filter={Uri.EscapeDataString($"not ({filter})")}")).Expect(200);

        Assert.Equal(found, page["total"].GetInt32());
        Assert.Equal(JsonSerializer.Deserialize<JsonElement>(values).GetArrayLength() + 1 - found, other["total"].GetInt32());
    }

    [Fact]
    public async Task One_tenant_s_text_does_not_disturb_another_one_s_number_of_the_same_name()
    {
        var theirs = await TestCrm.Tenant();
        var crm = theirs.Another();
        (await theirs.Contacts.Post("/contacts/fields", new { name = "mixed", label = "X", kind = "text" })).Expect(201);
        (await crm.Contacts.Post("/contacts/fields", new { name = "mixed", label = "X", kind = "date" })).Expect(201);
        (await theirs.Contacts.Post("/contacts", new { lastName = "A", custom = new { mixed = "2026-99-99" } })).Expect(201);
        var mine = (await crm.Contacts.Post("/contacts", new { lastName = "A", custom = new { mixed = "2026-01-31" } })).Expect(201);

        var found = (await crm.Contacts.Get("/contacts?filter=custom.mixed > 2000-01-01")).Expect(200)["items"];

        Assert.Equal(mine.Id, Assert.Single(found.EnumerateArray()).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_moment_is_kept_in_UTC_however_it_was_written()
    {
        var crm = await TestCrm.Tenant();
        var seen = new { name = "seen", label = "Seen", kind = "instant", @default = "2026-01-01T00:00:00+01:00" };
        (await crm.Contacts.Post("/contacts/fields", seen)).Expect(201);

        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "A", custom = new { seen = "2026-01-31T13:00:00.5+01:00" } })).Expect(201);
        var grace = (await crm.Contacts.Post("/contacts", new { lastName = "B" })).Expect(201);
        var same = (await crm.Contacts.Patch($"/contacts/{ada.Id}", new { custom = new { seen = "2026-01-31T07:00:00.500-05:00" } })).Expect(200);

        Assert.Equal("2026-01-31T12:00:00.5Z", ada["custom"].GetProperty("seen").GetString());
        Assert.Equal("2025-12-31T23:00:00Z", grace["custom"].GetProperty("seen").GetString());
        Assert.Equal(1, same.Version);
    }

    [Fact]
    public async Task Required_binds_new_records_and_those_whose_field_is_touched()
    {
        var crm = await TestCrm.Tenant();
        var before = (await crm.Contacts.Post("/contacts", new { lastName = "Early" })).Expect(201);
        var field = (await crm.Contacts.Post("/contacts/fields", new { name = "size", label = "Size", kind = "number" })).Expect(201).Id;
        (await crm.Contacts.Patch($"/contacts/fields/{field}", new { required = true })).Expect(200);

        (await crm.Contacts.Patch($"/contacts/{before.Id}", new { jobTitle = "Boss" })).Expect(200);
        var refused = (await crm.Contacts.Post("/contacts", new { lastName = "Late" })).Expect(422, "invalid");
        Assert.True(refused["errors"].TryGetProperty("custom.size", out _));
        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "Late", custom = new { size = 3 } })).Expect(201);
        (await crm.Contacts.Patch($"/contacts/{ada.Id}", """{"custom":{"size":null}}""")).Expect(422);
    }

    [Fact]
    public async Task Values_of_a_retired_field_stay_can_be_found_and_emptied_but_not_set()
    {
        var crm = await TestCrm.Tenant();
        var field = (await crm.Contacts.Post("/contacts/fields", new { name = "size", label = "Size", kind = "number", required = true })).Expect(201).Id;
        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "A", custom = new { size = 3 } })).Expect(201).Id;
        (await crm.Contacts.Patch($"/contacts/fields/{field}", new { retired = true })).Expect(200);

        Assert.Equal(3, (await crm.Contacts.Get($"/contacts/{ada}")).Expect(200)["custom"].GetProperty("size").GetInt32());
        Assert.Single((await crm.Contacts.Get("/contacts?filter=custom.size = 3")).Expect(200)["items"].EnumerateArray());
        (await crm.Contacts.Patch($"/contacts/{ada}", new { custom = new { size = 4 } })).Expect(422);
        (await crm.Contacts.Post("/contacts", new { lastName = "B" })).Expect(201);
        (await crm.Contacts.Patch($"/contacts/{ada}", """{"custom":{"size":null}}""")).Expect(200);
        Assert.Empty((await crm.Contacts.Get("/contacts?filter=custom.size = 3")).Expect(200)["items"].EnumerateArray());
    }

    [Fact]
    public async Task A_field_with_values_is_deleted_only_by_who_confirms_it_and_comes_back_with_them()
    {
        var crm = await TestCrm.Tenant();
        var field = (await crm.Contacts.Post("/contacts/fields", new { name = "size", label = "Size", kind = "number" })).Expect(201).Id;
        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "A", custom = new { size = 3 } })).Expect(201).Id;

        (await crm.Contacts.Delete($"/contacts/fields/{field}")).Expect(409, "in_use");
        (await crm.Contacts.Delete($"/contacts/fields/{field}?confirm=true")).Expect(204);

        (await crm.Contacts.Get("/contacts?filter=custom.size = 3")).Expect(422);
        (await crm.Contacts.Patch($"/contacts/{ada}", new { custom = new { size = 4 } })).Expect(422);
        (await crm.Contacts.Post("/contacts/fields", new { name = "size", label = "Size", kind = "text" })).Expect(409, "in_use");
        (await crm.Contacts.Post($"/contacts/fields/{field}/restore")).Expect(200);
        Assert.Single((await crm.Contacts.Get("/contacts?filter=custom.size = 3")).Expect(200)["items"].EnumerateArray());
    }

    [Fact]
    public async Task A_field_and_its_values_are_taken_back_by_operation()
    {
        var crm = await TestCrm.Tenant();
        var added = (await crm.Contacts.Post("/contacts/fields", new { name = "size", label = "Size", kind = "number" })).Expect(201);
        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "A", custom = new { size = 3 } })).Expect(201);
        var edited = (await crm.Contacts.Patch($"/contacts/{ada.Id}", new { custom = new { size = 4 } })).Expect(200);

        (await crm.Contacts.Post($"/operations/{edited.Operation}/undo")).Expect(200);
        var now = (await crm.Contacts.Get($"/contacts/{ada.Id}")).Expect(200);
        Assert.Equal(3, now["custom"].GetProperty("size").GetInt32());
        Assert.Equal(
            "custom.size",
            Assert.Single((await crm.Contacts.Get($"/contacts/{ada.Id}/history?limit=1")).Expect(200)["items"][0]
                .GetProperty("data").GetProperty("changes").EnumerateObject()).Name);

        (await crm.Contacts.Post($"/operations/{added.Operation}/undo")).Expect(409, "in_use");
        (await crm.Contacts.Post($"/operations/{ada.Operation}/undo", new { keepChanged = true })).Expect(200);
        (await crm.Contacts.Patch($"/contacts/{ada.Id}", """{"custom":{"size":null}}""")).Expect(404);
    }

    [Fact]
    public async Task A_field_without_values_is_undone()
    {
        var crm = await TestCrm.Tenant();
        var added = (await crm.Contacts.Post("/contacts/fields", new { name = "size", label = "Size", kind = "number" })).Expect(201);

        var undone = (await crm.Contacts.Post($"/operations/{added.Operation}/undo")).Expect(200);
        (await crm.Contacts.Get($"/contacts/fields/{added.Id}")).Expect(404);

        (await crm.Contacts.Post($"/operations/{undone["undoneBy"].GetGuid()}/undo")).Expect(200);
        (await crm.Contacts.Get($"/contacts/fields/{added.Id}")).Expect(200);
    }
}
