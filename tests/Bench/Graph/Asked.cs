using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmPlatform.Bench.Graph;

/// <summary>What is asked: of twenty deals, each with a company and two of its people.</summary>
internal sealed record Asked(string Contact)
{
    private const int Deals = 20;

    /// <summary>One contact by its id.</summary>
    public string OneContact => Body(
        "query ($id: ID!) { contact(id: $id) { id firstName lastName displayName jobTitle email tags } }", new { id = Contact });

    /// <summary>Deals, their companies, and the companies' people: three questions to services, one after the other.</summary>
    public string TwentyDeals { get; } = Body(
        """
        query ($first: Int) { deals(first: $first) { nodes {
          id name status probability expectedCloseOn amount account { name industry contacts(first: 2) { nodes { displayName email jobTitle } } } } } }
        """,
        new { first = Deals });

    /// <summary>Enters all of it, and waits until every service has heard of it.</summary>
    public static async Task<Asked> Enter(Ground ground)
    {
        await Ground.Answers(ground.Ready(0), TimeSpan.FromSeconds(60));
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ground.Token);
        var pipeline = $"http://127.0.0.1:{ground.Port + 6}/api/v1";
        await Post(http, $"{pipeline}/pipelines/default", new { });
        var contact = "";
        for (var i = 0; i < Deals; i++)
        {
            var company = new { name = $"Company {i}", industry = "Logistics", website = $"https://c{i}.example" };
            var account = await Post(http, $"{ground.Contacts}/accounts", company);
            foreach (var name in (string[])["Ada", "Grace"])
                contact = await Post(http, $"{ground.Contacts}/contacts", new
                {
                    firstName = name,
                    lastName = $"Hopper {i}",
                    email = $"{name}.{i}@mail.example",
                    jobTitle = "Head of purchasing",
                    tags = new[] { "vip" },
                    accountId = account,
                });
            var deal = new { name = $"Deal {i}", accountId = account, expectedCloseOn = "2030-06-30", amount = new { amount = "12000.50", currency = "EUR" } };
            await Post(http, $"{pipeline}/deals", deal);
        }
        foreach (var service in (string[])["contacts", "pipeline"])
            await Foundation.Backlog.Told(ground, TimeSpan.FromMinutes(1), service);
        return new(contact);
    }

    /// <summary>Both gateways answer alike, or the comparison would be of different things.</summary>
    public async Task SameAnswers(string ours, string theirs, string token)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var body in (string[])[OneContact, TwentyDeals])
        {
            var answers = new List<JsonNode?>();
            foreach (var url in (string[])[ours, theirs])
            {
                using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
                using var answer = await http.PostAsync(new Uri(url), content);
                answers.Add(JsonNode.Parse(await answer.Content.ReadAsStringAsync()));
            }
            if (!JsonNode.DeepEquals(answers[0], answers[1]) || answers[0]?["errors"] is not null)
                throw new InvalidOperationException($"They do not answer alike:\n{answers[0]?.ToJsonString()}\n{answers[1]?.ToJsonString()}");
        }
    }

    private static string Body(string query, object variables) => JsonSerializer.Serialize(new { query, variables });

    // A deal is taken when the service has heard of its company.
    private static async Task<string> Post(HttpClient http, string url, object body)
    {
        for (var tries = 0; ; tries++)
        {
            using var answer = await http.PostAsJsonAsync(new Uri(url), body);
            if (answer.IsSuccessStatusCode)
                return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
            if (tries == 100)
                throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
            await Task.Delay(100);
        }
    }
}
