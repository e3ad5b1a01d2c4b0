using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace CrmPlatform.Tidy.Tests;

/// <summary>Packages are few, pinned in one place, used, and under a licence that lets people use the platform.</summary>
public sealed class PackageTests
{
    private const string Versions = "Directory.Packages.props";
    private const string Licences = "docs/packages.md";

    [Fact]
    public void Every_package_that_is_pinned_is_used()
    {
        var used = Used().Select(u => u.Package).ToHashSet();
        Tree.Tidy(Pinned().Where(package => !used.Contains(package))
            .Select(package => $"{Versions} pins {package}, which no project uses."));
    }

    [Fact]
    public void Versions_stand_in_one_place_alone() => Tree.Tidy(
        from project in Tree.In("", ".csproj")
        from package in XDocument.Parse(Tree.Text(project)).Descendants("PackageReference")
        where package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null
        select $"{project} gives {package.Attribute("Include")?.Value} a version of its own: versions stand in {Versions}.");

    [Fact]
    public void Services_bring_no_packages() => Tree.Tidy(
        from use in Used()
        where use.Project.StartsWith("services/", StringComparison.Ordinal)
        select $"{use.Project} references {use.Package}: what a service needs from outside, the platform brings.");

    [Fact]
    public void Every_package_is_listed_with_a_permissive_licence()
    {
        var listed = Regex.Matches(Tree.Text(Licences), @"^\| `(?<package>[\w.]+)` \| (?<licence>[\w.-]+) \|", RegexOptions.Multiline)
            .ToDictionary(m => m.Groups["package"].Value, m => m.Groups["licence"].Value);
        Tree.Tidy(
            Pinned().Where(p => !listed.ContainsKey(p)).Select(p => $"{p} is not in {Licences} with its licence.")
                .Concat(listed.Keys.Except(Pinned()).Select(p => $"{Licences} lists {p}, which {Versions} does not pin."))
                .Concat(listed.Where(l => l.Value is not ("MIT" or "Apache-2.0" or "BSD-2-Clause" or "BSD-3-Clause" or "PostgreSQL"))
                    .Select(l => $"{l.Key} is under {l.Value}: permissive licences only.")));
    }

    [Fact]
    public void MassTransit_stays_where_its_licence_is_free() =>
        Assert.Matches("Include=\"MassTransit\" Version=\"8\\.", Tree.Text(Versions));

    private static List<string> Pinned() =>
        [.. XDocument.Parse(Tree.Text(Versions)).Descendants("PackageVersion").Select(p => p.Attribute("Include")!.Value)];

    private static IEnumerable<(string Project, string Package)> Used() =>
        from project in Tree.In("", ".csproj")
        from package in XDocument.Parse(Tree.Text(project)).Descendants("PackageReference")
        select (project, package.Attribute("Include")!.Value);
}
