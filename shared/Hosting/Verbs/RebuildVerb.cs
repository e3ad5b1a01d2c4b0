using CrmPlatform.Journal.Relay;
using CrmPlatform.Journal.Replicas;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CrmPlatform.Hosting.Verbs;

/// <summary>Makes the copies that a running service keeps of another one's records anew from that one's journal.</summary>
internal static class RebuildVerb
{
    public static async Task<int> Run(string[] arguments, Settings settings, IReadOnlyList<App> apps)
    {
        if (arguments is not [var name, var source])
            throw new SettingsException("rebuild needs a service and whose records it has copies of: rebuild pipeline contacts");
        var services = apps.OfType<Service>().ToDictionary(s => s.Name);
        if (!services.TryGetValue(name, out var service) || !services.ContainsKey(source))
            throw new SettingsException($"There is no service '{(services.ContainsKey(name) ? source : name)}'.");
        var parts = service.Journal(settings);
        if (!parts.Sources.Contains(source))
            throw new SettingsException($"{name} keeps no copies of records of {source}; of {string.Join(", ", parts.Sources)} it does.");

        await using var from = NpgsqlDataSource.Create(settings.Database(source, ops: true));
        await using var to = NpgsqlDataSource.Create(settings.Database(name, ops: true));
        await using var broker = new Broker(settings.RabbitMq, "crm rebuild", NullLogger<Broker>.Instance);
        var told = await Rebuild.Run(parts, source, from, to, broker, TimeProvider.System, CancellationToken.None);
        Console.WriteLine($"{name} has made its copies of records of {source} anew, from {told} entries.");
        return 0;
    }
}
