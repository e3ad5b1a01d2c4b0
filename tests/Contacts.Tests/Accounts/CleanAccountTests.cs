using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Accounts;

/// <summary>What is written of a company in many forms is kept in one.</summary>
public sealed class CleanAccountTests
{
    [Theory]
    [InlineData("HTTPS://www.Example.com/", "example.com")]
    [InlineData("http://user@shop.example.com:8080/a?b#c", "shop.example.com")]
    [InlineData("www.example.com.", "example.com")]
    [InlineData("münchen.example", "xn--mnchen-3ya.example")]
    public async Task A_domain_is_kept_alone_however_it_is_written(string written, string kept)
    {
        var crm = await TestCrm.Tenant();

        var account = (await crm.Contacts.Post("/accounts", new { name = "Engines", domains = new[] { written, "other.example", written } })).Expect(201);

        Assert.Equal([kept, "other.example"], account["domains"].EnumerateArray().Select(d => d.GetString()));
        Assert.Equal(kept, account["domain"].GetString());
        var edited = (await crm.Contacts.Patch($"/accounts/{account.Id}", new { domain = "NEW.example" })).Expect(200);
        Assert.Equal(["new.example", "other.example"], edited["domains"].EnumerateArray().Select(d => d.GetString()));
    }

    [Fact]
    public async Task A_page_tells_the_domain_where_none_is_known()
    {
        var crm = await TestCrm.Tenant();

        var account = (await crm.Contacts.Post(
            "/accounts", new { name = "Engines", website = "WWW.Engines.example/Home", vatId = "de 123 456 789" })).Expect(201);

        Assert.Equal(
            ("https://www.engines.example/Home", "engines.example", "DE123456789"),
            (account["website"].GetString(), account["domain"].GetString(), account["vatId"].GetString()));
        var without = (await crm.Contacts.Patch($"/accounts/{account.Id}", new { domains = Array.Empty<string>() })).Expect(200);
        Assert.Equal(0, without["domains"].GetArrayLength());
    }
}
