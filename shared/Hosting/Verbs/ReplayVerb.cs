using System.Globalization;
using CrmPlatform.Journal.Relay;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CrmPlatform.Hosting.Verbs;

/// <summary>Tells one queue again what a service told.</summary>
internal static class ReplayVerb
{
    public static async Task<int> Run(string[] arguments, Settings settings, IReadOnlyList<App> apps)
    {
        var (from, withoutFrom) = Verb.Option(arguments, "--from");
        var (since, rest) = Verb.Option(withoutFrom, "--since");
        if (rest is not [var service, var queue])
            throw new SettingsException("replay needs a service and a queue: replay contacts analytics [--from POSITION] [--since TIME]");
        if (apps.OfType<Service>().All(s => s.Name != service))
            throw new SettingsException($"There is no service '{service}'.");

        await using var ops = NpgsqlDataSource.Create(settings.Database(service, ops: true));
        await using var broker = new Broker(settings.RabbitMq, "crm replay", NullLogger<Broker>.Instance);
        var told = await Replay.Run(
            service, ops, broker, queue,
            from.Count == 0 ? 1 : long.Parse(from[^1], CultureInfo.InvariantCulture),
            since.Count == 0 ? DateTimeOffset.MinValue : DateTimeOffset.Parse(since[^1], CultureInfo.InvariantCulture),
            CancellationToken.None);
        Console.WriteLine($"{told} entries of {service} told to {queue} again.");
        return 0;
    }
}
