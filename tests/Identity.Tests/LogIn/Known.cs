using CrmPlatform.Identity.Companies;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.People;
using CrmPlatform.Identity.Tests.Pages;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Identity.Tests.LogIn;

/// <summary>People who are there already, where a test is not about how they came.</summary>
public static class Known
{
    public const string Password = "four quiet horses walk";

    /// <summary>Somebody who works for a test's tenant, which becomes a company.</summary>
    public static async Task<User> Person(this TestCrm crm, string? email = null, params string[] roles)
    {
        var (sessions, cancel) = (crm.Home.Get<PageSessions>("identity"), TestContext.Current.CancellationToken);
        await using var company = sessions.Begin(crm.Id, cancel);
        if (await company.Find<Company>(crm.Id) is null)
            await company.Create(new Company { Id = crm.Id, Name = $"Company {crm.Id}" });
        var user = await company.Create(new User
        {
            Email = email ?? $"ada.{Guid.CreateVersion7()}@mail.example",
            Name = "Ada Lovelace",
            Status = UserStatus.Active,
            Roles = roles.Length > 0 ? roles : ["sales"],
        });
        await company.Commit();
        await using var session = sessions.Begin(cancel);
        await Login.SetPassword(session, user.Email, crm.Home.Get<Passwords>("identity").Hash(Password));
        await session.Commit();
        return user;
    }

    /// <summary>Logs in on the page.</summary>
    public static async Task<Visitor> LogIn(this Visitor visitor, string email, string password = Password, string? returnTo = null)
    {
        await visitor.Open(returnTo is null ? "/log-in" : $"/log-in?returnTo={Uri.EscapeDataString(returnTo)}");
        return await visitor.Submit(new { email, password }, "/log-in");
    }
}
