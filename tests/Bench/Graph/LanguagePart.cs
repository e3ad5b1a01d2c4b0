using System.Diagnostics;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Graph.Schema.Validation;

namespace CrmPlatform.Bench.Graph;

/// <summary>What it costs to read a document and hold it against a graph, where it was not seen before.</summary>
internal static class LanguagePart
{
    private const int Times = 500;

    /// <summary>The best of many: what it costs, and not what else the machine did meanwhile.</summary>
    public static async IAsyncEnumerable<Figure> Measure(Ground ground)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Graph", "introspection.graphql"));
        var types = new TypeSystem(new ObjectType("Query").Add(new("a", BuiltIn.Int)));
        var best = Enumerable.Range(0, Times).Min(_ =>
        {
            var clock = Stopwatch.StartNew();
            if (Validator.Check(types, Parser.Read(text)).Count > 0)
                throw new InvalidOperationException("The document is not valid.");
            return clock.Elapsed;
        });
        yield return Figure.Below("graph", "the usual introspection, read and checked", best.TotalMilliseconds, "ms", 2);
    }
}
