using System.Text.RegularExpressions;
using CrmPlatform.Hosting;
using Xunit;

namespace CrmPlatform.Tidy.Tests;

/// <summary>What documents say is so: generated pages equal their source, named paths exist, decisions have their form.</summary>
public sealed partial class DocumentTests
{
    [Theory]
    [InlineData("docs/events.md", "events")]
    [InlineData("docs/asyncapi.json", "asyncapi")]
    [InlineData("docs/configuration.md", "settings")]
    [InlineData("services/Integrations/Catalogue/records.json", "records")]
    public void A_generated_page_is_what_its_verb_prints(string page, string verb)
    {
        var printed = Printed.By(verb);

        if (Environment.GetEnvironmentVariable("CRM_TIDY_WRITE") is not null)
            File.WriteAllText(Path.Combine(Tree.Root, page), printed);
        Assert.True(
            Tree.Has(page) && Tree.Text(page) == printed,
            $"{page} is not what the verb `{verb}` prints: write it anew (CONTRIBUTING.md says how).");
    }

    [Fact]
    public void Every_path_named_in_a_document_exists() => Tree.Tidy(
        from document in Tree.In("", ".md")
        let text = Fenced().Replace(Tree.Text(document), "")
        from Match named in Quoted().Matches(text).Concat(Linked().Matches(text))
        let path = named.Groups["path"].Value
        where LooksLikeAPath(path) && !Exists(document, path)
        select $"{document} names {path}, which does not exist.");

    [Fact]
    public void Every_page_named_anywhere_exists() => Tree.Tidy(
        from path in Tree.Files
        where Path.GetExtension(path) is "" or ".cs" or ".sh" or ".yml" or ".yaml" or ".mjs" or ".props" or ".sql"
        from Match named in Regex.Matches(Tree.Text(path), @"\bdocs/[\w/-]+\.md\b")
        where !Tree.Has(named.Value)
        select $"{path} names {named.Value}, which does not exist.");

    [Fact]
    public void Every_decision_has_its_form() => Tree.Tidy(
        from path in Tree.In("docs/decisions/", ".md")
        let text = Tree.Text(path)
        let headings = Heading().Matches(text).Select(m => m.Groups[1].Value).ToList()
        from complaint in new[]
        {
            Regex.IsMatch(path, @"/\d{4}-[a-z0-9-]+\.md$") ? null : $"{path} is not named NNNN-title.md.",
            Regex.IsMatch(text, $@"^# {Regex.Match(path, @"/(\d{4})").Groups[1].Value} \S")
                ? null : $"{path} does not begin with its number and title.",
            headings.SequenceEqual(["Context", "Decision", "Consequence"])
                ? null : $"{path} has not the headings Context, Decision, Consequence.",
            text.Split('\n').Length <= 70 ? null : $"{path} is longer than a page.",
        }.OfType<string>()
        select complaint);

    [Fact]
    public void Decisions_are_numbered_without_a_gap() => Tree.Tidy(
        from numbered in Tree.In("docs/decisions/", ".md").Select((path, i) => (path, number: i + 1))
        where !Path.GetFileName(numbered.path).StartsWith($"{numbered.number:0000}-", StringComparison.Ordinal)
        select $"{numbered.path} should be number {numbered.number:0000}.");

    [Fact]
    public void Every_public_type_of_the_platform_says_what_it_is() => Tree.Tidy(
        from known in new[]
        {
            typeof(CrmHost), typeof(Journal.Session), typeof(Query.Filter), typeof(Access.Actor), typeof(Contracts.RecordEvent),
        }
        let assembly = known.Assembly
        from type in assembly.GetExportedTypes()
        where !Documented.In(assembly).Contains($"T:{type.FullName!.Replace('+', '.')}")
        select $"{type.FullName} has no doc sentence.");

    private static bool LooksLikeAPath(string named) =>
        !Placeholder().IsMatch(named)
        && (Tree.Files.Any(f => f.Split('/')[0] == named.Split('/')[0]) || FileName().IsMatch(named));

    private static bool Exists(string document, string path)
    {
        var bare = path.Split('#')[0];
        var beside = Path.GetRelativePath(Tree.Root, Path.GetFullPath(Path.Combine(Tree.Root, Path.GetDirectoryName(document)!, bare)));
        var pattern = new Regex($"^{Regex.Escape(bare.TrimEnd('/')).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}(/|$)");
        return bare.Length == 0 || Tree.Has(bare) || Tree.Has(beside)
            || bare.Contains('*', StringComparison.Ordinal) && Tree.Files.Any(f => pattern.IsMatch(f))
            || !bare.Contains('/', StringComparison.Ordinal) && Tree.Files.Any(f => Path.GetFileName(f) == bare);
    }

    [GeneratedRegex("```[\\s\\S]*?```")]
    private static partial Regex Fenced();

    [GeneratedRegex(@"`(\./)?(?<path>[\w.-]+(/[\w.*<>…-]+)*/?)`")]
    private static partial Regex Quoted();

    // An address, a name to fill in, a path of a URL, what git does not keep.
    [GeneratedRegex(@"://|[<…]|^/|^\.crm")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^\.{0,2}/?[\w./-]+\.(md|cs|sql|mjs|ya?ml|csproj|slnx)$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"\]\((?<path>[^)\s]+)\)")]
    private static partial Regex Linked();

    [GeneratedRegex(@"^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
