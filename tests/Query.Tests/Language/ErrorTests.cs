using Xunit;

namespace CrmPlatform.Query.Tests.Language;

/// <summary>Who writes something wrong is told where, what was expected, and what may have been meant.</summary>
public sealed class ErrorTests
{
    // What is wrong stands between » and «.
    [Theory]
    [InlineData("»lastNme« = \"a\"", "Unknown field `lastNme`, did you mean `lastName`?")]
    [InlineData("»LASTNAME« = \"a\"", "Unknown field `LASTNAME`, did you mean `lastName`?")]
    [InlineData("»xyz« = 1", "Unknown field `xyz`.")]
    [InlineData("account.»industri« = \"a\"", "Unknown field `industri`, did you mean `industry`?")]
    [InlineData("any(contacts, »emial« is null)", "Unknown field `emial`, did you mean `email`?")]
    [InlineData("any(»contcts«, email is null)", "Unknown field `contcts`, did you mean `contacts`?")]
    [InlineData("count(»contcts«) > 1", "Unknown field `contcts`, did you mean `contacts`?")]
    [InlineData("»lenn«(name) > 1", "Unknown function `lenn`, did you mean `len`?")]
    [InlineData("stage = »\"Wonn\"«", "`stage` is never \"Wonn\": expected Proposal, Negotiation, Won, Lost, did you mean `Won`?")]
    [InlineData("stage in (\"Won\", »\"lost\"«)", "`stage` is never \"lost\": expected Proposal, Negotiation, Won, Lost, did you mean `Lost`?")]
    [InlineData("stage < »\"Won\"«", "A choice has no order: `=`, `!=` and `in` compare it.")]
    [InlineData("probability > »\"5\"«", "Expected a number, found text.")]
    [InlineData("name = »5«", "Expected text, found a number.")]
    [InlineData("name = »name2«", "Unknown field `name2`, did you mean `name`?")]
    [InlineData("closeDate < »30d«", "A length of time is counted from today: say `-30d` or `+30d`.")]
    [InlineData("tags = »\"vip\"«", "A list is asked with `has`, `has any` or `has all`.")]
    [InlineData("»name« has \"vip\"", "This is text; `has` asks a list.")]
    [InlineData("»probability« ~ \"5\"", "This is a number; a pattern fits text alone.")]
    [InlineData("name ~ »name«", "A pattern is a text in quotes, as in \"*@example.com\".")]
    [InlineData("owner = »\"Ada\"«", "Expected the id of a record, in quotes, or `me`.")]
    [InlineData("owner = »myteam«", "A group of people is asked with `in`.")]
    [InlineData("name in (\"a\", »null«)", "`null` is in no list: say `is null`.")]
    [InlineData("»name«", "This is text, not a condition.")]
    [InlineData("»contacts.email« = \"a\"", "`contacts.email` speaks of many: say any(contacts, …) or contacts.count.")]
    [InlineData("name.»length« = 1", "`name` is text; it has no `length`.")]
    [InlineData("sum(»contacts.email«) > 1", "There is no sum of text.")]
    [InlineData("»closeDate + 6h« > today", "A day has no hours: count in d, w, mo, q or y.")]
    [InlineData("»createdAt + 1mo« > now", "Months have no fixed length: take the day of the moment first, with date(…).")]
    [InlineData("»name + 1« > 2", "`+` does not go with text and a number.")]
    [InlineData("»len(5, 6)« > 2", "Expected len(text).")]
    [InlineData("amount > 10 and»«", "Expected a field, a value or `(`, found the end.")]
    [InlineData("amount > 10 »amount«", "Expected `and`, `or` or the end, found `amount`.")]
    [InlineData("amount »amount« > 10", "Expected an operator, `and`, `or` or the end, found `amount`.")]
    [InlineData("(amount > 10»«", "Expected `)`, found the end.")]
    [InlineData("amount > »and« 10", "Expected a field, a value or `(`, found `and`.")]
    [InlineData("amount not »10«", "Expected `in` or `between` after `not`, found `10`.")]
    [InlineData("stage in »\"Won\"«", "Expected `(` and a list after `in`, found `\"Won\"`.")]
    [InlineData("stage in (»)«", "Expected a field, a value or `(`, found `)`.")]
    [InlineData("amount is »5«", "Expected `null`, found `5`.")]
    [InlineData("amount »==« 5", "Equality is written `=`.")]
    [InlineData("amount > »5x«", "`x` is no unit of time: expected min, h, d, w, mo, q, y")]
    [InlineData("amount > 5 »;« drop", "`;` means nothing here.")]
    [InlineData("amount > 5 »😀«", "`😀` means nothing here.")]
    [InlineData("name = »\"abc«", "The text that begins here has no closing \"")]
    [InlineData("name = \"a»\\q«\"", "`\\q` is no escape; a backslash itself is written `\\\\`.")]
    [InlineData("closeDate = »2026-02-30«", "`2026-02-30` is no day: expected a form like 2026-01-31")]
    [InlineData("createdAt = »2026-02-20T10:00«", "`2026-02-20T10:00` is no moment: expected a form like 2026-01-31T10:00:00Z or …+02:00")]
    [InlineData("amount = »12345678901234567890123456789«", "A number has at most 28 digits.")]
    [InlineData("»«", "Expected a field, a value or `(`, found the end.")]
    public void A_mistake_is_shown_where_it_is(string marked, string message)
    {
        var text = marked.Replace("»", "", StringComparison.Ordinal).Replace("«", "", StringComparison.Ordinal);
        var error = Assert.Throws<QueryException>(() => Filter.Parse(text, Crm.Deal));
        Assert.Equal(message, error.Message);
        Assert.Equal(marked, text.Insert(error.Offset + error.Length, "«").Insert(error.Offset, "»"));
    }

    [Theory]
    [InlineData("margin", "xargin", " > 5")]
    [InlineData("secrets", "secretx", ".count > 5")]
    [InlineData("account.margin", "account.xargin", " > 5")]
    public void A_hidden_field_is_as_if_it_were_not_there(string hidden, string absent, string rest)
    {
        var (known, unknown) = (Assert.Throws<QueryException>(() => Filter.Parse(hidden + rest, Crm.Deal)),
            Assert.Throws<QueryException>(() => Filter.Parse(absent + rest, Crm.Deal)));
        Assert.Equal(known.Message.Replace("margin", "x", StringComparison.Ordinal).Replace("secrets", "x", StringComparison.Ordinal),
            unknown.Message.Replace(absent.Split('.')[^1], "x", StringComparison.Ordinal));
        Assert.Equal((QueryFault.UnknownName, null, unknown.Offset), (known.Fault, unknown.Suggestion, known.Offset));
        Assert.DoesNotContain(Completion.At("", 0, Crm.Deal).Proposals, p => p.Text is "margin" or "secrets");
    }

    [Fact]
    public void A_mistake_in_an_order_is_shown_where_it_is()
    {
        var error = Assert.Throws<QueryException>(() => Sort.Parse("-amount, -lastNme", Crm.Deal));
        Assert.Equal(("Unknown field `lastNme`, did you mean `lastName`?", 10, 7), (error.Message, error.Offset, error.Length));
    }
}
