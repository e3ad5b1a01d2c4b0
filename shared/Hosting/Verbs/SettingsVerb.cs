namespace CrmPlatform.Hosting.Verbs;

/// <summary>The documented list of environment variables, as docs/configuration.md holds it.</summary>
internal static class SettingsVerb
{
    public static Task<int> Run(string[] arguments, Settings settings, IReadOnlyList<App> apps)
    {
        Console.Write(Preface + Table());
        return Task.FromResult(0);
    }

    private static string Table()
    {
        var rows = Settings.Documented.OrderBy(v => v.Name, StringComparer.Ordinal)
            .Select(v => $"| `{v.Name}` | {v.Meaning} | {v.Otherwise} |\n");
        return "| variable | what it is for | when not set |\n|---|---|---|\n" + string.Concat(rows);
    }

    private const string Preface =
        """
        # Configuration

        Every program of the platform is configured by environment variables alone, read once at start. `./crm` sets what a developer's
        machine needs; `docker-compose.yml` and `deploy/kubernetes` show what a cluster gives to whom.

        This page is what the verb `settings` prints; a test holds the two equal.


        """;
}
