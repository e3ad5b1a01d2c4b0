using System.Text.Json.Nodes;
using CrmPlatform.Graph.Schema;
using Xunit;

namespace CrmPlatform.Graph.Tests.Language;

/// <summary>The same documents through us and through the reference implementation: the same verdicts, places and answers.</summary>
public sealed class DifferentialTests
{
    private const int Generated = 4_000;

    [Fact]
    public Task Documents_written_for_each_rule_are_judged_alike() => Compare(Kennel.In("Documents.graphql"), valid: 15);

    [Fact]
    public Task Documents_written_for_answers_are_answered_alike() => Compare(Kennel.In("Executed.graphql"), valid: 30);

    [Fact]
    public Task Documents_written_by_chance_are_judged_and_answered_alike() =>
        Compare([.. Enumerable.Range(0, Generated).Select(seed => new Generator(Kennel.Types, seed).Document())], valid: Generated / 3);

    [Fact]
    public async Task The_reference_builds_the_schema_from_how_it_describes_itself()
    {
        var told = await Kennel.Answer(new(await File.ReadAllTextAsync(Kennel.At("introspection.graphql"), TestContext.Current.CancellationToken)));

        Assert.Empty(told.Failed);
        Assert.Equal(SchemaText.Of(Kennel.Types), await Reference.Printed(told.Data!.DeepClone()));
    }

    private static async Task Compare(List<Asked> documents, int valid)
    {
        var theirs = await Reference.Answer(documents);
        var (differences, answered) = (new List<string>(), 0);
        for (var i = 0; i < documents.Count; i++)
        {
            if (theirs[i] is not { } reference)
                continue;
            var ours = await Kennel.Answer(documents[i]);
            answered += ours is { Read: true, Errors: [] } ? 1 : 0;
            if (Comparison.Of(documents[i], ours, reference) is { } difference)
                differences.Add(difference);
        }
        Assert.True(differences.Count == 0, $"{differences.Count} of {documents.Count} differ, first of all\n{string.Join('\n', differences.Take(5))}");
        Assert.True(answered >= valid, $"Only {answered} of {documents.Count} documents are valid: that is no test of answers.");
    }
}
