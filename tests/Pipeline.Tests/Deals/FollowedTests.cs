using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Pipeline.Tests.Deals;

/// <summary>OnAccountMerged, OnContactMerged, OnLeadConverted: what other services tell, and take back.</summary>
public sealed class FollowedTests
{
    [Fact]
    public async Task The_deals_of_a_company_that_was_merged_follow_it_and_come_back_when_that_is_undone()
    {
        var sales = await Sales.Begin();
        var (winner, loser, merge) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var deal = (await sales.Door.Post("/deals", new { name = "Engines", accountId = loser })).Expect(201).Id;

        await sales.Crm.Tell("contacts.account.merged", winner, 2, $$"""{"loser":"{{loser}}","contactsMoved":0}""", merge);
        await AccountIs(winner);
        await sales.Crm.Tell("contacts.account.updated", winner, 3, $$"""{"undoes":"{{merge}}"}""");
        await AccountIs(loser);

        Task AccountIs(Guid account) => TestCrm.Eventually(async () =>
            Assert.Equal(account, (await sales.Door.Get($"/deals/{deal}")).Expect(200)["accountId"].GetGuid()));
    }

    [Fact]
    public async Task Who_was_two_people_in_a_deal_is_one_and_two_again_when_that_is_undone()
    {
        var sales = await Sales.Begin();
        var (winner, loser, merge) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var (both, one) = (await sales.Deal("Both"), await sales.Deal("One"));
        foreach (var (dealId, contactId, role) in ((Guid, Guid, string?)[])[(both, winner, null), (both, loser, "champion"), (one, loser, "user")])
            (await sales.Door.Post("/dealContacts", new { dealId, contactId, role })).Expect(201);
        var before = await Parts();

        await sales.Crm.Tell("contacts.contact.merged", winner, 2, $$"""{"loser":"{{loser}}"}""", merge);
        await TestCrm.Eventually(async () => Assert.Equal(Said((both, winner, "champion"), (one, winner, "user")), await Parts()));
        await sales.Crm.Tell("contacts.contact.updated", winner, 3, $$"""{"undoes":"{{merge}}"}""");
        await TestCrm.Eventually(async () => Assert.Equal(before, await Parts()));

        static List<string> Said(params (Guid Deal, Guid Contact, string Role)[] parts) => [.. parts.Select(p => $"{p.Deal} {p.Contact} {p.Role}").Order()];
        async Task<List<string>> Parts() =>
        [
            .. (await sales.Door.Get("/dealContacts")).Expect(200)["items"].EnumerateArray()
                .Select(p => $"{p.GetProperty("dealId")} {p.GetProperty("contactId")} {p.GetProperty("role")}").Order(),
        ];
    }

    [Fact]
    public async Task A_lead_that_was_converted_is_a_deal_once_under_the_id_it_was_given()
    {
        var sales = await Sales.Begin();
        var (lead, deal, contact, operation) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var bus = await sales.Crm.Listen("pipeline.*.*");

        foreach (var version in (int[])[2, 3])
            await sales.Crm.Tell("leads.lead.converted", lead, version, Converted(deal, contact, "Engines"), operation);

        await TestCrm.Eventually(async () => Assert.Equal("Engines", (await sales.Door.Get($"/deals/{deal}")).Expect(200)["name"].GetString()));
        var part = Assert.Single((await sales.Door.Get("/dealContacts")).Expect(200)["items"].EnumerateArray());
        Assert.Equal((deal, contact), (part.GetProperty("dealId").GetGuid(), part.GetProperty("contactId").GetGuid()));
        (await sales.Door.Post($"/operations/{operation}/undo")).Expect(200);
        (await sales.Door.Get($"/deals/{deal}")).Expect(404);
    }

    [Fact]
    public async Task A_conversion_that_was_undone_before_it_was_heard_of_leaves_no_deal()
    {
        var sales = await Sales.Begin();
        var (lead, deal, contact, operation) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());

        await sales.Crm.Tell("leads.lead.converted", lead, 2, Converted(deal, contact, "Engines"), operation);
        await sales.Crm.Tell("leads.lead.updated", lead, 3, $$"""{"undoes":"{{operation}}"}""");
        var last = Guid.CreateVersion7();
        await sales.Crm.Tell("leads.lead.converted", lead, 4, Converted(last, contact, "Later"), Guid.CreateVersion7());

        await TestCrm.Eventually(async () => Assert.Equal("Later", (await sales.Door.Get($"/deals/{last}")).Expect(200)["name"].GetString()));
        (await sales.Door.Get($"/deals/{deal}")).Expect(404);
        Assert.Equal(1, (await sales.Door.Get("/dealContacts?include=total")).Expect(200)["total"].GetInt32());
    }

    [Fact]
    public async Task A_lead_whose_deal_cannot_be_entered_is_told_of()
    {
        var sales = await Sales.Begin();
        await using var bus = await sales.Crm.Listen("pipeline.refusal.noted");

        await sales.Crm.Tell("leads.lead.converted", Guid.CreateVersion7(), 2, Converted(Guid.CreateVersion7(), Guid.CreateVersion7(), ""));

        Assert.Equal("invalid", Assert.Single(await bus.Until(1)).Body.GetProperty("code").GetString());
        Assert.Equal(0, (await sales.Door.Get("/deals?include=total")).Expect(200)["total"].GetInt32());
    }

    private static string Converted(Guid deal, Guid contact, string name) =>
        $$"""
        {"contactId":"{{contact}}","isNewContact":true,"isNewAccount":false,"contact":{"lastName":"Lovelace"},
         "dealId":"{{deal}}","deal":{"name":"{{name}}","amount":{"amount":"12.50","currency":"EUR"} } }
        """;
}
