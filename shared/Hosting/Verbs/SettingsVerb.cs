namespace CrmPlatform.Hosting.Verbs;

/// <summary>The documented list of environment variables, as docs/configuration.md holds it.</summary>
internal static class SettingsVerb
{
    public static Task<int> Run(string[] arguments, Settings settings, IReadOnlyList<App> apps)
    {
        Console.Write(Table());
        return Task.FromResult(0);
    }

    public static string Table()
    {
        var rows = Settings.Documented.OrderBy(v => v.Name, StringComparer.Ordinal).Select(v => $"| `{v.Name}` | {v.Meaning} | {v.Otherwise} |\n");
        return "| variable | what it is for | when not set |\n|---|---|---|\n" + string.Concat(rows);
    }
}
