using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CrmPlatform.SystemTests.Platform;
using CrmPlatform.Testing;

namespace CrmPlatform.SystemTests;

/// <summary>From a form on the web to a won deal, through the doors that people use, with a program of others that hears of it.</summary>
public sealed partial class SalesStoryTests(RealPlatform platform)
{
    private static readonly HttpClient Visitor = new(new HttpClientHandler { AllowAutoRedirect = false });

    private readonly Guid tenant = Guid.CreateVersion7();
    private readonly Guid seller = Guid.CreateVersion7();

    private Door Edge => platform.Service("edge", tenant);

    [Fact]
    public async Task Who_fills_in_a_form_is_scored_given_to_somebody_called_converted_and_won()
    {
        await Stranger.Install();
        var stages = await Stages();
        var account = (await Edge.Post("/accounts", new { name = "Analytical Engines", domain = "engines.example" })).Expect(201).Id;
        var form = await WhatAdministratorsSay();
        using var stranger = Stranger.Start(platform, "queue", "pipeline.deal.*", "7");
        Assert.Equal("ready", await stranger.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        await Send(
            form, ("firstName", "Ada"), ("lastName", "Lovelace"), ("email", "ada@engines.example"), ("company", "Analytical Engines"), ("employees", "700"));
        var lead = Assert.Single((await Edge.Get("/leads?filter=source = \"website\"")).Expect(200)["items"].EnumerateArray());
        var id = lead.GetProperty("id").GetGuid();
        Assert.Equal(("assigned", seller, "A2"), (Text(lead, "status"), lead.GetProperty("ownerId").GetGuid(), Text(lead, "grade")));
        Assert.Equal((60, 40), (lead.GetProperty("fitScore").GetInt32(), lead.GetProperty("engagementScore").GetInt32()));

        (await Edge.Post($"/leads/{id}/engagements", new { kind = "call", direction = "out" })).Expect(200);
        var called = (await Edge.Get($"/leads/{id}")).Expect(200);
        Assert.True(called["firstResponseAt"].GetDateTimeOffset() <= called["responseDueAt"].GetDateTimeOffset());
        (await Edge.Post($"/leads/{id}/change-status", new { to = "qualified" })).Expect(200);
        await TestCrm.Eventually(async () => Assert.Equal(
            account, Assert.Single((await Edge.Get($"/leads/{id}/matches")).Expect(200)["accounts"].EnumerateArray()).GetProperty("id").GetGuid()));

        var converted = (await Edge.Post($"/leads/{id}/convert", new { accountId = account, deal = new { name = "An engine" } })).Expect(200);
        var (person, deal) = (converted["convertedContactId"].GetGuid(), converted["convertedDealId"].GetGuid());
        await TestCrm.Eventually(async () => (await Edge.Get($"/deals/{deal}")).Expect(200));
        await TestCrm.Eventually(async () => Assert.Equal(
            (account, id, "opportunity"), WhoSheIs((await Edge.Get($"/contacts/{person}")).Expect(200))));
        Assert.Equal(seller, (await Edge.Get($"/deals/{deal}")).Expect(200)["ownerId"].GetGuid());

        foreach (var stage in stages.Skip(1))
            await Move(deal, stage);
        Assert.Equal("won", (await Edge.Get($"/deals/{deal}")).Expect(200)["status"].GetString());

        var heard = await Stranger.Heard(stranger);
        Assert.Equal(
            ["created", "moved", "updated", "moved", "moved", "updated", "won"], // what two stages asked for came with the moves there
            heard.Select(e => Text(e, "key")["pipeline.deal.".Length..]));
        Assert.All(heard, e => Assert.Equal(deal, e.GetProperty("body").GetProperty("id").GetGuid()));
    }

    [Fact]
    public async Task A_conversion_is_taken_back_in_all_services_at_once()
    {
        var lead = (await Edge.Post("/leads", new { firstName = "Grace", lastName = "Hopper", company = "Compilers" })).Expect(201).Id;
        (await Edge.Post($"/leads/{lead}/change-status", new { to = "qualified" })).Expect(200);
        var before = (await Edge.Get($"/leads/{lead}")).Expect(200);
        var converted = (await Edge.Post($"/leads/{lead}/convert", new { deal = new { } })).Expect(200);
        string[] made = ["contacts", "accounts", "deals"], fields = ["convertedContactId", "convertedAccountId", "convertedDealId"];
        var paths = made.Zip(fields, (plural, field) => $"/{plural}/{converted[field].GetGuid()}").ToList();
        foreach (var path in paths)
            await TestCrm.Eventually(async () => (await Edge.Get(path)).Expect(200));

        (await Edge.Post($"/operations/{converted.Operation}/undo")).Expect(200);

        await TestCrm.Eventually(async () =>
        {
            foreach (var path in paths)
                (await Edge.Get(path)).Expect(404);
        });
        var after = (await Edge.Get($"/leads/{lead}")).Expect(200);
        Assert.Equal(("qualified", JsonValueKind.Null), (Text(after.Body, "status"), after["convertedContactId"].ValueKind));
        Assert.Equal(before["displayName"].GetString(), after["displayName"].GetString());
    }

    private async Task<string> WhatAdministratorsSay()
    {
        await Given("/scoringRules", new { name = "Large", axis = "fit", condition = "employees > 500", points = 60 });
        await Given("/scoringRules", new { name = "Wrote to us", axis = "engagement", @event = "formSubmitted", points = 40 });
        await Given("/assignmentRules", new { name = "All", users = new[] { new { userId = seller } } });
        await Given("/responseTargets", new { name = "Soon", minutes = 30 });
        var fields = ((string[])["firstName", "lastName", "email", "company", "employees"]).Select(field => new { field });
        return (await Given("/forms", new { name = "Form", title = "Write to us", source = "website", published = true, fields }))["key"].GetString()!;
    }

    private async Task<List<Guid>> Stages()
    {
        var pipeline = (await Edge.Post("/pipelines/default")).Expect(200).Id;
        var stages = (await Edge.Get($"/stages?filter=pipelineId = \"{pipeline}\"&sort=position")).Expect(200)["items"].EnumerateArray().ToList();
        return [.. stages.Where(s => Text(s, "type") == "open").Concat(stages.Where(s => Text(s, "type") == "won")).Select(s => s.GetProperty("id").GetGuid())];
    }

    // Who moves a deal is asked for what the stage wants, and sends it along.
    private async Task Move(Guid deal, Guid stage)
    {
        var moved = await Edge.Post($"/deals/{deal}/move", new { stageId = stage });
        if (moved.Code == "missing_fields")
        {
            var fields = moved["errors"].EnumerateObject().ToDictionary(e => e.Name, e => e.Name switch
            {
                "fields.amount" or "amount" => (object)new { amount = "1000.00", currency = "EUR" },
                "fields.expectedCloseOn" or "expectedCloseOn" => "2030-01-31",
                _ => $"Said when asked for {e.Name}",
            });
            moved = await Edge.Post($"/deals/{deal}/move", new { stageId = stage, fields });
        }
        moved.Expect(200);
    }

    private async Task Send(string form, params (string Name, string Value)[] fields)
    {
        var address = new Uri(Edge.Address, $"/forms/{form}");
        var page = await Visitor.GetStringAsync(address, TestContext.Current.CancellationToken);
        var hidden = Hidden.Matches(page).Select(m => KeyValuePair.Create(m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value)));
        using var body = new FormUrlEncodedContent([.. hidden, .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        using var sent = await Visitor.PostAsync(address, body, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Found, $"/forms/{form}/thanks"), (sent.StatusCode, $"{sent.Headers.Location}"));
    }

    private async Task<Reply> Given(string path, object what) => (await Edge.Post(path, what)).Expect(201);

    private static (Guid, Guid, string?) WhoSheIs(Reply person) =>
        (person["accountId"].GetGuid(), person["originalLeadId"].GetGuid(), person["lifecycleStage"].GetString());

    private static string Text(JsonElement element, string member) => element.GetProperty(member).ToString();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex Hidden { get; }
}
