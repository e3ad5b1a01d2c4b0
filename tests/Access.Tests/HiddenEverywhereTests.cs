using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Access.Tests;

/// <summary>
/// What is hidden from somebody in one service is hidden in those that have heard of it, too: in timelines, figures and the audit, which come of its events.
/// </summary>
public sealed class HiddenEverywhereTests
{
    [Fact]
    public async Task What_came_of_an_event_says_nothing_of_hidden_and_masked_fields_in_any_service()
    {
        var crm = await TestCrm.Tenant();
        var marker = $"m{Guid.CreateVersion7():N}";
        var account = (await crm.Contacts.Post("/accounts", new { name = "Engines", industry = marker })).Expect(201).Id;
        var contact = (await crm.Contacts.Post(
            "/contacts", new { lastName = "Lovelace", accountId = account, jobTitle = marker, department = marker })).Expect(201);
        (await crm.Contacts.Patch($"/contacts/{contact.Id}", new { jobTitle = $"{marker} 2", department = $"{marker} 2", firstName = "Ada" })).Expect(200);
        var services = Route.All(crm).Select(r => r.Service).Distinct().ToList();
        foreach (var service in services)
            await crm.Told(service, "identity.role", Guid.CreateVersion7(), 1, JsonSerializer.Serialize(new
            {
                name = "clerk",
                slices = new[] { "*" },
                privileges = new[] { "audit", "export" },
                records = new[]
                {
                    new
                    {
                        record = "*",
                        read = "all",
                        export = "all",
                        fields = new[]
                        {
                            new { field = "jobTitle", right = "hidden" }, new { field = "department", right = "masked" },
                            new { field = "industry", right = "hidden" },
                        },
                    },
                },
            }));
        var token = crm.TokenOf(Guid.CreateVersion7(), ["clerk"]);
        var (timeline, figures) = ($"/timeline/{contact.Id}", "/analytics/contacts-by-industry");
        // The first name is in the change alone, which comes after all that happened before.
        await TestCrm.Eventually(async () => Assert.Contains("firstName", (await crm.Service("activities").Get(timeline)).Text, StringComparison.Ordinal));
        await TestCrm.Eventually(async () => Assert.Contains(marker, (await crm.Service("analytics").Get(figures)).Text, StringComparison.Ordinal));

        var told = (await crm.Service("activities").WithToken(token).Get(timeline)).Expect(200).Text;
        Assert.Contains("firstName", told, StringComparison.Ordinal);
        Assert.DoesNotContain("jobTitle", told, StringComparison.Ordinal);
        Assert.DoesNotContain("department", told, StringComparison.Ordinal);
        var asked = 0;
        foreach (var route in Route.All(crm).Where(r => !r.Changes))
        {
            var about = route.Plural is "accounts" ? account : route.Plural is "operations" ? contact.Operation : contact.Id;
            var answer = await crm.Service(route.Service).WithToken(token).Send(route.Method, route.Path(about));
            Assert.True(answer.Status < 500, $"{route}: {answer}");
            Assert.DoesNotContain(marker, answer.Text, StringComparison.Ordinal);
            asked += answer.Status == 200 ? 1 : 0;
        }
        Assert.True(asked > 50, $"Only {asked} questions were answered.");
    }
}
