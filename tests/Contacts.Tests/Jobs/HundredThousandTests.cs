using System.Text;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Jobs;

/// <summary>Beside nobody who waits for events: four hundred thousand are told here.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>What is done to a hundred thousand records is taken back as exactly as what is done to one.</summary>
[Collection(nameof(Alone))]
public sealed class HundredThousandTests
{
    private const int Many = 100_000;

    [Fact]
    public async Task An_edit_of_a_hundred_thousand_is_taken_back_but_for_what_somebody_changed_since()
    {
        var crm = await TestCrm.Tenant();
        await crm.Sql("contacts", As.Admin).Execute(
            $"""
            insert into account (tenant, id, version, created_at, updated_at, name, industry)
            select $1, gen_random_uuid(), 1, now(), now(), 'Company ' || n, 'Industry ' || n % 7 from generate_series(1, {Many}) n
            """,
            crm.Id);
        var mine = (await crm.Contacts.Get("/accounts?limit=1&filter=name = 'Company 77'")).Expect(200)["items"][0].GetProperty("id").GetGuid();
        var before = await Print(crm, mine);

        var job = await crm.Ended(await crm.Contacts.Post(
            "/accounts/bulk-edit", new { filter = "name ~ \"Company*\"", set = new { industry = "Steel" }, addTags = new[] { "edited" } }));
        Assert.Equal(Many, job["changed"].GetInt64());
        Assert.Equal(Many, await crm.Count("industry = \"Steel\" and tags has \"edited\""));
        (await crm.Contacts.Patch($"/accounts/{mine}", new { industry = "Food" })).Expect(200);
        var undone = (await crm.Contacts.Post($"/operations/{job["operation"].GetGuid()}/undo", new { keepChanged = true })).Expect(200);

        var kept = Assert.Single(undone["kept"].EnumerateArray());
        Assert.Equal((mine, "industry"), (kept.GetProperty("id").GetGuid(), kept.GetProperty("field").GetString()));
        var changed = (await crm.Contacts.Get($"/accounts/{mine}")).Expect(200);
        Assert.Equal(("Food", 0), (changed["industry"].GetString(), changed["tags"].GetArrayLength()));
        Assert.Equal(before, await Print(crm, mine));
    }

    [Fact]
    public async Task An_import_of_a_hundred_thousand_is_taken_back_wholly()
    {
        var crm = await TestCrm.Tenant();
        var there = (await crm.Enter(10, n => new { name = $"There {n}", industry = "Food" }))[0];
        var before = await Print(crm, Guid.Empty);
        var file = new StringBuilder("name,industry\n");
        for (var n = 0; n < Many; n++)
            file.Append(System.Globalization.CultureInfo.InvariantCulture, $"Company {n},Steel\n");

        var draft = (await crm.Contacts.Post("/accounts/imports", file.ToString())).Expect(200);
        var started = await crm.Contacts.Post($"/accounts/imports/{draft["job"].GetProperty("id").GetGuid()}/start", new { });
        var job = await crm.Ended(started);
        Assert.Equal(Many + 10, await crm.Count(""));
        var undone = (await crm.Contacts.Post($"/operations/{job["operation"].GetGuid()}/undo")).Expect(200);

        Assert.Equal(Many, undone["records"].GetInt32());
        Assert.Equal(10, await crm.Count(""));
        Assert.Equal(before, await Print(crm, Guid.Empty));
        (await crm.Contacts.Get($"/accounts/{there}")).Expect(200);
    }

    // All that people enter, of all that are not in the trash, in one number; the order makes no difference.
    private static async Task<string> Print(TestCrm crm, Guid but) => (await crm.Sql("contacts", As.Service).For(crm.Id).Column<string>(
        $$"""
        select count(*) || ' ' || sum(hashtextextended((to_jsonb(t) - '{version,updated_at,updated_by,deleted_at}'::text[])::text, 0)::numeric)
        from account t where deleted_at is null and id <> '{{but}}'
        """))[0];
}
