using System.Text.Json;
using CrmPlatform.Contacts.Tests.Jobs;
using CrmPlatform.Testing;
using Xunit;
using static CrmPlatform.Contacts.Tests.Roles.People;

namespace CrmPlatform.Contacts.Tests.Roles;

/// <summary>A field that is kept from somebody is as if it did not exist: no byte of any answer says what it holds.</summary>
public sealed class HiddenFieldTests
{
    private const string Marker = "xqzmarkerzqx";

    [Fact]
    public async Task What_hidden_fields_hold_is_in_no_answer()
    {
        var world = await World.Make();
        var contacts = world.Ada.Contacts;
        var (contact, twin) = (world.Contact, world.Twin);

        Reply[] answers =
        [
            await contacts.Get("/contacts"),
            await contacts.Get("/contacts?include=total&sort=-createdAt"),
            await contacts.Get("/contacts?fields=lastName"),
            await contacts.Get($"/contacts/{contact}"),
            await contacts.Get($"/contacts/{contact}?fields=lastName,custom"),
            await contacts.Get($"/contacts/{contact}?asOf=2100-01-01T00:00:00Z"),
            await contacts.Get($"/contacts/{contact}/history"),
            await contacts.Get($"/contacts?q={Marker}"),
            await contacts.Get($"/contacts?q=Lovelace"),
            await contacts.Get("/contacts/export?format=csv"),
            await contacts.Get("/contacts/export?format=jsonl"),
            await contacts.Get("/contacts/export?format=jsonl&fields=id,lastName"),
            await contacts.Get("/contacts/model"),
            await contacts.Get("/contacts/fields"),
            await contacts.Get("/contacts/views?include=counts"),
            await contacts.Get($"/contacts?view={world.View}"),
            await contacts.Get($"/contacts/duplicates?email={Marker}@x.example"),
            await contacts.Get("/contacts/duplicates?name=Lovelace"),
            await contacts.Get($"/operations/{world.Operation}"),
            await contacts.Patch($"/contacts/{contact}", new { firstName = "Ada" }),
            await contacts.Patch($"/contacts/{contact}", new Dictionary<string, object?> { ["jobTitle"] = "X", ["$base"] = new { jobTitle = "Y" } }),
            await contacts.Patch($"/contacts/{contact}", new Dictionary<string, object?> { ["description"] = "X", ["$base"] = new { description = "Y" } }),
            await contacts.Post("/contacts", new { lastName = "Another", email = $"{Marker}@x.example" }),
            await contacts.Post(
                "/contacts/batch", new { operations = new object[] { new { @do = "patch", id = contact, fields = new { salutation = "Dr." } } } }),
            await contacts.Post("/contacts/batch", new
            {
                operations = new object[] { new { @do = "patch", id = contact, fields = new { description = "X" }, @base = new { description = "Y" } } },
            }),
            await contacts.Post($"/operations/{world.Operation}/undo"),
            await contacts.Post($"/operations/{world.Operation}/undo", new { keepChanged = true }),
            await contacts.Post($"/contacts/{contact}/merge", new { loser = twin, fields = new { description = twin } }),
            await contacts.Post($"/contacts/{contact}/merge", new { loser = twin }),
            await contacts.Post($"/contacts/{contact}/change-job", new { jobTitle = "Free" }),
            await contacts.Delete($"/contacts/{contact}"),
            await contacts.Get("/contacts?trash=true"),
            await contacts.Post($"/contacts/{contact}/restore"),
            await world.Crm.Ended(await contacts.Post("/contacts/bulk-edit", new { filter = "", set = new { source = "fair" } }), plural: "contacts"),
            await contacts.Get("/contacts/jobs"),
        ];

        Assert.All(answers, a => Assert.DoesNotContain(Marker, a.Text + string.Concat(a.Headers.Values), StringComparison.OrdinalIgnoreCase));
        Assert.All(answers, a => Assert.True(a.Status < 500, a.ToString()));
        Assert.Contains(Marker, (await world.Crm.Contacts.Get($"/contacts/{contact}")).Text, StringComparison.Ordinal); // it is there all the same
    }

    [Theory]
    [InlineData("/contacts?filter=~ = 'a'")]
    [InlineData("/contacts?filter=lastName = 'a' and ~ is null")]
    [InlineData("/contacts?filter=any(accounts, ~ = 1)")]
    [InlineData("/contacts?filter=account.~ = 'a'")]
    [InlineData("/contacts?filter=any(contactsByReportsTo, ~ is null)")]
    [InlineData("/contacts?sort=-~")]
    [InlineData("/contacts?fields=~")]
    [InlineData("/contacts/export?fields=~")]
    [InlineData("/contacts/export?filter=~ is null")]
    public async Task A_question_about_a_hidden_field_is_answered_like_one_about_a_field_that_is_not_there(string path)
    {
        var world = await World.Make();
        foreach (var (hidden, missing) in World.Hidden)
        {
            var refused = (await world.Ada.Contacts.Get(path.Replace("~", hidden, StringComparison.Ordinal))).Expect(422);
            var unknown = (await world.Ada.Contacts.Get(path.Replace("~", missing, StringComparison.Ordinal))).Expect(422);
            Assert.Equal(Told(unknown, missing), Told(refused, hidden));
        }
    }

    [Fact]
    public async Task A_value_for_a_hidden_field_is_refused_like_one_for_a_field_that_is_not_there()
    {
        var world = await World.Make();
        foreach (var (hidden, missing) in World.Hidden)
        {
            object Fields(string name) => name.StartsWith("custom.", StringComparison.Ordinal)
                ? new { custom = new Dictionary<string, object> { [name[7..]] = Marker } } : new Dictionary<string, object> { [name] = Marker };
            foreach (var send in (Func<string, Task<Reply>>[])
            [
                name => world.Ada.Contacts.Patch($"/contacts/{world.Contact}", Fields(name)),
                name => world.Ada.Contacts.Post("/contacts", Fields(name)),
                name => world.Ada.Contacts.Post("/contacts/batch", new
                {
                    atomic = true,
                    operations = new[] { new { @do = "patch", id = world.Contact, fields = Fields(name) } },
                }),
                name => world.Ada.Contacts.Post($"/contacts/{world.Contact}/merge", new
                {
                    loser = world.Twin,
                    fields = new Dictionary<string, Guid> { [name.Replace("custom.", "", StringComparison.Ordinal)] = world.Twin },
                }),
                name => world.Ada.Contacts.Post("/contacts/bulk-edit", new { filter = "", set = Fields(name) }),
                name => world.Ada.Contacts.Post("/contacts/views", new { name = "X", columns = new[] { name } }),
                name => world.Ada.Contacts.Post("/contacts/views", new { name = "X", sort = name }),
            ])
                Assert.Equal(Told((await send(missing)).Expect(422), missing), Told((await send(hidden)).Expect(422), hidden));
        }
    }

    [Fact]
    public async Task A_masked_field_is_named_where_it_has_a_value_and_a_field_to_read_only_is_refused_by_its_name()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("clerk", [Everywhere("all", ("birthday", "masked"), ("custom.code", "masked"), ("jobTitle", "readOnly"), ("email", "readOnly"))]);
        (await crm.Contacts.Post("/contacts/fields", new { name = "code", label = "Code", kind = "text" })).Expect(201);
        var full = await crm.Given(
            "contacts", new { lastName = "A", birthday = "1815-12-10", jobTitle = "Analyst", email = "a@x.example", custom = new { code = Marker } });
        var empty = await crm.Given("contacts", new { lastName = "B" });
        var ada = crm.Person("clerk").Contacts;

        var shown = (await ada.Get($"/contacts/{full}")).Expect(200);
        Assert.Equal(["birthday", "custom.code"], shown["$masked"].EnumerateArray().Select(m => m.GetString()));
        Assert.False(shown.Body.TryGetProperty("birthday", out _));
        Assert.Equal("{}", shown["custom"].GetRawText());
        Assert.Equal("Analyst", shown["jobTitle"].GetString());
        Assert.False((await ada.Get($"/contacts/{empty}")).Expect(200).Body.TryGetProperty("$masked", out _));
        (await ada.Get("/contacts?filter=birthday is null")).Expect(422);
        foreach (var (fields, field) in new (object, string)[]
        {
            (new { jobTitle = "X" }, "jobTitle"), (new { birthday = "1815-12-11" }, "birthday"), (new { emails = Array.Empty<object>() }, "emails"),
            (new { email = "b@x.example" }, "email"), (new { custom = new { code = "X" } }, "custom.code"),
        })
        {
            var refused = (await ada.Patch($"/contacts/{full}", fields)).Expect(422, "invalid");
            Assert.Equal($"Your roles do not let you change {field}.", refused["errors"].GetProperty(field)[0].GetString());
        }
        var model = (await ada.Get("/contacts/model")).Expect(200)["fields"].EnumerateArray().ToDictionary(f => f.GetProperty("name").GetString()!);
        Assert.True(model["jobTitle"].GetProperty("readOnly").GetBoolean());
        Assert.True(model["birthday"].GetProperty("masked").GetBoolean());
        Assert.False(model["lastName"].GetProperty("readOnly").GetBoolean());
    }

    [Fact]
    public async Task Undo_takes_back_only_what_may_be_changed_and_says_the_rest_without_values()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("clerk", [Everywhere("own", ("description", "hidden"), ("jobTitle", "readOnly"))]);
        var ada = crm.Person("clerk");
        var mine = await crm.Given("contacts", ada.Owns("Mine"));
        var theirs = await crm.Given("contacts", new { lastName = "Theirs" });
        var batch = (await crm.Contacts.Post("/contacts/batch", new
        {
            operations = new[] { mine, theirs }.Select(
                id => new { @do = "patch", id, fields = new { description = Marker, jobTitle = "X", department = "Y" } }),
        })).Expect(200);

        var refused = (await ada.Contacts.Post($"/operations/{batch.Operation}/undo")).Expect(409, "changed_since");
        Assert.DoesNotContain(Marker, refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"{theirs}", refused.Text, StringComparison.Ordinal);
        Assert.Equal(3, refused["conflicts"].GetArrayLength());
        var undone = (await ada.Contacts.Post($"/operations/{batch.Operation}/undo", new { keepChanged = true })).Expect(200);
        Assert.Equal(1, undone["records"].GetInt32());
        var now = (await crm.Contacts.Get($"/contacts/{mine}")).Expect(200);
        Assert.Equal((Marker, "X", JsonValueKind.Null), (now["description"].GetString(), now["jobTitle"].GetString(), now["department"].ValueKind));
        Assert.Equal(1, (await ada.Contacts.Get($"/operations/{batch.Operation}")).Expect(200)["records"].GetProperty("contact").GetInt32());
        (await crm.Person("clerk").Contacts.Post($"/operations/{batch.Operation}/undo")).Expect(404, "not_found");
    }

    // What a refusal says, apart from the field's name and where it stands.
    private static string Told(Reply refusal, string name)
    {
        var body = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(refusal.Text)!;
        body.Remove("traceId");
        return JsonSerializer.Serialize(body).Replace(name, "~", StringComparison.Ordinal)
            .Replace(name.Replace("custom.", "", StringComparison.Ordinal), "~", StringComparison.Ordinal);
    }

    private sealed record World(TestCrm Crm, Person Ada, Guid Contact, Guid Twin, Guid Operation, Guid View)
    {
        // Each with a name of the same length that no field has.
        public static readonly (string Hidden, string Missing)[] Hidden =
            [("description", "descriptiom"), ("email", "emaim"), ("custom.salary", "custom.salarx")];

        public static async Task<World> Make()
        {
            var crm = await TestCrm.Tenant();
            var ada = crm.Person("clerk");
            await crm.Role(
                "clerk",
                [
                    Everywhere(
                        "all", ("description", "hidden"), ("emails", "hidden"), ("custom.salary", "hidden"), ("middleName", "masked"), ("phones", "masked"),
                        ("industry", "hidden"), ("legalName", "hidden")),
                ],
                privileges: ["bulkEdit", "export", "merge"]);
            (await crm.Contacts.Post("/contacts/fields", new { name = "salary", label = Marker, kind = "text", @default = Marker })).Expect(201);
            var account = await crm.Given("accounts", new { name = "Engines", industry = Marker, legalName = Marker });
            object Fields(string name) => new
            {
                lastName = name,
                middleName = Marker,
                description = Marker,
                email = $"{Marker}@x.example",
                accountId = account,
                custom = new { salary = Marker },
            };
            var contact = (await crm.Contacts.Post("/contacts", Fields("Lovelace"))).Expect(201);
            var twin = await crm.Given("contacts", Fields("Lovelace"));
            var edit = (await crm.Contacts.Patch($"/contacts/{contact.Id}", new { description = $"{Marker} 2", jobTitle = "Analyst" })).Expect(200);
            (await crm.Contacts.Patch($"/contacts/{contact.Id}", new { description = $"{Marker} 3", jobTitle = "Countess" })).Expect(200);
            var view = await crm.Contacts.Post(
                "/contacts/views", new { name = "V", scope = "public", filter = "description is not null", columns = new[] { "description" } });
            return new(crm, ada, contact.Id, twin, edit.Operation, view.Expect(201).Id);
        }
    }
}
