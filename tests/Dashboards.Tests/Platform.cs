using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Dashboards.Tests;

/// <summary>The platform all tests here share.</summary>
internal static class Platform
{
    /// <summary>A tenant in it, once the edge knows every service: a request answered before that would count as an error.</summary>
    public static async Task<TestCrm> Ready()
    {
        var crm = await TestCrm.Tenant();
        await TestCrm.Eventually(async () =>
        {
            var health = await crm.Service("edge").Look("/health/ready");
            Assert.True(health["status"].GetString() == "ready", health.Text);
        }, TimeSpan.FromMinutes(1)); // as long as it may take to start
        return crm;
    }
}
