using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CrmPlatform.Graph.Subscriptions;

/// <summary>What subscriptions consist of, in the graph's container.</summary>
internal static class Registration
{
    public static void AddSubscriptions(this IServiceCollection services)
    {
        services.AddSingleton<Hub>();
        services.AddSingleton<Revoked>();
        services.AddSingleton<Rechecks>();
        services.AddSingleton<IHostedService>(s => s.GetRequiredService<Rechecks>());
        services.AddSingleton<Feed>();
        services.AddSingleton<IHostedService>(s => s.GetRequiredService<Feed>());
    }
}
