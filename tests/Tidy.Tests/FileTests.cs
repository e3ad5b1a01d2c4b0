using System.Text.RegularExpressions;
using Xunit;

namespace CrmPlatform.Tidy.Tests;

/// <summary>Files stay small, lines short, and what is not wanted here stays out.</summary>
public sealed class FileTests
{
    private const int LongestFile = 300;
    private const int LongestLine = 160;

    // What is not used here, and the sentence a reviewer would write.
    private static readonly (string Pattern, string Instead)[] NotHere =
    [
        (@"\bDateTime(Offset)?\.(Utc)?Now\b", "takes the time from the clock of the machine: inject TimeProvider"),
        (@"\bGuid\.NewGuid\(", "makes a random key: Guid.CreateVersion7 keeps new rows together"),
        (@"\.Result\b(?!\s*[=.(<{])|\.Wait\(\)|\.GetAwaiter\(\)\.GetResult\(\)", "waits for a task with a thread: await it"),
        (@"\basync void\b", "has an async void: nobody can await it or see it fail"),
        (@"\bcatch\s*(\([^)]*\))?\s*\{\s*\}", "swallows an exception without a word"),
        (@"\bselect\s+\*(?! from unnest\()", "selects *: name the columns"),
        (@"^\s*#\s*region", "has a #region: make it smaller instead"),
        (@"\bThread\.Sleep\b", "sleeps: wait for a condition"),
        (@"\b(MediatR|AutoMapper|FluentValidation|EntityFrameworkCore)\b", "uses a library this code base does without"),
        (@"^\s*//\s*[\w.]+\(.*\);\s*$", "keeps commented-out code: git remembers it"),
        (@"\bif \(\w*[aA]llInOne\w*\)", "asks how it is deployed: there are no modes"),
        (@"^    (public|internal|private|protected)( \w+)* static "
            + @"(?!readonly|partial|async|implicit|explicit|class|record)[\w<>?\[\], ]+ \w+( = [^>].*)?;",
            "has a mutable static: two apps of one process would share it"),
    ];

    [Fact]
    public void Files_and_lines_are_short() => Tree.Tidy(
        from path in Tree.In("", ".cs")
        let lines = Tree.Text(path).Split('\n')
        from part in lines.Select((line, i) => (Where: $"{path}:{i + 1}", line.Length, Unit: "characters", Most: LongestLine))
            .Append((Where: path, Length: lines.Length - 1, Unit: "lines", Most: LongestFile))
        where part.Length > part.Most
        select $"{part.Where} has {part.Length} {part.Unit}: {part.Most} are the most.");

    [Fact]
    public void Nothing_unwanted_is_used() => Tree.Tidy(
        from path in Tree.In("", ".cs")
        where path != "tests/Tidy.Tests/FileTests.cs"
        let text = Tree.Text(path)
        from rule in NotHere
        from Match found in Regex.Matches(text, rule.Pattern, RegexOptions.Multiline)
        select $"{path}:{text.AsSpan(0, found.Index).Count('\n') + 1} {rule.Instead}.");

    [Fact]
    public void No_folder_collects_what_has_no_name() => Tree.Tidy(
        from path in Tree.Files
        where path.Split('/')[..^1].Any(folder => folder is "Common" or "Utils" or "Helpers" or "Misc")
        select $"{path} lies in a folder that says nothing.");

    [Fact]
    public void No_interface_has_a_single_implementation()
    {
        var all = Tree.In("", ".cs").Select(path => (Path: path, Text: Tree.Text(path))).ToList();
        Tree.Tidy(
            from file in all
            where !file.Path.StartsWith("tests/", StringComparison.Ordinal)
            from Match found in Regex.Matches(file.Text, @"\binterface (I[A-Z]\w+)")
            let name = found.Groups[1].Value
            let makers = all.Sum(f => Regex.Count(f.Text, $@"(class|record|struct) \w+[^\n{{;]*[:,]\s*{name}\b"))
            where makers < 2
            select $"{file.Path} declares {name} for {makers} implementation(s): an interface needs two.");
    }

    [Fact]
    public void The_product_says_nothing_of_who_made_it_and_where() => Tree.Tidy(
        from path in Tree.Files
        where IsText(path) && path != "tests/Tidy.Tests/FileTests.cs" && !path.EndsWith("packages.lock.json", StringComparison.Ordinal)
        let text = Tree.Text(path)
        from rule in new[]
        {
            (@"\bTODO\b|\bFIXME\b|\bXXX\b", "leaves something to do: do it, or open an issue"),
            (@"(?<![\w.~}$""])/(home|root|Users|work)/\w", "names a path of one machine"),
            (@"\b(api\.nuget\.org|registry\.npmjs\.org|pkgs\.dev\.azure\.com|[\w.-]*artifactory[\w.-]*)",
                "names a package registry: that is the machine's business"),
        }
        from Match found in Regex.Matches(text, rule.Item1)
        select $"{path}:{text.AsSpan(0, found.Index).Count('\n') + 1} {rule.Item2}.");

    private static bool IsText(string path) =>
        Path.GetExtension(path) is not (".png" or ".jpg" or ".gif" or ".ico" or ".woff" or ".woff2" or ".gz" or ".zip" or ".pdf");
}
