using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Leads.Tests.Forms;

/// <summary>People become leads by forms on the web, whose readers have no token.</summary>
public sealed partial class FormTests
{
    [Fact]
    public async Task Who_sends_a_form_is_a_lead_with_what_they_said_agreed_to_and_where_they_came_from()
    {
        var crm = await TestCrm.Tenant();
        await crm.Given("/leads/fields", new { name = "size", label = "Size", kind = "number" });
        await crm.Given("/scoringRules", new { name = "Form", axis = "engagement", @event = "formSubmitted", points = 40 });
        var form = await Form(crm, new
        {
            consentText = "You may <write> to me.",
            consentVersion = "2026-1",
            consentRequired = true,
            source = "website",
            thanks = "We will call.",
            fields = new object[]
            {
                new { field = "lastName", label = "Your name", required = true, help = "As on your card" },
                new { field = "email", required = true }, new { field = "phone" }, new { field = "custom.size" }, new { field = "timeline" },
                new { field = "address.country" }, new { field = "productsOfInterest", value = "engine, press" },
            },
        });
        var page = await form.Open("?utm_source=fair&utm_campaign=spring&ref=https%3A%2F%2Fnews.example%2Fa");
        Assert.Contains("<label for=\"lastName\">Your name", page.Text, StringComparison.Ordinal);
        Assert.Contains("You may &lt;write&gt; to me.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("engine, press", page.Text, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", page.Policy, StringComparison.Ordinal);

        var wrong = await form.Send(page, ("email", "no mail"), ("phone", "call me"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("id=\"lastName-error\"", wrong.Text, StringComparison.Ordinal);
        wrong = await form.Send(wrong, ("lastName", "Lovelace"), ("email", "no mail"), ("phone", "call me"), ("consent", "on"));
        Assert.Contains("id=\"email-error\"", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("id=\"phone-error\"", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"Lovelace\"", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("id=\"consent-error\"", (await form.Send(wrong, ("lastName", "Lovelace"), ("email", "ada@x.example"))).Text, StringComparison.Ordinal);
        var sent = await form.Send(
            wrong, ("lastName", "Lovelace"), ("email", "ada@x.example"), ("custom.size", "12"), ("timeline", "now"), ("address.country", "de"),
                ("consent", "on"));

        Assert.Equal((HttpStatusCode.Found, $"/forms/{form.Key}/thanks"), (sent.Status, sent.Location));
        Assert.Contains("We will call.", (await form.Get("/thanks")).Text, StringComparison.Ordinal);
        var lead = Assert.Single((await crm.Leads().Get("/leads")).Expect(200)["items"].EnumerateArray());
        string? Text(string field) => lead.GetProperty(field).ToString();
        Assert.Equal(("Lovelace", "ada@x.example", "website", "now"), (Text("lastName"), Text("email"), Text("source"), Text("timeline")));
        Assert.Equal(("fair", "spring", "https://news.example/a"), (Text("utmSource"), Text("utmCampaign"), Text("referrer")));
        Assert.Equal((12, "DE", 2, 40), (
            lead.GetProperty("custom").GetProperty("size").GetInt32(), lead.GetProperty("address").GetProperty("country").GetString(),
            lead.GetProperty("productsOfInterest").GetArrayLength(), lead.GetProperty("engagementScore").GetInt32()));
        Assert.Equal(form.Id, lead.GetProperty("formId").GetGuid());
        var submission = Assert.Single((await crm.Leads().Get("/formSubmissions")).Expect(200)["items"].EnumerateArray());
        Assert.Equal(("2026-1", true, "taken"), (
            submission.GetProperty("consentVersion").GetString(), submission.GetProperty("consent").GetBoolean(),
                submission.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task What_was_agreed_to_is_the_contacts_consent_with_its_proof_and_is_taken_back_with_the_conversion()
    {
        var crm = await TestCrm.Tenant();
        var form = await Form(crm, new
        {
            name = "Fair",
            consentText = "You may call me.",
            consentVersion = "2026-1",
            consentPurpose = "newsletter",
            consentChannel = "phone",
            fields = new[] { new { field = "lastName" }, new { field = "email" } },
        });
        await form.Send(await form.Open(), ("lastName", "Lovelace"), ("email", "ada@x.example"), ("consent", "on"));
        await form.Send(await form.Open(), ("lastName", "Lovelace"), ("email", "ada@x.example")); // once more, without: that is not a no
        var lead = Assert.Single((await crm.Leads().Get("/leads")).Expect(200)["items"].EnumerateArray()).GetProperty("id").GetGuid();
        var sent = (await crm.Leads().Get("/formSubmissions?filter=consent = true")).Expect(200)["items"][0];
        (await crm.Leads().Post($"/leads/{lead}/change-status", new { to = "working" })).Expect(200);
        var converted = (await crm.Leads().Post($"/leads/{lead}/convert", new { })).Expect(200);
        var consents = $"/consents?filter=contactId = \"{converted["convertedContactId"].GetGuid()}\"";

        await TestCrm.Eventually(async () => Assert.Single((await crm.Contacts.Get(consents)).Expect(200)["items"].EnumerateArray()));
        var agreed = (await crm.Contacts.Get(consents))["items"][0];
        string? Text(string field) => agreed.GetProperty(field).ToString();
        Assert.Equal(("newsletter", "phone", "granted", "form: Fair"), (Text("purpose"), Text("channel"), Text("state"), Text("source")));
        Assert.Equal(("You may call me.", "2026-1", $"formSubmission {sent.GetProperty("id")}"), (Text("wording"), Text("textVersion"), Text("proof")));
        Assert.Equal(sent.GetProperty("createdAt").GetDateTimeOffset(), agreed.GetProperty("givenAt").GetDateTimeOffset());

        (await crm.Leads().Post($"/operations/{converted.Operation}/undo")).Expect(200);
        await TestCrm.Eventually(async () => Assert.Empty((await crm.Contacts.Get(consents)).Expect(200)["items"].EnumerateArray()));
    }

    [Fact]
    public async Task Sent_twice_it_is_one_and_who_is_an_open_lead_already_is_that_one()
    {
        var crm = await TestCrm.Tenant();
        var form = await Form(crm, new { fields = new[] { new { field = "email", required = true } } });
        var page = await form.Open();

        var all = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => form.Send(page, ("email", "ada@x.example"))));
        Assert.All(all, a => Assert.Equal(HttpStatusCode.Found, a.Status));
        Assert.Equal(HttpStatusCode.Found, (await form.Send(page, ("email", "ada@x.example"))).Status);
        Assert.Equal(HttpStatusCode.Found, (await form.Send(await form.Open(), ("email", "ada@x.example"))).Status);

        Assert.Equal(1, await Total(crm, "/leads"));
        Assert.Equal(2, await Total(crm, "/formSubmissions"));
        Assert.Equal(2, await Total(crm, "/engagements"));
    }

    [Fact]
    public async Task What_programs_send_is_not_taken()
    {
        var crm = await TestCrm.Tenant();
        var form = await Form(crm, new
        {
            proofOfWork = true,
            allowedHosts = new[] { "www.partner.example" },
            fields = new[] { new { field = "email", required = true } }
        });
        var page = await form.Open();
        Assert.Contains("frame-ancestors 'self' www.partner.example", page.Policy, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await form.Send(page, ("email", "a@x.example"))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await form.Send(page, ("email", "a@x.example"), ("work", "1"))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await form.Send(page with { Challenge = "AAAA" }, ("email", "a@x.example"),
            ("work", Work("AAAA")))).Status);
        Assert.Equal(HttpStatusCode.Found, (await form.Send(page, ("email", "a@x.example"), ("company_homepage", "https://spam.example"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await form.From("https://evil.example").Send(page, ("email", "a@x.example"),
            ("work", Work(page.Challenge)))).Status);
        Assert.Equal(0, await Total(crm, "/leads"));

        Assert.Equal(HttpStatusCode.Found, (await form.From("https://www.partner.example").Send(page, ("email", "a@x.example"),
            ("work", Work(page.Challenge)))).Status);
        Assert.Equal(1, await Total(crm, "/leads"));
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 40 && !statuses.Contains(HttpStatusCode.TooManyRequests); i++)
            statuses.Add((await form.Send(page, ("email", "a@x.example"))).Status);
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }

    [Fact]
    public async Task Who_has_to_confirm_is_a_lead_once_they_have_and_once_only()
    {
        var crm = await TestCrm.Tenant();
        await using var bus = await crm.Listen("leads.formSubmission.confirmationAsked");
        var form = await Form(crm, new
        {
            doubleOptIn = true,
            fields = new[] { new { field = "email", required = true },
            new { field = "lastName", required = false } }
        });
        var sent = await form.Send(await form.Open(), ("email", "ada@x.example"), ("lastName", "Lovelace"));
        Assert.Equal($"/forms/{form.Key}/sent", sent.Location);
        Assert.Equal(0, await Total(crm, "/leads"));
        var asked = Assert.Single(await bus.Until(1)).Body;
        Assert.Equal("ada@x.example", asked.GetProperty("email").GetString());
        var link = new Uri(asked.GetProperty("link").GetString()!).PathAndQuery[$"/forms/{form.Key}".Length..];

        Assert.Contains("Yes, it was me", (await form.Get(link)).Text, StringComparison.Ordinal);
        Assert.Equal(0, await Total(crm, "/leads")); // a program has looked
        Assert.Equal(HttpStatusCode.Gone, (await form.Post(link + "x")).Status);
        foreach (var answer in await Task.WhenAll(form.Post(link), form.Post(link), form.Post(link)))
            Assert.Equal(HttpStatusCode.Found, answer.Status);

        var lead = Assert.Single((await crm.Leads().Get("/leads")).Expect(200)["items"].EnumerateArray());
        Assert.Equal("Lovelace", lead.GetProperty("lastName").GetString());
        var submission = Assert.Single((await crm.Leads().Get("/formSubmissions")).Expect(200)["items"].EnumerateArray());
        Assert.Equal(("taken", lead.GetProperty("id").GetGuid()), (submission.GetProperty("status").GetString(), submission.GetProperty("leadId").GetGuid()));
    }

    [Fact]
    public async Task A_form_that_is_not_published_is_not_there_and_one_asks_for_fields_that_there_are()
    {
        var crm = await TestCrm.Tenant();
        var form = await Form(crm, new { published = false });
        Assert.Equal(HttpStatusCode.NotFound, (await form.Get("")).Status);
        (await crm.Leads().Patch($"/forms/{form.Id}", new { published = true })).Expect(200);
        Assert.Equal(HttpStatusCode.OK, (await form.Get("")).Status);
        var snippet = await form.Get(".js");
        Assert.Contains($"/forms/{form.Key}", snippet.Text, StringComparison.Ordinal);
        (await crm.Leads().Delete($"/forms/{form.Id}")).Expect(204);
        Assert.Equal(HttpStatusCode.NotFound, (await form.Get(".js")).Status);

        (await crm.Leads().Post("/forms", new { name = "X", title = "X", fields = new[] { new { field = "status" } } })).Expect(422, "invalid");
        (await crm.Leads().Post("/forms", new { name = "X", title = "X", fields = new[] { new { field = "custom.nothing" } } })).Expect(422, "invalid");
        (await crm.Leads().Post("/forms", new { name = "X", title = "X", doubleOptIn = true, published = true })).Expect(422, "invalid");
        (await crm.Leads(Guid.CreateVersion7(), "sales").Post("/forms", new { name = "X", title = "X" })).Expect(403, "not_allowed");
    }

    [Fact]
    public async Task Nobody_is_kept_out_by_the_edge()
    {
        var crm = await TestCrm.Tenant();
        var form = await Form(crm, new { fields = new[] { new { field = "email", required = true } } });

        await TestCrm.Eventually(async () => Assert.Equal(HttpStatusCode.OK, (await form.At(crm.Service("edge").Address).Get("")).Status),
            TimeSpan.FromSeconds(60));
        var edge = form.At(crm.Service("edge").Address);
        var page = await edge.Open();

        Assert.Contains("form-action 'self'", page.Policy, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await edge.Send(page, ("email", "ada@x.example"))).Status);
    }

    private static async Task<OpenForm> Form(TestCrm crm, object fields)
    {
        var whole = new Dictionary<string, object?> { ["name"] = "Form", ["title"] = "Write to us", ["published"] = true };
        foreach (var property in fields.GetType().GetProperties())
            whole[property.Name] = property.GetValue(fields);
        var form = (await crm.Leads().Post("/forms", whole)).Expect(201);
        return new OpenForm(crm.Leads().Address, form.Id, form.Text("key")!, null);
    }

    private static async Task<int> Total(TestCrm crm, string path) => (await crm.Leads().Get($"{path}?include=total")).Expect(200)["total"].GetInt32();

    private static string Work(string challenge) => Enumerable.Range(0, int.MaxValue).First(i =>
        SHA256.HashData(Encoding.ASCII.GetBytes($"{challenge}.{i}")) is [0, < 4, ..]).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Page(HttpStatusCode Status, string Text, string? Location, string Policy)
    {
        public string Challenge { get; init; } = ChallengeOf.Match(Text).Groups[1].Value;
    }

    private sealed record OpenForm(Uri Address, Guid Id, string Key, string? Origin)
    {
        private static readonly HttpClient Http = new(new HttpClientHandler { AllowAutoRedirect = false });

        public OpenForm From(string origin) => this with { Origin = origin };

        public OpenForm At(Uri address) => this with { Address = address };

        public Task<Page> Open(string query = "") => Get(query);

        public async Task<Page> Get(string path) => await Read(await Http.GetAsync(new Uri(Address, $"/forms/{Key}{path}")));

        public async Task<Page> Post(string path) => await Read(await Http.PostAsync(new Uri(Address, $"/forms/{Key}{path}"), new FormUrlEncodedContent([])));

        public async Task<Page> Send(Page page, params (string Name, string Value)[] fields)
        {
            var hidden = HiddenOf.Matches(page.Text).Select(m => KeyValuePair.Create(m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value)))
                .Where(h => h.Key != "challenge" && !fields.Any(f => f.Name == h.Key));
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, $"/forms/{Key}"))
            {
                Content = new FormUrlEncodedContent([.. hidden, KeyValuePair.Create("challenge", page.Challenge),
                    .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]),
            };
            if (Origin is not null)
                request.Headers.Add("Origin", Origin);
            return await Read(await Http.SendAsync(request));
        }

        private static async Task<Page> Read(HttpResponseMessage response) => new(
            response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Location?.ToString(),
            response.Headers.TryGetValues("Content-Security-Policy", out var policy) ? string.Join("; ", policy) : "");
    }

    [GeneratedRegex("name=\"challenge\" value=\"([^\"]*)\"")]
    private static partial Regex ChallengeOf { get; }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex HiddenOf { get; }
}
