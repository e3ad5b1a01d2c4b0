using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace CrmPlatform.Tidy.Tests;

/// <summary>Who may know whom. The compiler holds what is not referenced; this holds the references.</summary>
public sealed class LayerTests
{
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Contracts"] = [],
        ["Query"] = [],
        ["Access"] = [],
        ["Journal"] = ["Contracts", "Access"],
        ["Records"] = ["Journal", "Query", "Contracts", "Access"],
        ["Hosting"] = ["Records", "Journal", "Query", "Contracts", "Access"],
    };

    [Fact]
    public void Shared_projects_know_only_the_layers_below() => Tree.Tidy(
        from project in Tree.In("shared/", ".csproj")
        let name = Path.GetFileNameWithoutExtension(project)
        from known in ReferencesOf(project)
        where !MayKnow.TryGetValue(name, out var allowed) || !allowed.Contains(Path.GetFileNameWithoutExtension(known))
        select $"{project} references {known}: {name} may know {string.Join(", ", MayKnow.GetValueOrDefault(name, ["nobody"]))}.");

    [Fact]
    public void Services_and_the_gateway_reference_shared_projects_alone() => Tree.Tidy(
        from project in Tree.In("services/", ".csproj").Concat(Tree.In("gateway/", ".csproj"))
        from known in ReferencesOf(project)
        where !known.StartsWith("shared/", StringComparison.Ordinal)
        select $"{project} references {known}: a service learns from others by events, never by their code.");

    [Fact]
    public void The_language_of_the_graph_knows_nothing_of_the_platform() => Tree.Tidy(
        from path in Tree.In("gateway/Graph/Language/", ".cs").Concat(Tree.In("gateway/Graph/Schema/", ".cs"))
        from Match found in Regex.Matches(Tree.Text(path), @"\bCrmPlatform\.(?!Graph\.(Language|Schema)\b)[\w.]+")
        select $"{path} knows {found.Value}: what GraphQL is must not depend on what is kept here.");

    [Fact]
    public void No_service_calls_another_over_HTTP() => Tree.Tidy(
        from path in Tree.In("services/", ".cs")
        where path != "services/Integrations/Sending/Sender.cs" // speaks to strangers alone: its guard refuses whatever is this installation's
            && Regex.IsMatch(Tree.Text(path), @"\bI?HttpClient(Factory)?\b")
        select $"{path} uses HttpClient: a service asks nobody, it hears events and keeps what it needs.");

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Tree.Text("CrmPlatform.slnx");
        Tree.Tidy(
            from project in Tree.In("", ".csproj")
            where !solution.Contains($"\"{project}\"", StringComparison.Ordinal)
            select $"{project} is not in CrmPlatform.slnx.");
    }

    [Fact]
    public void Every_service_runs_in_AllInOne_and_alone()
    {
        var all = Tree.Text("deploy/AllInOne/Program.cs");
        Tree.Tidy(
            from service in Tree.Services
            from complaint in new[]
            {
                all.Contains($"new {service}Service()", StringComparison.Ordinal)
                    ? null : $"{service} is not in deploy/AllInOne/Program.cs.",
                Tree.Has($"services/{service}/Program.cs") ? null : $"{service} has no Program.cs: it cannot run alone.",
                Tree.Has($"tests/{service}.Tests") ? null : $"{service} has no tests/{service}.Tests.",
            }.OfType<string>()
            select complaint);
    }

    [Fact]
    public void Two_apps_never_want_one_port() => Tree.Tidy(
        from offset in
            from path in Tree.In("services/", "Service.cs").Concat(Tree.In("gateway/", "App.cs"))
            from Match found in Regex.Matches(Tree.Text(path), @"PortOffset => (\d+)")
            group path by found.Groups[1].Value
        where offset.Count() > 1
        select $"{string.Join(" and ", offset)} want the same PortOffset {offset.Key}.");

    private static IEnumerable<string> ReferencesOf(string project) =>
        from reference in XDocument.Parse(Tree.Text(project)).Descendants("ProjectReference")
        let path = Path.Combine(Tree.Root, Path.GetDirectoryName(project)!, reference.Attribute("Include")!.Value.Replace('\\', '/'))
        select Path.GetRelativePath(Tree.Root, Path.GetFullPath(path));
}
