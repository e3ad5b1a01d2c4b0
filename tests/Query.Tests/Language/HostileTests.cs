using System.Diagnostics;
using Npgsql;
using Xunit;

namespace CrmPlatform.Query.Tests.Language;

/// <summary>What is meant to hurt is refused at once, and what is text stays text.</summary>
public sealed class HostileTests(Database database)
{
    public static TheoryData<string, string> Large => new()
    {
        { "long", new string('a', 1_000_000) },
        { "a long text", $"name = \"{new string('x', 1_000_000)}\"" },
        { "parentheses", new string('(', 10_000) + "active" + new string(')', 10_000) },
        { "negations", string.Concat(Enumerable.Repeat("not ", 10_000)) + "active" },
        { "signs", "probability = " + new string('-', 10_000) + "1" },
        { "a long list", $"probability in ({string.Join(",", Enumerable.Range(0, 10_000))})" },
        { "many conditions", string.Join(" or ", Enumerable.Repeat("active", 5_000)) },
        { "many sums", "probability = " + string.Join("+", Enumerable.Repeat("1", 5_000)) },
        { "a long path", string.Join('.', Enumerable.Repeat("parent", 5_000)) + " is null" },
        { "a path around and around", "account" + string.Concat(Enumerable.Repeat(".parent", 11)) + ".name is null" },
        { "many hops", string.Join(" or ", Enumerable.Repeat("account.parent.parent.parent.name = \"a\"", 70)) },
        { "many wildcards", $"name ~ \"{string.Concat(Enumerable.Repeat("*a", 20))}\"" },
        { "many patterns", string.Join(" or ", Enumerable.Repeat("name ~ \"*a*\"", 100)) },
        { "lists in lists", Nested(4, inner => $"any(account.deals, {inner})") },
        { "choices in ranges", Nested(25, inner => $"if({inner}, 1, 2) between 1 and 2") },
        { "functions in functions", Nested(31, inner => $"if(contains(if({inner}, \"a\", \"b\"), \"a\"), true, false)") },
        { "a long name", new string('x', 40_000) + " = 1" },
        { "unclosed", "name = \"" + new string('\\', 40_000) },
    };

    [Theory]
    [MemberData(nameof(Large))]
    public void What_is_too_much_is_refused_fast(string what, string text)
    {
        var clock = Stopwatch.StartNew();
        var error = Assert.Throws<QueryException>(() => Filter.Parse(text, Crm.Deal));
        Assert.True(clock.ElapsedMilliseconds < 500, $"{what} took {clock.ElapsedMilliseconds} ms.");
        Assert.InRange(error.Message.Length, 10, 350);
    }

    [Fact]
    public async Task Patterns_take_no_more_time_than_text_times_pattern()
    {
        var pattern = string.Concat(Enumerable.Repeat("*a", 9)) + "b";
        var filter = Filter.Parse($"name ~ \"{pattern}\"", Crm.Deal);
        var name = new string('a', 100_000);
        var clock = Stopwatch.StartNew();

        Assert.False(filter.ToPredicate(Crm.Friday)(new Dictionary<string, object?> { ["name"] = name }));
        var sql = filter.ToSql(Crm.Friday, new("r", 2));
        await using var command = database.Source.CreateCommand($"select ({sql.Text}) is true from (select $1 as name) r");
        command.Parameters.Add(new NpgsqlParameter { Value = name });
        command.Parameters.Add(new NpgsqlParameter { Value = sql.Parameters[0] });
        Assert.Equal(false, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        Assert.True(clock.ElapsedMilliseconds < 5_000, $"It took {clock.ElapsedMilliseconds} ms.");
    }

    [Theory]
    [InlineData("'; drop table deal; --")]
    [InlineData("\\' or true --")]
    [InlineData("$1 {r} @q1 :x %s {0}")]
    [InlineData("\" or \"\" = \"")]
    [InlineData("*%_\\")]
    [InlineData("/* */ \u2028 \uFEFF")]
    public async Task Text_stays_text(string text)
    {
        var written = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        foreach (var filter in (string[])[$"name = \"{written}\"", $"name in (\"{written}\")", $"lower(name) = lower(\"{written}\")"])
        {
            var sql = Filter.Parse(filter, Crm.Deal).ToSql(Crm.Friday, new("r", 2));
            Assert.DoesNotContain(text, sql.Text, StringComparison.Ordinal);
            await using var command = database.Source.CreateCommand($"select ({sql.Text}) is true from (select $1 as name) r");
            foreach (var value in sql.Parameters.Prepend(text))
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            Assert.Equal(true, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void What_no_text_can_hold_is_refused()
    {
        foreach (var text in (string[])["name = \"a\0b\"", "name = \"\uD800\"", "name ~ \"\uDC00x\"", "`\0` = 1"])
            Assert.Contains("no text can have", Assert.Throws<QueryException>(() => Filter.Parse(text, Crm.Deal)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_is_refused_and_never_breaks_anything()
    {
        var random = new Random(7);
        string[] pieces =
        [
            "(", ")", "and", "or", "not", "name", "amount", "account.", "any(", "contacts", ",", "=", "<", "~", "in", "has", "is", "null", "\"a\"",
            "5", "30d", "-", "+", "between", "EUR", "2026-01-31", "thisweek", "me", "myteam", "if(", "sum(", "tags", "stage", ".", "count", "`", "'", "\\",
            "active", "createdAt", "*", "%",
        ];
        var meant = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Join(' ', Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)]));
            Completion.At(text, random.Next(text.Length), Crm.Deal);
            try
            {
                Filter.Parse(text, Crm.Deal).ToSql(Crm.Friday);
                meant++;
            }
            catch (QueryException e)
            {
                Assert.InRange(e.Offset, 0, text.Length);
                Assert.InRange(e.Offset + e.Length, e.Offset, text.Length);
            }
        }
        Assert.InRange(meant, 50, 10_000);
    }

    private static string Nested(int times, Func<string, string> around) =>
        Enumerable.Range(0, times).Aggregate("active", (inner, _) => around(inner));
}
