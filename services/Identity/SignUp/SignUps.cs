using CrmPlatform.Access.Roles;
using CrmPlatform.Identity.Companies;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Mail;
using CrmPlatform.Identity.People;
using CrmPlatform.Journal;

namespace CrmPlatform.Identity.SignUp;

/// <summary>What somebody who signs a company up has said.</summary>
public sealed record NewCompany(string Company, string Name, Guid Id, Guid UserId);

/// <summary>
/// How companies and people come in: what is said on a page becomes true when the mail that follows is answered, so nobody signs up, or is signed
/// up, with an address that is not theirs. The password is chosen then, by whoever reads the mail.
/// </summary>
public sealed class SignUps(PageSessions sessions, Links links, Letters letters)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(1);

    /// <summary>Sends the mail by which a new company is confirmed.</summary>
    public async Task Ask(string company, string name, string email, CancellationToken cancel)
    {
        await using var session = sessions.Begin(cancel);
        var made = new NewCompany(company, name, Guid.CreateVersion7(session.Now), Guid.CreateVersion7(session.Now));
        var address = await links.Make(session, Links.SignUp, "/welcome", email, made.UserId, made, Lasts);
        await letters.Post(session, new Letter("signUp", email, $"Confirm that {company} signs up", $"Hello {name},",
            $"you have signed {company} up for CrmPlatform. Open this address to choose your password and begin:")
        {
            Action = ("Confirm and begin", address),
            Below = ["The address works once, for a day. If it was not you, do nothing: then nothing happens."],
        });
        await session.Commit();
    }

    /// <summary>Does what a link opens: the company is made, or the invitation accepted. False when somebody was faster.</summary>
    public async Task<bool> Answer(Link link, string name, CancellationToken cancel)
    {
        if (link.Purpose == Links.Invitation)
            return await Accept(link, name, cancel);
        await Found(link.Read<NewCompany>(), link.Email, name, cancel);
        await using var session = sessions.Begin(cancel);
        var isFirst = await Links.Use(session, link);
        await session.Commit();
        return isFirst;
    }

    // Done again after a crash it finds what it has made: the ids are those of the link.
    private async Task Found(NewCompany asked, string email, string name, CancellationToken cancel)
    {
        await using var session = sessions.Begin(asked.Id, asked.UserId, name, cancel);
        if (await session.Find<Company>(asked.Id) is not null)
            return;
        await session.Create(new Company { Id = asked.Id, Name = asked.Company });
        await session.Create(new User
        {
            Id = asked.UserId,
            Email = email,
            Name = name,
            Status = UserStatus.Active,
            Roles = [ReadyMade.Administrator.Name],
        });
        await session.Commit();
    }

    private async Task<bool> Accept(Link link, string name, CancellationToken cancel)
    {
        await using var session = sessions.Begin(link.Tenant, link.UserId!.Value, name, cancel);
        var user = await session.Lock<User>(link.UserId.Value);
        if (user.Status != UserStatus.Invited || !await Links.Use(session, link))
            return false;
        await session.Change(user, user with { Name = name, Status = UserStatus.Active });
        await session.Commit();
        return true;
    }

    /// <summary>What a link welcomes to: the company's name, and what the person is called so far. Null where it welcomes nobody any more.</summary>
    public async Task<(string Company, string Name)?> Welcome(Link link, CancellationToken cancel)
    {
        if (link.Purpose == Links.SignUp)
            return (link.Read<NewCompany>().Company, link.Read<NewCompany>().Name);
        await using var session = sessions.Begin(link.Tenant, cancel);
        return await session.Find<User>(link.UserId!.Value) is { Status: UserStatus.Invited } user
            ? ((await session.Find<Company>(link.Tenant))?.Name ?? "Company", user.Name) : null;
    }
}
