using CrmPlatform.Query.Syntax;
using Xunit;

namespace CrmPlatform.Query.Tests.Language;

/// <summary>The canonical form, the tree, and the page that explains them.</summary>
public sealed class FormatTests
{
    [Theory]
    [InlineData("AMOUNT>5 AND NOT(b=1)OR c!=null", "AMOUNT > 5 and not b = 1 or c is not null")]
    [InlineData("a='x' and (b=1 and (c=2 or d=3))", "a = \"x\" and b = 1 and (c = 2 or d = 3)")]
    [InlineData("not (a = 1 and b = 2)", "not (a = 1 and b = 2)")]
    [InlineData("1-(2-3)-4*(5+6)", "1 - (2 - 3) - 4 * (5 + 6)")]
    [InlineData("- (-x) + - 5.50", "-(-x) + -5.5")]
    [InlineData("a in thismonth or a in (Today, -30D)", "a in thismonth or a in (today, -30d)")]
    [InlineData("`a b`.`in` = now() and a.`null`=true", "`a b`.`in` = now and a.`null` = true")]
    [InlineData("x = 2026-01-31T10:00:00.500+02:00", "x = 2026-01-31T08:00:00.5Z")]
    [InlineData("x > -1000.00 EUR", "x > -1000 EUR")]
    [InlineData(@"x ~ ""\*\?\\*\n""", @"x ~ ""\\*\\?\\*\n""")]
    [InlineData("(a = 1) = true", "(a = 1) = true")]
    [InlineData("(a & b) ~ 'x' and (a > 1) is null", "a & b ~ \"x\" and (a > 1) is null")]
    public void There_is_one_way_to_write_it(string text, string canonical)
    {
        Assert.Equal(canonical, Expression.Format(text));
        Assert.Equal(canonical, Expression.Format(canonical));
    }

    [Fact]
    public void An_expression_names_the_fields_it_asks_about() => Assert.Equal(
        ["account.deals", "account.deals.amount", "account.deals.stage", "account.industry", "contacts", "contacts.emails", "contacts.emails.address", "name"],
        Filter.Parse("name = \"a\" and account.industry = \"b\" and sum(account.deals.amount, stage = \"Won\") > 1 "
            + "and any(contacts, emails has \"c\")", Crm.Deal).Fields.Order(StringComparer.Ordinal));

    [Fact]
    public void The_page_about_filters_tells_the_truth()
    {
        var (language, read) = ("", 0);
        foreach (var line in File.ReadLines(Path.Combine(Root(), "docs/filters.md")))
            if (line.StartsWith("```", StringComparison.Ordinal))
                language = language.Length == 0 ? line[3..] : "";
            else if (language is "filter" or "formula")
            {
                var expression = language == "filter" ? (Expression)Filter.Parse(line, Crm.Deal) : Formula.Parse(line, Crm.Deal);
                Tree.Same(expression.Tree, Parser.Parse(expression.ToString(), Limits.Usual), line);
                read++;
            }
        Assert.InRange(read, 20, 100);
    }

    [Theory]
    [InlineData("|", "amount,any(,not")]
    [InlineData("amo|", "amount")]
    [InlineData("stage |", "=,in,and")]
    [InlineData("stage = |", "\"Won\"")]
    [InlineData("stage in (\"Won\", \"Lo|", "\"Lost\"")]
    [InlineData("account.ind|", "industry")]
    [InlineData("amount.|", "currency")]
    [InlineData("any(contacts, em|", "email,emails")]
    [InlineData("any(contacts, active) and clo|", "closeDate")]
    [InlineData("closeDate < |", "today,thismonth,-30d")]
    [InlineData("owner in |", "me,myteam")]
    [InlineData("name is |", "null,not null")]
    [InlineData("tags |", "has,has any")]
    [InlineData("not `i|", "`in`")]
    [InlineData("name = \"x|", "")]
    public void What_can_come_next_is_proposed(string text, string expected)
    {
        var proposals = Completion.At(text.Replace("|", "", StringComparison.Ordinal), text.IndexOf('|', StringComparison.Ordinal), Crm.Deal);
        Assert.Empty(expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Except(proposals.Proposals.Select(p => p.Text)));
        Assert.Equal(expected.Length == 0, proposals.Proposals.Count == 0);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CrmPlatform.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
