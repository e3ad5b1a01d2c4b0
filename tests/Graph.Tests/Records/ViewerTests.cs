using System.Text.Json;
using CrmPlatform.Identity.Companies;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.People;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Records;

/// <summary>A client asks the graph who it acts for, and what they may.</summary>
public sealed class ViewerTests
{
    private const string Asked =
        "{ viewer { kind id name tenant scopes roles teams privileges plan expires user { email timeZone } company { name locale currency } } }";

    [Fact]
    public async Task A_person_learns_who_they_are_for_which_company_and_what_their_roles_allow()
    {
        var crm = await TestCrm.Tenant();
        await using var session = crm.Home.Get<PageSessions>("identity").Begin(crm.Id, TestContext.Current.CancellationToken);
        await session.Create(new Company { Id = crm.Id, Name = "Analytical Engines", Locale = "de-CH", Currency = "CHF" });
        var user = await session.Create(new User
        {
            Email = $"ada.{Guid.CreateVersion7()}@mail.example",
            Name = "Ada",
            Status = UserStatus.Active,
            Roles = ["sales"],
            TimeZone = "Europe/Zurich",
        });
        await session.Commit();

        var viewer = (await crm.Graph().WithToken(crm.TokenOf(user.Id, ["sales"])).Data(Asked)).At("viewer");

        Assert.Equal("user", viewer.At("kind").GetString());
        Assert.Equal($"{user.Id}", viewer.At("id").GetString());
        Assert.Equal(crm.Id, viewer.At("tenant").GetGuid());
        Assert.Equal("""["crm.read","crm.write"]""", viewer.At("scopes").GetRawText());
        Assert.Equal("""["sales"]""", viewer.At("roles").GetRawText());
        Assert.Contains("export", viewer.At("privileges").GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("dataModel", viewer.At("privileges").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(user.Email, viewer.At("user.email").GetString());
        Assert.Equal("Europe/Zurich", viewer.At("user.timeZone").GetString());
        Assert.Equal("Analytical Engines", viewer.At("company.name").GetString());
        Assert.Equal("CHF", viewer.At("company.currency").GetString());
    }

    [Fact]
    public async Task Who_is_no_person_has_no_record_and_what_counts_without_roles_is_everything()
    {
        var crm = await TestCrm.Tenant();

        var viewer = (await crm.Graph().Data(Asked)).At("viewer");

        Assert.Equal(JsonValueKind.Null, viewer.At("user").ValueKind);
        Assert.Equal(JsonValueKind.Null, viewer.At("roles").ValueKind);
        Assert.Contains("deleteForEver", viewer.At("privileges").GetRawText(), StringComparison.Ordinal);
    }
}
