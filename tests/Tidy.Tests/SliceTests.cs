using System.Text.RegularExpressions;
using Xunit;

namespace CrmPlatform.Tidy.Tests;

/// <summary>One use case, one file, one line in the table of contents, one test.</summary>
public sealed partial class SliceTests
{
    [Fact]
    public void Every_slice_is_named_like_its_file() => Tree.Tidy(
        from slice in Slices()
        where Path.GetFileNameWithoutExtension(slice.Path) != slice.Name
        select $"{slice.Path} holds the slice {slice.Name}: one use case, one file of its name.");

    [Fact]
    public void Every_slice_is_in_its_service_s_table_of_contents() => Tree.Tidy(
        from slice in Slices()
        let contents = $"services/{slice.Service}/{slice.Service}Service.cs"
        where !Names(Tree.Text(contents), $"{slice.Name}.Handle")
        select $"{slice.Path} is not in the table of contents {contents}.");

    [Fact]
    public void Every_slice_has_a_test() => Tree.Tidy(
        from slice in Slices()
        where !IsTested(slice.Service, slice.Name)
        select $"{slice.Path} has no test: tests/{slice.Service}.Tests neither has {slice.Name}Tests.cs nor names {slice.Name}.");

    [Fact]
    public void Every_consumer_is_in_the_table_of_contents_and_has_a_test() => Tree.Tidy(
        from path in Tree.In("services/", ".cs")
        from Match found in Consumer().Matches(Tree.Text(path))
        let service = path.Split('/')[1]
        let name = found.Groups["name"].Value
        from complaint in new[]
        {
            found.Groups["event"].Value == name[2..]
                ? null : $"{path} hears {found.Groups["event"].Value}: its name is On{found.Groups["event"].Value}.",
            Names(Tree.Text($"services/{service}/{service}Service.cs"), name)
                ? null : $"{path} is not in the table of contents of {service}.",
            IsTested(service, name) ? null : $"{path} has no test: tests/{service}.Tests neither has {name}Tests.cs nor names {name}.",
        }.OfType<string>()
        select complaint);

    [Fact]
    public void Every_service_has_requests_to_try() => Tree.Tidy(
        from service in Tree.Services
        let path = $"services/{service}/{service.ToLowerInvariant()}.http"
        where !Tree.Has(path)
        select $"{service} has no {path} with example requests.");

    private static IEnumerable<(string Service, string Path, string Name)> Slices() =>
        from path in Tree.In("services/", ".cs")
        from Match found in Slice().Matches(Tree.Text(path))
        select (path.Split('/')[1], path, found.Groups["name"].Value);

    private static bool IsTested(string service, string name) => Tree.In($"tests/{service}.Tests/", ".cs")
        .Any(test => Path.GetFileNameWithoutExtension(test) == $"{name}Tests" || Names(Tree.Text(test), name));

    private static bool Names(string text, string name) => Regex.IsMatch(text, $@"\b{Regex.Escape(name)}\b");

    private const string SliceForm = @"^public static class (?<name>\w+)[\s\S]*?^    public static (async )?[\w<>\[\]?, .]+ Handle\(";

    [GeneratedRegex(SliceForm, RegexOptions.Multiline)]
    private static partial Regex Slice();

    [GeneratedRegex(@"class (?<name>\w+)[^\n{]*IConsumer<(?<event>\w+)>")]
    private static partial Regex Consumer();
}
