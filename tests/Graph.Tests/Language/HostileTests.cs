using System.Diagnostics;
using System.Text;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Graph.Schema.Validation;
using Xunit;

namespace CrmPlatform.Graph.Tests.Language;

/// <summary>Documents that are meant to hurt: whatever comes in, what comes out is an answer or an error, soon.</summary>
public sealed class HostileTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly DocumentCache documents = new(Kennel.Types, new(), new());

    [Fact]
    public async Task A_hundred_thousand_torn_documents_and_variables_neither_crash_nor_hang()
    {
        var (seeds, slowest, refused) = (Kennel.In("Documents.graphql").Concat(Kennel.In("Executed.graphql")).ToList(), TimeSpan.Zero, 0);
        await Parallel.ForAsync(0, 100_000, async (i, _) =>
        {
            var generator = new Generator(Kennel.Types, i);
            var seed = i % 3 == 0 ? generator.Document() : seeds[i % seeds.Count];
            var clock = Stopwatch.StartNew();
            var told = await Kennel.Answer(seed with { Text = generator.Torn(seed.Text) });
            lock (seeds)
                (slowest, refused) = (clock.Elapsed > slowest ? clock.Elapsed : slowest, refused + (told.Errors.Count > 0 ? 1 : 0));
        });

        Assert.True(slowest < Patience, $"One took {slowest}.");
        Assert.InRange(refused, 10_000, 99_999); // torn, and not all beyond recognition
    }

    [Theory]
    [InlineData("selections", "too_much")]
    [InlineData("lists", "too_much")]
    [InlineData("objects", "too_much")]
    [InlineData("types", "too_much")]
    [InlineData("tokens", "too_much")]
    [InlineData("characters", "too_much")]
    [InlineData("aliases", "too_much")]
    [InlineData("doubling", "too_much")]
    [InlineData("chain", "too_much")]
    [InlineData("deep chain", "too_much")]
    [InlineData("bare chain", "too_much")]
    [InlineData("overlaps", "too_much")]
    [InlineData("wrong", "validation")]
    [InlineData("directives", "validation")]
    public void What_grows_without_bound_is_refused_soon(string kind, string code)
    {
        var text = Hostile(kind);
        var clock = Stopwatch.StartNew();
        var read = documents.Read(text);

        Assert.Contains(read.Errors, e => e.Code == code);
        Assert.True(clock.Elapsed < Patience, $"It took {clock.Elapsed}.");
    }

    [Fact]
    public void A_document_is_read_once_and_its_errors_are_kept_too()
    {
        Assert.Same(documents.Read("{ int }"), documents.Read("{ int }"));
        Assert.Same(documents.Read("{ lost }"), documents.Read("{ lost }"));
        for (var i = 0; i < 3_000; i++)
            documents.Read($"{{ a{i}: int }}");
        Assert.Empty(documents.Read("{ int }").Errors);
    }

    [Fact]
    public void What_is_compared_grows_with_the_document_and_no_faster()
    {
        int Compared(int times)
        {
            var fields = string.Concat(Enumerable.Range(0, times).Select(i => $"a{i}: surely {{ id ...F }} "));
            Assert.Empty(Validator.Check(Kennel.Types, Parser.Read($"{{ {fields} }} fragment F on Person {{ id }}"), out var compared));
            return compared;
        }

        var text = File.ReadAllText(Kennel.At("introspection.graphql"));
        Assert.Empty(Validator.Check(Kennel.Types, Parser.Read(text), out var usual));

        Assert.InRange(usual, 0, 1_000);
        Assert.InRange(Compared(400), Compared(200), (2 * Compared(200)) + 10);
    }

    private static string Hostile(string kind)
    {
        const int many = 9_000;
        var fragments = new StringBuilder();
        switch (kind)
        {
            case "selections":
                return string.Concat(Enumerable.Repeat("{ surely ", many));
            case "lists":
                return $"{{ echo(json: {new string('[', many)}";
            case "objects":
                return $"{{ echo(json: {string.Concat(Enumerable.Repeat("{a: ", many))}";
            case "types":
                return $"query ($a: {new string('[', many)}";
            case "tokens":
                return $"{{ {string.Concat(Enumerable.Repeat("int ", 3 * many))} }}";
            case "characters":
                return $"{{ int }} #{new string('x', 1_000_000)}";
            case "aliases":
                return $"{{ {string.Concat(Enumerable.Range(0, 6_000).Select(i => $"a{i}:int "))} }}";
            case "wrong":
                return $"{{ {string.Concat(Enumerable.Range(0, 6_000).Select(i => $"a{i}:lost "))} }}";
            case "directives":
                return $"{{ int {string.Concat(Enumerable.Repeat("@a ", many))} }}";
            case "overlaps":
                return $"{{ {string.Concat(Enumerable.Range(0, 1_500).Select(i => $"surely {{ a{i}: id }} "))} }}";
            case "deep chain": // as deep as a document of that size can be
                for (var i = 0; i < 70; i++)
                    fragments.Append($"fragment F{i} on Person {{ {string.Concat(Enumerable.Repeat("needs { ", 90))} ...F{i + 1} {new string('}', 91)} ");
                return $"{{ surely {{ ...F0 ...F0 }} surely {{ ...F0 }} }} {fragments} fragment F70 on Person {{ id }}";
            case "bare chain": // fragments that only name the next, compared with each other
                for (var i = 0; i < 1_400; i++)
                    fragments.Append($"fragment F{i} on Person {{ a{i % 7}: id ...F{i + 1} }} ");
                return $"{{ surely {{ ...F0 ...F1 ...F2 }} }} {fragments} fragment F1400 on Person {{ id }}";
            case "doubling": // each asks for the next twice: 2^40 fields
                for (var i = 0; i < 20; i++)
                    fragments.Append($"fragment F{i} on Person {{ a: needs {{ ...F{i + 1} }} b: needs {{ ...F{i + 1} }} }} ");
                return $"{{ surely {{ ...F0 }} }} {fragments} fragment F20 on Person {{ id }}";
            default: // each contains the next: deep, though no document is
                for (var i = 0; i < 1_000; i++)
                    fragments.Append($"fragment F{i} on Person {{ needs {{ ...F{i + 1} }} }} ");
                return $"{{ surely {{ ...F0 }} }} {fragments} fragment F1000 on Person {{ id }}";
        }
    }
}
