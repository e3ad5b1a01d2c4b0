using System.Diagnostics;

namespace CrmPlatform.Tidy.Tests;

/// <summary>The repository as git sees it: tracked files, and new ones that are not ignored.</summary>
internal static class Tree
{
    /// <summary>Where the repository is.</summary>
    public static readonly string Root = FindRoot();

    /// <summary>All files, by their path from the root.</summary>
    public static readonly IReadOnlyList<string> Files = List();

    private static readonly HashSet<string> Known = [.. Files, .. Files.SelectMany(FoldersOf)];

    /// <summary>The services by the name of their folder: <c>Contacts</c>.</summary>
    public static IReadOnlyList<string> Services =>
        [.. In("services/", ".csproj").Select(p => p.Split('/')).Where(p => p.Length == 3).Select(p => p[1])];

    /// <summary>Files under a folder with an ending.</summary>
    public static IEnumerable<string> In(string folder, string ending) =>
        Files.Where(f => f.StartsWith(folder, StringComparison.Ordinal) && f.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>The text of a file.</summary>
    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Whether there is a file or folder of this path.</summary>
    public static bool Has(string path) => Known.Contains(path.TrimEnd('/'));

    /// <summary>Fails with all complaints at once, one sentence each.</summary>
    public static void Tidy(IEnumerable<string> complaints)
    {
        var all = complaints.ToList();
        if (all.Count > 0)
            Xunit.Assert.Fail(string.Join('\n', all));
    }

    private static IEnumerable<string> FoldersOf(string file)
    {
        for (var cut = file.LastIndexOf('/'); cut > 0; cut = file.LastIndexOf('/', cut - 1))
            yield return file[..cut];
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CrmPlatform.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not lie in the repository.");
        return folder;
    }

    private static List<string> List()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var names = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return [.. names.Distinct().Where(name => File.Exists(Path.Combine(Root, name))).Order(StringComparer.Ordinal)];
    }
}
