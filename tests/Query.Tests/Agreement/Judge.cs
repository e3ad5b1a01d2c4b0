using System.Text;
using CrmPlatform.Query.Syntax;
using Npgsql;

namespace CrmPlatform.Query.Tests.Agreement;

/// <summary>Asks PostgreSQL and memory the same of every row, and makes small what they disagree about.</summary>
internal sealed class Judge(World world, NpgsqlConnection connection, Context context)
{
    /// <summary>How many expressions told rows apart.</summary>
    public int Telling { get; private set; }

    /// <summary>Asks about many expressions at once; what they differ in, or null.</summary>
    public async Task<string?> Differ(IReadOnlyList<Node> nodes, bool formulas)
    {
        try
        {
            return await Ask(nodes, formulas) is { } which ? await Explain(nodes[which], formulas) : null;
        }
        catch (PostgresException) when (nodes.Count > 1)
        {
            foreach (var node in nodes)
                if (await Differ([node], formulas) is { } difference)
                    return difference;
            throw;
        }
        catch (PostgresException e)
        {
            return $"{Formatter.Format(await Smallest(nodes[0], async n => await Throws(n, formulas)))}\n{e.MessageText}";
        }
    }

    private async Task<bool> Throws(Node node, bool formula)
    {
        try
        {
            await Ask([node], formula);
            return false;
        }
        catch (PostgresException)
        {
            return true;
        }
    }

    private async Task<string> Explain(Node node, bool formula)
    {
        var smallest = await Smallest(node, async n => !await Throws(n, formula) && await Ask([n], formula) is not null);
        var text = Formatter.Format(smallest);
        var said = new StringBuilder($"{text}\nnow {context.Now:O} in {context.Zone.Id}, me {context.Me}, team {string.Join(' ', context.Team)}\n");
        var (sql, here) = Compiled(text, formula, 2);
        said.AppendLine(sql.Text).AppendLine(string.Join(" | ", sql.Parameters));
        var there = await Rows([sql]);
        foreach (var row in world.Deals.Where(row => !Same(here(row), there[(Guid)row["id"]!][0])).Take(2))
            said.AppendLine($"memory {here(row) ?? "null"}, PostgreSQL {there[(Guid)row["id"]!][0] ?? "null"} of {row}");
        return said.ToString();
    }

    /// <summary>The number of the first they differ in.</summary>
    private async Task<int?> Ask(IReadOnlyList<Node> nodes, bool formulas)
    {
        var first = 2;
        List<SqlText> columns = [];
        List<Func<object, object?>> here = [];
        foreach (var node in nodes)
        {
            var (sql, function) = Compiled(Formatter.Format(node), formulas, first);
            first += sql.Parameters.Count;
            columns.Add(sql);
            here.Add(function);
        }
        var there = await Rows(columns);
        for (var i = 0; i < nodes.Count; i++)
        {
            var answers = world.Deals.Select(row => (Here: here[i](row), There: there[(Guid)row["id"]!][i])).ToList();
            if (answers.Exists(a => !Same(a.Here, a.There)))
                return i;
            Telling += answers.DistinctBy(a => a.Here).Count() > 1 ? 1 : 0;
        }
        return null;
    }

    private (SqlText, Func<object, object?>) Compiled(string text, bool formula, int first)
    {
        if (formula)
        {
            var read = Formula.Parse(text, world.Deal);
            return (read.ToSql(context, new("r", first)), read.ToFunction(context));
        }
        var filter = Filter.Parse(text, world.Deal);
        var (sql, holds) = (filter.ToSql(context, new("r", first)), filter.ToPredicate(context));
        return (sql with { Text = $"({sql.Text}) is true" }, row => holds(row));
    }

    private async Task<Dictionary<Guid, object?[]>> Rows(IReadOnlyList<SqlText> columns)
    {
        var text = $"select r.id, {string.Join(", ", columns.Select(c => c.Text))} from {world.From} r where tenant = $1 and deleted is null";
        await using var command = new NpgsqlCommand(text, connection);
        foreach (var value in columns.SelectMany(c => c.Parameters).Prepend(world.Tenant))
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new Dictionary<Guid, object?[]>();
        while (await reader.ReadAsync())
            rows[reader.GetGuid(0)] = [.. columns.Select((_, i) => reader.IsDBNull(i + 1) ? null : Read(reader, i + 1))];
        return rows;
    }

    private static object Read(NpgsqlDataReader reader, int column) => reader.GetDataTypeName(column) switch
    {
        "date" => reader.GetFieldValue<DateOnly>(column),
        "timestamp with time zone" => reader.GetFieldValue<DateTimeOffset>(column),
        _ => reader.GetValue(column),
    };

    private static bool Same(object? here, object? there) => here is decimal a && there is decimal b ? a == b : Equals(here, there);

    /// <summary>The smallest part or simplification for which it still fails.</summary>
    private static async Task<Node> Smallest(Node node, Func<Node, Task<bool>> fails)
    {
        while (true)
        {
            Node? smaller = null;
            foreach (var candidate in Smaller(node))
            {
                try
                {
                    if (!await fails(candidate))
                        continue;
                }
                catch (QueryException)
                {
                    continue;
                }
                smaller = candidate;
                break;
            }
            if (smaller is null)
                return node;
            node = smaller;
        }
    }

    private static IEnumerable<Node> Smaller(Node node) => node.Parts.Concat(node switch
    {
        Junction j => j.Operands.Select((_, i) => j.Operands.Count > 2 ? j with { Operands = Without(j.Operands, i) } : j.Operands[1 - i])
            .Concat(Each(j.Operands, all => j with { Operands = all })),
        Membership m => m.Items.Where(_ => m.Items.Count > 1).Select((_, i) => m with { Items = Without(m.Items, i) })
            .Concat(Smaller(m.Operand).Select(o => m with { Operand = o })),
        Call c => Each(c.Arguments, all => c with { Arguments = all })
            .Concat(c.Arguments.Count > 1 ? [c with { Arguments = [.. c.Arguments.SkipLast(1)] }] : []),
        Binary b => Smaller(b.Left).Select(l => b with { Left = l }).Concat(Smaller(b.Right).Select(r => b with { Right = r })),
        Unary u => Smaller(u.Operand).Select(o => u with { Operand = o }),
        NullTest t => Smaller(t.Operand).Select(o => t with { Operand = o }),
        Between b => Smaller(b.Operand).Select(o => b with { Operand = o }),
        _ => [],
    });

    private static IEnumerable<Node> Each(IReadOnlyList<Node> parts, Func<IReadOnlyList<Node>, Node> make) =>
        parts.SelectMany((part, i) => Smaller(part).Select(smaller => make([.. parts.Take(i), smaller, .. parts.Skip(i + 1)])));

    private static IReadOnlyList<Node> Without(IReadOnlyList<Node> parts, int i) => [.. parts.Where((_, at) => at != i)];
}
