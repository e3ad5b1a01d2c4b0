using Npgsql;
using Xunit;

namespace CrmPlatform.Query.Tests.Agreement;

/// <summary>PostgreSQL and memory put rows in the same order.</summary>
public sealed class SortTests(Database database)
{
    [Fact]
    public async Task PostgreSQL_and_memory_order_the_same()
    {
        var cancel = TestContext.Current.CancellationToken;
        var first = Random.Shared.Next();
        for (var seed = first; seed < first + 3; seed++)
        {
            await using var connection = await database.Source.OpenConnectionAsync(cancel);
            var (world, random) = (new World(seed), new Random(seed));
            await world.Fill(connection);
            string[] fields =
            [
                .. world.Deal.Members.OfType<Field>().Where(f => f.Kind != Kind.List)
                    .Select(f => f.Name.Contains(' ', StringComparison.Ordinal) ? $"`{f.Name}`" : f.Name),
                "account.text0", "account.parent.number2", "contacts.count", "twice", "shout", "account.rolled",
            ];
            for (var i = 0; i < 50; i++)
            {
                // The id settles what is left open.
                var text = string.Join(',', Enumerable.Range(0, 3).Select(_ => (random.Next(2) == 0 ? "-" : "") + fields[random.Next(fields.Length)]));
                var sort = Sort.Parse(text, world.Deal);
                var sql = sort.ToSql(Crm.Friday, new("r", 2));
                await using var command = new NpgsqlCommand(
                    $"select r.id from {world.From} r{sql.Join} where r.tenant = $1 and r.deleted is null order by {sql.By}, r.id", connection);
                foreach (var value in sql.Parameters.Prepend(world.Tenant))
                    command.Parameters.Add(new NpgsqlParameter { Value = value });
                await using var reader = await command.ExecuteReaderAsync(cancel);
                List<Guid> there = [];
                while (await reader.ReadAsync(cancel))
                    there.Add(reader.GetGuid(0));
                var here = world.Deals.Order(sort.ToComparer()).ThenBy(row => ((Row)row)["id"]).Select(row => (Guid)((Row)row)["id"]!);
                Assert.True(there.SequenceEqual(here), $"seed {seed}: {text}\n{sql}");
            }
        }
    }
}
