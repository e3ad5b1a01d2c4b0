using CrmPlatform.Access;
using CrmPlatform.Journal.Chain;
using Npgsql;

namespace CrmPlatform.Hosting.Verbs;

/// <summary>Proves the journals: 0 when everything is as it was told, 1 with a sentence for each thing that is not.</summary>
internal static class VerifyVerb
{
    public static async Task<int> Run(string[] arguments, Settings settings, IReadOnlyList<App> apps)
    {
        var services = apps.OfType<Service>().Where(s => arguments.Length == 0 || arguments.Contains(s.Name)).ToList();
        if (arguments.Except(services.Select(s => s.Name)).FirstOrDefault() is { } unknown)
            throw new SettingsException($"There is no service '{unknown}'.");

        using var keys = KeyRing.FromFile(settings.AnchorKeys, TimeProvider.System);
        var sound = true;
        foreach (var service in services)
        {
            await using var ops = NpgsqlDataSource.Create(settings.Database(service.Name, ops: true));
            var anchors = settings.Anchors is { } folder ? Anchors.Read(folder, service.Name, keys) : [];
            var proof = await Verify.Run(ops, anchors, CancellationToken.None);
            Console.WriteLine($"{service.Name}: {proof.Entries} entries, {proof.Anchors} anchors, {(proof.Findings.Count == 0 ? "whole" : "NOT whole")}");
            foreach (var finding in proof.Findings)
                Console.WriteLine($"  {finding}");
            sound &= proof.Findings.Count == 0;
        }
        return sound ? 0 : 1;
    }
}
