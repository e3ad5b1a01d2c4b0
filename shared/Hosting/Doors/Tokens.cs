using CrmPlatform.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Hosting.Doors;

/// <summary>The token check, the same in the edge and in every service: nobody believes anything because somebody else did.</summary>
public static class Tokens
{
    /// <summary>Adds the keys of the installation and the check over them.</summary>
    public static void AddTokens(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(p => KeyRing.From(settings.Keys, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<KeyRing>>()));
        services.AddSingleton(p => new TokenCheck(p.GetRequiredService<KeyRing>(), p.GetRequiredService<TimeProvider>(), settings.Issuer));
    }
}
