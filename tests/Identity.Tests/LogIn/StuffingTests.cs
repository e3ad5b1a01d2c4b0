using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Tests.Pages;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CrmPlatform.Identity.Tests.LogIn;

/// <summary>Tests that count what the service does run beside no others.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>Whoever tries passwords by the thousand is slowed down, learns nothing of who has an account, and keeps no owner out.</summary>
[Collection(nameof(Alone))]
public sealed class StuffingTests
{
    private const int Many = 1000;

    [Fact]
    public async Task A_thousand_attempts_on_one_account_are_few_and_its_owner_still_gets_in()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        using var owner = new Visitor(crm);
        await owner.LogIn(ada.Email);
        await owner.Submit(new { }, "/log-out");

        var taken = await Taken(crm, i => (ada.Email, $"10.77.{i / 250}.{i % 250}")); // from a thousand addresses

        Assert.InRange(taken, 5, 20);
        (await owner.LogIn(ada.Email)).Expect(200, "Your account"); // from the device they have used before
        while (await crm.Home.Get<Attempts>("identity").Take(ada.Email, Somewhere(), null, TestContext.Current.CancellationToken) is null)
        {
        }
        using var stranger = new Visitor(crm);
        (await stranger.LogIn(ada.Email)).Expect(429, "Log in"); // even with the right password
        Assert.InRange(int.Parse(stranger.Answer.Headers.RetryAfter!.ToString(), CultureInfo.InvariantCulture), 1, 900);
        await crm.Sql("identity", As.Admin).Execute("update attempt set open_at = now() where tenant = $1", Guid.Empty);
        (await stranger.LogIn(ada.Email)).Expect(200, "Your account"); // shut out for a while, not for ever
    }

    [Fact]
    public async Task One_attempt_on_each_of_a_thousand_accounts_is_slowed_down_by_where_it_comes_from()
    {
        var crm = await TestCrm.Tenant();

        Assert.InRange(await Taken(crm, i => ($"p{i}.{crm.Id:N}@mail.example", "10.78.1.1")), 30, 45);
        Assert.InRange(await Taken(crm, i => ($"q{i}.{crm.Id:N}@mail.example", $"2001:db8:7:7::{i:x}")), 30, 45); // one household has them all
    }

    [Fact]
    public async Task What_is_done_and_answered_does_not_tell_whether_there_is_an_account()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var told = new List<(int Status, string Html, double Work)>();

        foreach (var email in new[] { ada.Email, $"nobody.{Guid.CreateVersion7()}@mail.example" })
            for (var i = 0; i < 6; i++)
            {
                if (i == 5)
                    await Slow(crm, email); // what is slow here is this machine, not the waiting
                using var visitor = new Visitor(crm);
                var before = await Checked(crm);
                await visitor.LogIn(email, "not the password");
                told.Add((visitor.Status, Bare(visitor.Html, email), await Checked(crm) - before));
            }

        Assert.Equal(told[..6].Select(t => (t.Status, t.Work)), told[6..].Select(t => (t.Status, t.Work)));
        Assert.Equal((told[0].Html, told[5].Html), (told[6].Html, told[11].Html));
        Assert.Equal((422, 1d), (told[0].Status, told[0].Work));
        Assert.Equal((429, 0d), (told[5].Status, told[5].Work));
    }

    // As it is after many attempts; that there is a count to change shows that one is kept for who is not there, too.
    private static async Task Slow(TestCrm crm, string email) => Assert.Equal(1, await crm.Sql("identity", As.Admin).Execute(
        "update attempt set open_at = now() + interval '15 minutes' where key = $1",
        $"account {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email)))}"));

    // Straight at what every page of logging in asks, a thousand at once.
    private static async Task<int> Taken(TestCrm crm, Func<int, (string Email, string Address)> attempt)
    {
        var attempts = crm.Home.Get<Attempts>("identity");
        var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(i =>
        {
            var http = new DefaultHttpContext();
            http.Request.Headers["X-Forwarded-For"] = attempt(i).Address;
            return attempts.Take(attempt(i).Email, Visit.Of(http), null, TestContext.Current.CancellationToken);
        }));
        return answers.Count(wait => wait is null);
    }

    private static Visit Somewhere()
    {
        var http = new DefaultHttpContext();
        http.Request.Headers["X-Forwarded-For"] = "10.79.1.1";
        return Visit.Of(http);
    }

    private static async Task<double> Checked(TestCrm crm)
    {
        var page = (await crm.Service("identity").Look("/metrics")).Text;
        var found = Regex.Match(page, @"^crm_passwords_checked_total\{[^}]*\} (\S+)", RegexOptions.Multiline);
        return found.Success ? double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
    }

    private static string Bare(string html, string email) =>
        Regex.Replace(html, "value=\"[^\"]*\"", "").Replace(email, "", StringComparison.Ordinal);
}
