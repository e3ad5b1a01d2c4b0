using CrmPlatform.Access.Roles;
using CrmPlatform.Access.Tests.Matrix;
using CrmPlatform.Hosting;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Access.Tests;

/// <summary>Rules that can be passed over with a reason, in every service, by everybody there can be: as their role names them, and no other way.</summary>
public sealed class OverrideTests
{
    [Fact]
    public async Task A_rule_is_passed_over_by_whose_role_names_it_and_by_administrators()
    {
        var crm = await TestCrm.Tenant();
        var services = crm.Home.Apps.OfType<Service>().Select(app => app.Name).ToList();
        var askers = await Asker.All(crm, services, Guid.CreateVersion7(), Guid.CreateVersion7());
        var (wrong, asked) = (new List<string>(), 0);
        foreach (var service in services)
            foreach (var asker in askers)
            {
                var model = (await crm.Service(service).WithToken(asker.Token).Get("/model")).Expect(200);
                foreach (var rule in model["overrides"].EnumerateArray())
                {
                    var (name, allowed) = (rule.GetProperty("name").GetString()!, rule.GetProperty("allowed").GetBoolean());
                    asked++;
                    if (allowed != (asker.Rights.IsEverything || asker.Role.Slices.Contains(name)))
                        wrong.Add($"{service}: {name} is {(allowed ? "" : "not ")}allowed to {asker}.");
                    if (asker.Role.Name == "manager" && !allowed)
                        wrong.Add($"{service}: {name} is not a manager's: name it in ReadyMade.");
                }
            }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(asked >= 2 * askers.Count, $"Only {asked} rules were asked for."); // of leads and of deals
    }

    [Fact]
    public void Those_who_sell_may_use_all_slices_and_pass_over_nothing() =>
        Assert.Equal([RoleRules.Any], ReadyMade.Roles["sales"].Slices);
}
