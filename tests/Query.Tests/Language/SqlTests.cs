using Xunit;

namespace CrmPlatform.Query.Tests.Language;

/// <summary>The SQL stays as plain as an index needs it.</summary>
public sealed class SqlTests
{
    [Theory]
    [InlineData("probability > 5", "(r.\"probability\" > $1)")]
    [InlineData("age = 5", "(r.\"age\" = $1)")]
    [InlineData("size >= 5", "((r.custom->>'size')::numeric >= $1)")]
    [InlineData("name = \"a\" and not (name = \"b\")", "((r.\"name\" = $1) and r.\"name\" is distinct from $2)")]
    [InlineData("not (name = \"a\" or probability < 5)", "(r.\"name\" is distinct from $1 and (r.\"probability\" < $2) is not true)")]
    [InlineData("name in (\"a\", \"b\")", "(r.\"name\" = any($1))")]
    [InlineData("name < \"a\"", "((r.\"name\") collate \"C\" < $1)")]
    [InlineData("name ~ \"Ab%*\"", "(lower(r.\"name\" collate \"C.utf8\") like $1)")]
    [InlineData("active", "r.\"active\"")]
    [InlineData("not active", "(r.\"active\") is not true")]
    [InlineData("createdAt = 2026-01-31", "(r.\"createdAt\" between $1 and $2)")]
    [InlineData("amount > 5 EUR", "((r.\"amount\" > $1) and (r.currency = $2))")]
    [InlineData("tags has \"a\"", "(r.\"tags\" @> $1)")]
    [InlineData("account.industry = \"a\"", "exists (select 1 from account as r1 where r1.tenant = r.tenant and r1.id = r.account_id "
        + "and r1.deleted is null and (r1.\"industry\" = $1))")]
    [InlineData("account.industry is null", "not exists (select 1 from account as r1 where r1.tenant = r.tenant and r1.id = r.account_id "
        + "and r1.deleted is null and r1.\"industry\" is not null)")]
    [InlineData("contacts.count > 0", "exists (select 1 from contact as r1 where r1.tenant = r.tenant and r1.deal_id = r.id)")]
    [InlineData("all(contacts, active)", "not exists (select 1 from contact as r1 where r1.tenant = r.tenant and r1.deal_id = r.id "
        + "and (r1.\"active\") is not true)")]
    public void A_condition_is_said_plainly(string filter, string sql) =>
        Assert.Equal(sql, Filter.Parse(filter, Crm.Deal).ToSql(Crm.Friday).Text);

    [Fact]
    public void Values_travel_as_parameters_of_their_type()
    {
        var sql = Filter.Parse("name = \"x\" and probability = 1.5 and age in (1, 2) and closeDate = today and createdAt >= today "
            + "and owner = me and owner in myteam", Crm.Deal).ToSql(Crm.Friday, new("d", 7, "@q"));
        Assert.StartsWith("((d.\"name\" = @q7) and (d.\"probability\" = @q8)", sql.Text, StringComparison.Ordinal);
        Assert.Equivalent(
            new object[]
            {
                "x", 1.5m, new long[] { 1, 2 }, new DateOnly(2026, 1, 31), DateTimeOffset.Parse("2026-01-30T18:15:00Z"), Crm.Friday.Me!.Value,
                Crm.Friday.Team.ToArray(),
            },
            sql.Parameters);
    }

    [Theory]
    [InlineData("2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")]
    [InlineData("2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")]
    [InlineData("2026-03-08", "America/Havana", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z")] // midnight is skipped
    [InlineData("2026-11-01", "America/Havana", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z")] // midnight was an hour ago, and comes again
    [InlineData("2010-11-07", "America/St_Johns", "2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z")]
    public void A_day_begins_and_ends_where_its_zone_says(string day, string zone, string begins, string ends)
    {
        var sql = Filter.Parse($"createdAt = {day}", Crm.Deal).ToSql(Crm.Friday with { Zone = TimeZoneInfo.FindSystemTimeZoneById(zone) });
        Assert.Equal([DateTimeOffset.Parse(begins), DateTimeOffset.Parse(ends).AddMicroseconds(-1)], sql.Parameters);
    }

    [Fact]
    public void An_order_puts_what_is_missing_last() => Assert.Equal(
        "r.\"amount\" desc nulls last, (lower(r.\"lastName\" collate \"C.utf8\") collate \"C\") nulls last, (select (lower(r1.\"name\" collate \"C.utf8\") "
            + "collate \"C\") from account as r1 where r1.tenant = r.tenant and r1.id = r.account_id and r1.deleted is null) nulls last",
        Sort.Parse("-amount, lastName,account.name", Crm.Deal).ToSql());
}
