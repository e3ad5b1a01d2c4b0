using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Identity.Tests.Roles;

public sealed class ListReadyMadeRolesTests
{
    [Fact]
    public async Task A_role_that_comes_with_the_platform_can_be_copied_as_it_is_told()
    {
        var crm = await TestCrm.Tenant();
        var identity = crm.Service("identity");

        var sales = (await identity.Get("/roles/readyMade")).Expect(200)["items"].EnumerateArray().Single(r => r.GetProperty("name").GetString() == "sales");

        Assert.Equal("*", sales.GetProperty("slices")[0].GetString());
        var copy = (await identity.Post("/roles", new
        {
            name = "ourSales",
            title = "Our sales",
            records = sales.GetProperty("records"),
            slices = sales.GetProperty("slices"),
            privileges = sales.GetProperty("privileges"),
        })).Expect(201);
        Assert.Equal(sales.GetProperty("records").GetArrayLength(), copy["records"].GetArrayLength());
    }
}
