using CrmPlatform.Hosting.Verbs.Catalogue;

namespace CrmPlatform.Hosting.Verbs;

/// <summary>Something a program of the platform can do besides running.</summary>
/// <param name="Name">The first argument that asks for it.</param>
/// <param name="Meaning">What it does and which arguments it takes.</param>
/// <param name="Do">Does it, with the arguments after the name, and gives the exit code.</param>
public sealed record Verb(string Name, string Meaning, Func<string[], Settings, IReadOnlyList<App>, Task<int>> Do)
{
    private static readonly Verb[] All =
    [
        new("provision", "create databases and logins, migrate, declare exchange and queues", ProvisionVerb.Run),
        new("keys", "make the key that signs anchors if there is none, and publish its public half", KeysVerb.Run),
        new("verify", "prove that no journal was changed: [service]…", VerifyVerb.Run),
        new("replay", "tell a queue again what a service told: SERVICE QUEUE [--from POSITION] [--since TIME]", ReplayVerb.Run),
        new("rebuild", "make the copies a running service keeps of another one's records anew: SERVICE SOURCE", RebuildVerb.Run),
        new("events", "print the catalogue of events", EventsVerb.Run),
        new("asyncapi", "print it for programs; or say what it breaks for who relies on one before: [--against FILE]", AsyncApiVerb.Run),
        new("records", "print which records there are with which fields, as integrations reads it", RecordsVerb.Run),
        new("settings", "print the environment variables", SettingsVerb.Run),
    ];

    internal static async Task<int> Run(string name, string[] arguments, Settings settings, IReadOnlyList<App> apps, IReadOnlyList<Verb> more)
    {
        Verb[] all = [.. All, .. more];
        if (Array.Find(all, v => v.Name == name) is { } verb)
            return await verb.Do(arguments, settings, apps);
        await Console.Error.WriteLineAsync($"'{name}' is no verb of this program. There are:");
        foreach (var known in all)
            await Console.Error.WriteLineAsync($"  {known.Name,-10} {known.Meaning}");
        return 2;
    }

    /// <summary>The values of an option that may be given several times, and what is left.</summary>
    public static (IReadOnlyList<string> Values, string[] Others) Option(string[] arguments, string name)
    {
        var (values, rest) = (new List<string>(), new List<string>());
        for (var i = 0; i < arguments.Length; i++)
            if (arguments[i] != name)
                rest.Add(arguments[i]);
            else if (++i < arguments.Length)
                values.Add(arguments[i]);
            else
                throw new SettingsException($"{name} needs a value.");
        return (values, [.. rest]);
    }
}
