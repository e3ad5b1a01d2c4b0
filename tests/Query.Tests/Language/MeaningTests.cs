using Xunit;

namespace CrmPlatform.Query.Tests.Language;

/// <summary>What expressions mean to people. It is Saturday, 2026-01-31, 4:15 in Kathmandu, and still Friday in Greenwich.</summary>
public sealed class MeaningTests
{
    private static readonly Dictionary<string, object?> Row = new()
    {
        ["name"] = "Müller & Söhne 100%",
        ["firstName"] = "Ada",
        ["lastName"] = null,
        ["probability"] = 40m,
        ["age"] = 7,
        ["amount"] = new Money(1000m, "EUR"),
        ["stage"] = "Won",
        ["lastActivityAt"] = DateTimeOffset.Parse("2026-01-30T16:31:00Z"),
        ["createdAt"] = DateTimeOffset.Parse("2026-01-30T18:15:00Z"),
        ["closeDate"] = new DateOnly(2026, 2, 14),
        ["active"] = null,
        ["tags"] = new[] { "vip", "new" },
        ["owner"] = Crm.Friday.Me,
        ["in"] = "",
    };

    [Theory]
    // Nothing is not a value.
    [InlineData("lastName = \"x\"", false)]
    [InlineData("lastName != \"x\"", true)]
    [InlineData("not (lastName = \"x\")", true)]
    [InlineData("lastName !~ \"x*\" and lastName not in (\"x\")", true)]
    [InlineData("lastName < \"x\" or lastName >= \"x\"", false)]
    [InlineData("lastName is null and lastName = null and not (lastName is not null)", true)]
    [InlineData("active or active = false", false)]
    [InlineData("not active and active != true", true)]
    [InlineData("`in` is null", false)]
    [InlineData("account.name = \"x\" or account.name is not null", false)]
    [InlineData("account.name != \"x\" and account.parent.name is null", true)]
    // Text.
    [InlineData("name = \"müller & söhne 100%\"", false)]
    [InlineData("name ~ \"MÜLLER & SÖHNE 100%\"", true)]
    [InlineData("name ~ \"müller*\" and name ~ \"*100%\" and name ~ \"M?LLER*\"", true)]
    [InlineData("name ~ \"muller*\" or name ~ \"*\\*\"", false)]
    [InlineData("firstName < \"a\" and firstName > \"AA\"", true)]
    // Numbers and money.
    [InlineData("probability between 40 and 41 and probability not between 41 and 50", true)]
    [InlineData("probability in (39.5, 40.00) and age in (7)", true)]
    [InlineData("amount = 1000 EUR and amount = 1000 and amount in (5, 1000 EUR)", true)]
    [InlineData("amount = 1000 USD or amount > 10 USD", false)]
    [InlineData("amount != 1000 USD and amount.currency = \"EUR\"", true)]
    [InlineData("0.1 + 0.2 = 0.3 and 1 / 3 * 3 = 0.9999999999 and 2 / 3 = 0.6666666667", true)]
    [InlineData("-7 % 3 = -1 and round(-2.5) = -3 and floor(-0.5) = -1 and 5 / 0 is null", true)]
    // Days.
    [InlineData("closeDate = +2w and closeDate = today + 14d and closeDate > tomorrow", true)]
    [InlineData("createdAt = today and createdAt = 2026-01-31 and createdAt >= 2026-01-31 and createdAt <= today", true)]
    [InlineData("createdAt > today or createdAt < today or createdAt = yesterday", false)]
    [InlineData("lastActivityAt = yesterday and lastActivityAt < today and lastActivityAt in thismonth", true)]
    [InlineData("lastActivityAt >= -6h and lastActivityAt < -5h", true)]
    [InlineData("lastActivityAt <= thismonth and createdAt <= thisweek and createdAt >= thisweek and createdAt in thisquarter", true)]
    [InlineData("lastActivityAt > thismonth or lastActivityAt < thismonth or createdAt > today", false)]
    [InlineData("closeDate in nextmonth and closeDate > thismonth and closeDate in thisyear and closeDate <= nextmonth", true)]
    [InlineData("closeDate <= thismonth or closeDate in lastyear", false)]
    [InlineData("weekday(today) = 6 and datediff(today, closeDate) = 14 and date(createdAt) = today", true)]
    [InlineData("today + 1mo = 2026-02-28 and today - 1y = 2025-01-31 and today + 1q = 2026-04-30", true)]
    // Lists and people.
    [InlineData("tags has \"vip\" and tags has all (\"vip\", \"new\") and tags has any (\"x\", \"new\") and tags.count = 2", true)]
    [InlineData("tags has \"VIP\" or tags is null", false)]
    [InlineData("owner = me and owner in myteam and owner in (\"0194bd5a-0000-7000-8000-000000000001\")", true)]
    [InlineData("any(contacts) or contacts.count > 0 or contacts is not null", false)]
    [InlineData("all(contacts, active) and none(contacts, active) and sum(contacts.emails.count) = 0", true)]
    public void It_means_what_people_expect(string filter, bool expected) =>
        Assert.Equal(expected, Filter.Parse(filter, Crm.Deal).ToPredicate(Crm.Friday)(Row));

    [Theory]
    [InlineData("firstName & \" \" & lastName & 1.50", "Ada 1.5")]
    [InlineData("upper(firstName) & len(name)", "ADA19")]
    [InlineData("round(amount * probability / 300, 2)", "133.33")]
    [InlineData("if(stage = \"Won\", closeDate + 1mo, null)", "2026-03-14")]
    [InlineData("coalesce(lastName, firstName, \"?\")", "Ada")]
    [InlineData("number(\" 12.50 \") + 1", "13.5")]
    [InlineData("number(\"1e5\")", "")]
    [InlineData("max(probability, age) - min(1, null, 2)", "39")]
    [InlineData("999999999999999999 + 1", "")]
    [InlineData("79228162514264337593543950 * 79228162514264337593543950 / 79228162514264337593543950 / 1000000000000", "79228162514264.337593544")]
    public void A_formula_gives_what_people_expect(string formula, string expected) =>
        Assert.Equal(expected, Shown(Formula.Parse(formula, Crm.Deal).ToFunction(Crm.Friday)(Row)));

    private static string Shown(object? value) => value switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd"),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "",
    };
}
