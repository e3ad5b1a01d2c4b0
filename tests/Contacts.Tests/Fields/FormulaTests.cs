using System.Text.Json;
using CrmPlatform.Contacts.Tests.Jobs;
using CrmPlatform.Contacts.Tests.Roles;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Fields;

/// <summary>Fields that a formula computes: shown, found and ordered by with one meaning, set by nobody.</summary>
public sealed class FormulaTests
{
    [Fact]
    public async Task A_formula_is_kept_in_canonical_form_and_computed_wherever_the_record_is_read()
    {
        var crm = await TestCrm.Tenant();

        var field = await crm.Formula("contacts", "fullName", " upper( lastName )&', ' &  firstName");
        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", firstName = "Ada" })).Expect(201);

        Assert.Equal(("upper(lastName) & \", \" & firstName", "text"), (field["formula"].GetString(), field["gives"].GetString()));
        Assert.Equal("LOVELACE, Ada", ada["custom"].GetProperty("fullName").GetString());
        Assert.Equal("LOVELACE, Ada", await crm.Shown($"/contacts/{ada.Id}", "fullName"));
        var edited = (await crm.Contacts.Patch($"/contacts/{ada.Id}", new { firstName = "Augusta" })).Expect(200);
        Assert.Equal("LOVELACE, Augusta", edited["custom"].GetProperty("fullName").GetString());
        var listed = (await crm.Contacts.Get("/contacts?fields=custom&filter=custom.fullName ~ 'lovelace, a*'")).Expect(200)["items"][0];
        Assert.Equal("LOVELACE, Augusta", listed.GetProperty("custom").GetProperty("fullName").GetString());
        Assert.Contains("\"LOVELACE, Augusta\"", await Text(crm, "/contacts/export?fields=custom.fullName&filter=custom.fullName is not null"));
        Assert.Contains("LOVELACE, Augusta", await Text(crm, "/contacts/export?format=jsonl&sort=custom.fullName"));
        Assert.DoesNotContain("fullName", (await crm.Contacts.Get($"/contacts/{ada.Id}/history")).Expect(200).ToString());
        var model = (await crm.Contacts.Get("/contacts/model")).Expect(200)["fields"].EnumerateArray()
            .Single(f => f.GetProperty("name").GetString() == "custom.fullName");
        Assert.Equal(("formula", "text", true, true), (model.GetProperty("kind").GetString(), model.GetProperty("gives").GetString(),
            model.GetProperty("setBySlices").GetBoolean(), model.GetProperty("sortable").GetBoolean()));
        Assert.Equal(field["formula"].GetString(), model.GetProperty("formula").GetString());
    }

    [Theory]
    [InlineData("""{"kind":"formula","formula":"lastNme & 1"}""", "formula", "lastName")]
    [InlineData("""{"kind":"formula","formula":"lastName +"}""", "formula", "Expected")]
    [InlineData("""{"kind":"formula","formula":"tags"}""", "formula", "cannot give")]
    [InlineData("""{"kind":"formula","formula":"custom.x & 'a'"}""", "formula", "from itself")]
    [InlineData("""{"kind":"formula"}""", "formula", "What computes it")]
    [InlineData("""{"kind":"formula","formula":"1","required":true}""", "required", "")]
    [InlineData("""{"kind":"formula","formula":"1","indexed":true}""", "indexed", "")]
    [InlineData("""{"kind":"formula","formula":"1","default":1}""", "default", "computed")]
    [InlineData("""{"kind":"formula","formula":"1","min":1}""", "min", "")]
    [InlineData("""{"kind":"formula","formula":"1","list":"contacts"}""", "list", "roll-up")]
    [InlineData("""{"kind":"formula","formula":"1","gives":"text"}""", "gives", "not set by editing")]
    [InlineData("""{"kind":"text","formula":"1"}""", "formula", "Only a formula")]
    [InlineData("""{"kind":"rollUp","list":"people","function":"count"}""", "list", "consents")]
    [InlineData("""{"kind":"rollUp","list":"emails","function":"count"}""", "list", "consents")]
    [InlineData("""{"kind":"rollUp","list":"consents"}""", "function", "")]
    [InlineData("""{"kind":"rollUp","list":"consents","function":"sum"}""", "field", "Which field")]
    [InlineData("""{"kind":"rollUp","list":"consents","function":"sum","field":"purpose"}""", "field", "no sum")]
    [InlineData("""{"kind":"rollUp","list":"consents","function":"count","field":"purpose"}""", "field", "counted")]
    [InlineData("""{"kind":"rollUp","list":"consents","function":"count","filter":"stat = 'granted'"}""", "filter", "state")]
    [InlineData("""{"kind":"rollUp","list":"consents","function":"count","filter":"true) + count(consents"}""", "filter", "")]
    public async Task What_cannot_be_computed_is_refused_where_it_is_wrong(string field, string wrong, string says)
    {
        var crm = await TestCrm.Tenant();

        var refused = (await crm.Contacts.Post("/contacts/fields", $"{{\"name\":\"x\",\"label\":\"X\",{field[1..]}")).Expect(422, "invalid");

        var error = Assert.Single(refused["errors"].EnumerateObject());
        Assert.Equal(wrong, error.Name);
        Assert.Contains(says, error.Value[0].GetString(), StringComparison.Ordinal);
        if (says == "lastName")
            Assert.Equal((0, 7, "lastName"), (refused["offset"].GetInt32(), refused["length"].GetInt32(), refused["suggestion"].GetString()));
    }

    [Fact]
    public async Task Nobody_sets_it_at_any_door_and_a_file_that_has_it_can_be_sent_back()
    {
        var crm = await TestCrm.Tenant();
        await crm.Formula("contacts", "x", "len(lastName)");
        var ada = await crm.Given("contacts", new { lastName = "Lovelace" });
        var value = new { custom = new { x = 5 } };

        foreach (var refused in new[]
        {
            await crm.Contacts.Post("/contacts", new { lastName = "B", value.custom }),
            await crm.Contacts.Patch($"/contacts/{ada}", value),
            await crm.Contacts.Post("/contacts/bulk-edit", new { filter = "custom.x = 8", set = value }),
            await crm.Contacts.Post("/contacts/batch", new { operations = new[] { new { @do = "patch", id = ada, fields = value } }, atomic = true }),
        })
            Assert.Contains("custom.x is computed, and never set.", refused.Expect(422).ToString(), StringComparison.Ordinal);

        var draft = (await crm.Contacts.Post("/contacts/imports", "lastName,custom.x\nB,5\n")).Expect(200);
        Assert.Equal(JsonValueKind.Null, draft["mapping"].GetProperty("custom.x").ValueKind);
        (await crm.Contacts.Post($"/contacts/imports/{draft["job"].GetProperty("id").GetGuid()}/start", new
        {
            mode = "create",
            mapping = new Dictionary<string, string> { ["lastName"] = "lastName", ["custom.x"] = "custom.x" },
        })).Expect(422, "invalid");
        var file = await Text(crm, "/contacts/export?format=jsonl");
        var job = await crm.Import(file, new { mode = "update", match = "id" }, "contacts");
        Assert.Equal(0, job["errors"].GetArrayLength());
        Assert.Equal(1, (await crm.Contacts.Get($"/contacts/{ada}")).Expect(200).Version);
        (await crm.Contacts.Patch($"/contacts/{ada}", """{"custom":{"x":null}}""")).Expect(200);
    }

    [Fact]
    public async Task Pages_in_the_order_of_a_formula_lose_and_repeat_nobody()
    {
        var crm = await TestCrm.Tenant();
        await crm.Formula("accounts", "size", "if(employees > 90, null, employees % 7 + 0.5)");
        await crm.Formula("accounts", "word", "if(employees % 3 = 0, 'Three', name)");
        var ids = await crm.Enter(101, n => new { name = $"Company {n % 10}", employees = n });

        foreach (var sort in (string[])["custom.size", "-custom.size", "custom.word", "-custom.size,custom.word,name", "custom.word,-createdAt"])
        {
            var (all, cursor) = (new List<JsonElement>(), "");
            do
            {
                var page = (await crm.Contacts.Get($"/accounts?limit=13&sort={sort}&filter=custom.size is null or custom.size > 0.5{cursor}")).Expect(200);
                all.AddRange(page["items"].EnumerateArray());
                cursor = page["nextCursor"].GetString() is { } next ? $"&cursor={next}" : "";
            }
            while (cursor != "");
            var expected = ids.Where((_, n) => n > 90 || n % 7 > 0).ToHashSet();
            Assert.Equal(expected.Count, all.Count);
            Assert.Equal(expected, all.Select(a => a.GetProperty("id").GetGuid()).ToHashSet());
            var first = all.Select(a => Formulas.Value(a, sort.TrimStart('-').Split(',')[0]["custom.".Length..])).ToList();
            var given = first.Where(v => v is not null).Select(v => sort.Contains("size", StringComparison.Ordinal)
                ? decimal.Parse(v!, System.Globalization.CultureInfo.InvariantCulture) : (IComparable)v!.ToLowerInvariant()).ToList();
            Assert.Equal(sort[0] == '-' ? given.OrderDescending() : given.Order(), given);
            Assert.All(first.Skip(given.Count), Assert.Null);
        }
    }

    [Theory]
    [InlineData("employees / (employees - 2)")]
    [InlineData("round(revenue / 3, 2)")]
    [InlineData("revenue * 0.00000001 * employees * 0.001")]
    [InlineData("employees * 1000000000 * 1000000000")]
    [InlineData("name & '|' & industry")]
    [InlineData("lower(name)")]
    [InlineData("employees > 2 and industry = 'Ünion'")]
    [InlineData("date(createdAt) + 3d")]
    [InlineData("if(employees = 2, createdAt, null)")]
    [InlineData("coalesce(parent.custom.x0, employees, 0) + contacts.count")]
    [InlineData("parentId")]
    [InlineData("datediff(2026-01-31, dateadd(date(createdAt), employees, 'mo'))")]
    public async Task What_is_shown_is_what_a_filter_finds(string formula)
    {
        var crm = await TestCrm.Tenant();
        await crm.Formula("accounts", "x0", "employees * 2");
        await crm.Formula("accounts", "x", formula);
        Guid? parent = null;
        foreach (var (employees, industry) in new (int?, string?)[] { (1, "Ünion"), (2, null), (3, "Ünion"), (null, "x' | \\"), (7, "Trade"), (3, "union") })
            parent = await crm.Given("accounts", new
            {
                name = $"Ä {employees}",
                employees,
                industry,
                revenue = employees is null ? null : new { amount = $"{employees}0.01", currency = "EUR" },
                parentId = parent,
            });

        var all = (await crm.Contacts.Get("/accounts?sort=custom.x")).Expect(200)["items"].EnumerateArray().ToList();

        // Only the result of a formula is rounded to ten decimals.
        string[] asked = formula.Contains("000", StringComparison.Ordinal) ? ["custom.x"] : ["custom.x", formula];
        foreach (var same in all.GroupBy(a => Formulas.Value(a, "x")))
            foreach (var said in asked)
            {
                var filter = same.Key switch
                {
                    null => $"({said}) is null",
                    "true" => said,
                    "false" => $"not ({said})",
                    _ => $"({said}) = {Literal(same.First())}",
                };
                var found = (await crm.Contacts.Get($"/accounts?filter={Uri.EscapeDataString(filter)}")).Expect(200)["items"].EnumerateArray();
                Assert.Equal(same.Select(a => a.GetProperty("id").GetGuid()).Order(), found.Select(a => a.GetProperty("id").GetGuid()).Order());
            }
    }

    [Fact]
    public async Task Days_begin_where_the_caller_says_in_lists_and_records_alike()
    {
        var crm = await TestCrm.Tenant();
        (await crm.Contacts.Post("/contacts/fields", new { name = "seen", label = "Seen", kind = "instant" })).Expect(201);
        await crm.Formula("contacts", "day", "date(custom.seen)");
        var ada = await crm.Given("contacts", new { lastName = "Lovelace", custom = new { seen = "2026-01-31T23:30:00Z" } });

        Assert.Equal("2026-01-31", await crm.Shown($"/contacts/{ada}", "day"));
        Assert.Equal("2026-02-01", await crm.Shown($"/contacts/{ada}?zone=Europe/Berlin", "day"));
        var list = (await crm.Contacts.Get("/contacts?zone=Europe/Berlin&filter=custom.day = 2026-02-01")).Expect(200)["items"];
        Assert.Equal("2026-02-01", Formulas.Value(Assert.Single(list.EnumerateArray()), "day"));
    }

    private static string Literal(JsonElement record)
    {
        var value = record.GetProperty("custom").GetProperty("x");
        return value.ValueKind == JsonValueKind.Number || DateTimeOffset.TryParse(value.GetString(), out _) ? value.ToString()
            : $"'{value.GetString()!.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
    }

    private static async Task<string> Text(TestCrm crm, string path) =>
        (await crm.Contacts.Get(path)).Expect(200).Text;
}
