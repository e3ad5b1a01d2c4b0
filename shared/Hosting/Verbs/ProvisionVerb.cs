using CrmPlatform.Hosting.Database;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Hosting.Verbs;

/// <summary>Makes databases and broker ready for all services of this program.</summary>
internal static class ProvisionVerb
{
    public static async Task<int> Run(string[] arguments, Settings settings, IReadOnlyList<App> apps)
    {
        using var logs = LoggerFactory.Create(l => l.AddSimpleConsole(c => c.SingleLine = true));
        await new Provisioning(settings, logs).Run(apps.OfType<Service>(), CancellationToken.None);
        return 0;
    }
}
