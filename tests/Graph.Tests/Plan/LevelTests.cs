using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Plan;

/// <summary>However many records a level has, their service is asked once for each type; one that is away takes only its own with it.</summary>
public sealed class LevelTests
{
    private const string Nest = """
        query ($filter: String!, $first: Int!) {
          accounts(filter: $filter, first: $first) {                     # accounts
            totalCount
            nodes {
              owner { name }                                             # users
              contacts(first: 2, sort: "lastName") {                     # contacts
                nodes {
                  lastName
                  accountContacts(first: 5) {                            # accountContacts
                    nodes {
                      role
                      account {                                          # accounts
                        name
                        owner { email teamsByOwner { totalCount } }      # users, teams
                        parent { name }                                  # accounts
                      }
                    }
                  }
                  reportsTo { displayName reportsTo { displayName } }    # contacts, contacts
                }
              }
              all: contacts { totalCount }
            }
          }
        }
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    public async Task A_nest_of_levels_asks_once_for_each_type_and_level(int parents)
    {
        var crm = await TestCrm.Tenant();
        await using var counting = await Counting.Of(crm);
        await Fill(crm, parents);
        await counting.Graph.Data("{ accounts(first: 1) { totalCount } }"); // the graph is known now
        counting.Asked();

        var found = new List<JsonElement>();
        for (var from = 0; from < parents; from += 200)
            found.Add(await counting.Graph.Data(Nest, new { filter = $"employees > {from} and employees <= {from + 200}", first = 200 }));

        var requests = found.Count;
        Assert.Equal(parents, found.Sum(f => f.At("accounts.totalCount").GetInt32()));
        var accounts = found.SelectMany(f => f.At("accounts.nodes").EnumerateArray()).ToList();
        Assert.All(accounts, a => Assert.Equal("Owner", a.At("owner.name").GetString()));
        Assert.All(accounts, a => Assert.Equal(["First", "Second"], a.At("contacts.nodes").EnumerateArray().Select(c => c.At("lastName").GetString())));
        Assert.All(accounts, a => Assert.Equal("Parent", a.At("contacts.nodes.0.accountContacts.nodes.0.account.parent.name").GetString()));
        string[] expected =
        [
            "accountContacts", "accounts", "accounts", "accounts", "contacts", "contacts", "contacts", "teams", "users", "users",
        ];
        Assert.Equal(expected.SelectMany(e => Enumerable.Repeat(e, requests)), counting.Asked());
    }

    [Fact]
    public async Task A_service_that_is_away_takes_only_its_own_fields_with_it()
    {
        var crm = await TestCrm.Tenant();
        await using var counting = await Counting.Of(crm);
        await Fill(crm, 1);
        await counting.Graph.Data("{ accounts { totalCount } }");
        counting.Cut = "identity";

        var answer = await counting.Graph.Ask(
            "{ accounts(filter: \"employees > 0\") { nodes { owner { name } contacts(sort: \"lastName\") { nodes { lastName } } } } users { nodes { id } } }");

        Assert.Equal(["service_unavailable", "service_unavailable"], answer.Codes());
        Assert.Equal(
            ["accounts/nodes/0/owner", "users"],
            answer.At("errors").EnumerateArray().Select(e => string.Join('/', e.At("path").EnumerateArray().Select(p => p.ToString()))).Order());
        Assert.Equal(JsonValueKind.Null, answer.At("data.users").ValueKind);
        Assert.Equal("First", answer.At("data.accounts.nodes.0.contacts.nodes.0.lastName").GetString());
        Assert.DoesNotContain("127.0.0.1", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_or_not_seen_shifts_nobody_and_what_is_known_is_not_asked()
    {
        var crm = await TestCrm.Tenant();
        await using var counting = await Counting.Of(crm);
        var (kept, gone) = (await crm.Given("accounts", new { name = "Kept" }), await crm.Given("accounts", new { name = "Gone" }));
        foreach (var (name, account) in new (string, Guid?)[] { ("A", kept), ("B", gone), ("C", null), ("D", kept) })
            await crm.Given("contacts", new { lastName = name, accountId = account });
        (await crm.Contacts.Delete($"/accounts/{gone}")).Expect(204);
        await counting.Graph.Data("{ contacts { totalCount } }");
        counting.Asked();

        var data = await counting.Graph.Data("{ contacts(sort: \"lastName\") { nodes { lastName account { id name } } } }");
        var asked = counting.Asked();
        await counting.Graph.Data("{ contacts(sort: \"lastName\") { nodes { lastName account { id __typename } } } }");

        Assert.Equal(
            ["A Kept", "B ", "C ", "D Kept"],
            data.At("contacts.nodes").EnumerateArray().Select(c =>
                $"{c.At("lastName")} {(c.At("account").ValueKind == JsonValueKind.Null ? "" : c.At("account.name").GetString())}"));
        Assert.Equal(["accounts", "contacts"], asked);
        Assert.Equal(["contacts"], counting.Asked());
    }

    private static async Task Fill(TestCrm crm, int parents)
    {
        var owner = (await crm.Service("identity").Post("/users", new { name = "Owner", email = "owner@x.example" })).Expect(201).Id;
        var parent = await crm.Given("accounts", new { name = "Parent" });
        var accounts = await Batch(
            crm, "accounts", Enumerable.Range(1, parents).Select(i => new { name = $"Account {i}", employees = i, ownerId = owner, parentId = parent }));
        var top = await crm.Given("contacts", new { lastName = "Top" });
        var first = await Batch(crm, "contacts", accounts.Select(a => new { lastName = "First", accountId = a, reportsToId = top }));
        await Batch(crm, "contacts", accounts.Zip(first, (a, boss) => new { lastName = "Second", accountId = a, reportsToId = boss }));
        await Batch(crm, "contacts", accounts.Select(a => new { lastName = "Third", accountId = a }));
        await Batch(crm, "accountContacts", first.Zip(accounts, (c, a) => new { contactId = c, accountId = a, role = "adviser" }));
    }

    private static async Task<List<Guid>> Batch(TestCrm crm, string plural, IEnumerable<object> records)
    {
        var operations = records.Select(fields => new { @do = "create", fields });
        var answer = (await crm.Contacts.Post($"/{plural}/batch", new { atomic = true, operations })).Expect(200);
        return [.. answer["items"].EnumerateArray().Select(item => item.At("record.id").GetGuid())];
    }
}
