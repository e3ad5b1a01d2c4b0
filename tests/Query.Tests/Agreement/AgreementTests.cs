using CrmPlatform.Query.Syntax;
using Xunit;

namespace CrmPlatform.Query.Tests.Agreement;

/// <summary>
/// Random expressions over a random model and random rows: PostgreSQL and memory answer the same, and the canonical text means the same.
/// CRM_QUERY_EXPRESSIONS asks for more of them, CRM_QUERY_SEED for those of an earlier run.
/// </summary>
public sealed class AgreementTests(Database database)
{
    private const int PerQuestion = 40, PerWorld = 1_000;

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("CRM_QUERY_SEED"), out var seed) ? seed : Random.Shared.Next();

    private static int Expressions => int.TryParse(Environment.GetEnvironmentVariable("CRM_QUERY_EXPRESSIONS"), out var count) ? count : 3_000;

    [Fact]
    public async Task PostgreSQL_and_memory_answer_the_same()
    {
        var (seed, asked, telling) = (Seed, 0, 0);
        for (var done = 0; done < Expressions; done += PerWorld, seed++)
        {
            await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
            var (world, random) = (new World(seed), new Random(seed));
            await world.Fill(connection);
            var sentences = new Sentences(random);
            for (var question = 0; question < PerWorld / PerQuestion; question++)
            {
                var formulas = question % 4 == 3;
                List<Node> nodes = [.. Enumerable.Range(0, PerQuestion).Select(_ => formulas
                    ? sentences.Formula(world.Deal, random.Next(1, 4)) : sentences.Condition(world.Deal, random.Next(4)))];
                nodes.RemoveAll(node => IsRefused(node, world.Deal, formulas));
                foreach (var node in nodes)
                    Tree.Same(node, Parser.Parse(Formatter.Format(node), Limits.Usual), $"seed {seed}: {Formatter.Format(node)}");
                var judge = new Judge(world, connection, new Values(random).Context());
                var difference = await judge.Differ(nodes, formulas);
                Assert.True(difference is null, $"CRM_QUERY_SEED={seed}\n{difference}");
                (asked, telling) = (asked + nodes.Count, telling + judge.Telling);
            }
        }
        // Questions to which every row answers alike would prove little.
        Assert.True(asked > Expressions * 0.8 && telling > asked * 0.25, $"Of {Expressions} expressions {asked} could be asked, {telling} told rows apart.");
    }

    private static bool IsRefused(Node node, Shape shape, bool formula)
    {
        try
        {
            _ = formula ? (object)Formula.Parse(Formatter.Format(node), shape) : Filter.Parse(Formatter.Format(node), shape);
            return false;
        }
        catch (QueryException e) when (e.Fault is QueryFault.Limit or QueryFault.UnknownChoice
            || e.Message.Contains("A list with days", StringComparison.Ordinal) || e.Message.Contains("has no order", StringComparison.Ordinal))
        {
            return true;
        }
        catch (QueryException e)
        {
            throw new InvalidOperationException($"{Formatter.Format(node)}: {e.Message}", e);
        }
    }
}
