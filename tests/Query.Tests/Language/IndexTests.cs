using Npgsql;
using Xunit;

namespace CrmPlatform.Query.Tests.Language;

/// <summary>PostgreSQL finds the index meant for a condition.</summary>
public sealed class IndexTests(Database database)
{
    private static readonly Shape Email = new("email", "", [new Field("address", Kind.Text, "({r}.value->>'address')", _ => null)]);

    private static readonly Shape Deal = new("deal", "deal",
    [
        Field.Column("name", Kind.Text, "name", _ => null),
        Field.Column("stage", Kind.Choice, "stage", _ => null),
        Field.Column("age", Kind.Number, "age", _ => null) with { Whole = true },
        Field.Column("created", Kind.Instant, "created", _ => null),
        Field.Column("tags", Kind.List, "tags", _ => null),
        Field.InJson("si'ze", Kind.Number, "custom", "si'ze", _ => null),
        new Children("emails", Link.Inside(() => Email, "{r}.emails", _ => []))
        {
            Main = "address", HasSql = "{r}.emails @> jsonb_build_array(jsonb_build_object('address', {v}::text))",
        },
    ]);

    [Theory]
    [InlineData("name = \"a\" and not (stage = \"b\")", "(tenant, name)")]
    [InlineData("name < \"b\"", "(tenant, name collate \"C\")")]
    [InlineData("name ~ \"Ab*\"", "(tenant, lower(name collate \"C.utf8\") text_pattern_ops)")]
    [InlineData("stage in (\"a\", \"b\")", "(tenant, stage)")]
    [InlineData("age = 5", "(tenant, age)")]
    [InlineData("age between 5 and 6", "(tenant, age)")]
    [InlineData("age in (5, 6)", "(tenant, age)")]
    [InlineData("created = today", "(tenant, created)")]
    [InlineData("created < -30d", "(tenant, created)")]
    [InlineData("tags has any (\"a\", \"b\")", "using gin (tags)")]
    [InlineData("emails has \"a\"", "using gin (emails jsonb_path_ops)")]
    [InlineData("`si'ze` > 5", "(tenant, ((custom->>'si''ze')::numeric))")]
    public async Task A_condition_is_answered_from_its_index(string filter, string index)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var connection = await database.Source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Run(connection, "create temp table deal (tenant uuid, id uuid, name text, stage text, age integer, created timestamptz, tags text[], "
            + "custom jsonb, emails jsonb) on commit drop");
        await Run(connection, $"create index meant on deal {index}");
        await Run(connection, "set local enable_seqscan = off");

        var sql = Filter.Parse(filter, Deal).ToSql(Crm.Friday, new("r", 2));
        await using var command = new NpgsqlCommand($"explain select id from deal r where tenant = $1 and {sql.Text}", connection);
        foreach (var value in sql.Parameters.Prepend(Guid.CreateVersion7()))
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        List<string> plan = [];
        await using (var reader = await command.ExecuteReaderAsync(cancel))
            while (await reader.ReadAsync(cancel))
                plan.Add(reader.GetString(0));
        // The condition itself, not the tenant alone, is what the index is asked.
        var condition = plan.Single(line => line.Contains("Index Cond:", StringComparison.Ordinal)).Replace("tenant = ", "", StringComparison.Ordinal);
        Assert.True(condition.Split(" AND ").Length > 1 || index.StartsWith("using", StringComparison.Ordinal), string.Join('\n', plan));
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
