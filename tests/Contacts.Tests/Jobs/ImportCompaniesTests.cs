using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Jobs;

public sealed class ImportCompaniesTests
{
    private const int Rows = 2300;

    [Fact]
    public async Task Companies_named_by_thousands_of_rows_are_found_or_entered_once_each_and_taken_back_with_them()
    {
        var crm = await TestCrm.Tenant();
        await crm.Enter(2, n => new { name = n == 0 ? "Known 1 GmbH" : "Known 2" });
        var before = await crm.Everything();

        var job = await crm.Import(
            "lastName,email,accountName\n" + string.Concat(Enumerable.Range(0, Rows).Select(n => $"Person {n},p{n}@x.example,{Company(n)}\n")),
            new { }, "contacts");

        Assert.Equal([Rows, 0L], ((string[])["changed", "failed"]).Select(name => job[name].GetInt64()));
        Assert.Equal(Rows / 10, await crm.Count("account.name = \"Known 1 GmbH\"", "contacts"));
        Assert.Equal(Rows / 10, await crm.Count("account.name = \"123\"", "contacts"));
        Assert.Equal(Rows / 10, await crm.Count("account.name = \"New 4 AG\"", "contacts"));
        Assert.Equal(Rows, await crm.Count("account.name != null", "contacts"));
        Assert.Equal(10, await crm.Count(""));
        Assert.Equal(0, (await crm.Contacts.Post($"/operations/{job["operation"].GetGuid()}/undo")).Expect(200)["kept"].GetArrayLength());
        Assert.Equal(before, (await crm.Everything()).Where(row => row.EndsWith("true", StringComparison.Ordinal)));
        Assert.Equal(0, await crm.Count("", "contacts"));
    }

    [Fact]
    public async Task The_company_of_a_row_that_is_refused_is_not_entered_unless_another_row_names_it()
    {
        var crm = await TestCrm.Tenant();

        var job = await crm.Import(
            "lastName,email,accountName\nA,a@x.example,First\nB,no address,Alone\nC,none either,Both\nD,d@x.example,BOTH\nE,,\nF,f@x.example,first\n", new { },
            "contacts");

        Assert.Equal([4L, 2L], ((string[])["changed", "failed"]).Select(name => job[name].GetInt64()));
        Assert.Equal(2, await crm.Count(""));
        Assert.Equal(1, await crm.Count("name = \"BOTH\""));
        Assert.Equal(2, await crm.Count("account.name = \"First\"", "contacts"));
    }

    // Of ten companies two are there, and some are written now so, now so.
    private static string Company(int n) => (n % 10) switch
    {
        1 => n % 20 == 1 ? "KNOWN 1" : "Known 1 GmbH",
        2 => "Known 2",
        3 => "123",
        4 => n < 1000 ? "New 4 AG" : "new 4",
        var other => $"New {other}",
    };
}
