using System.Text.RegularExpressions;
using CrmPlatform.Identity.Tests.LogIn;
using CrmPlatform.Identity.Tests.Mail;
using CrmPlatform.Identity.Tests.Pages;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Identity.Tests.SignUp;

public sealed class ResetTests
{
    [Fact]
    public async Task A_new_password_is_chosen_by_mail_and_ends_all_sign_ins()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        using var before = new Visitor(crm);
        (await before.LogIn(ada.Email)).Expect(200, "Your account");
        using var visitor = new Visitor(crm);
        await visitor.Open("/reset");

        (await visitor.Submit(new { email = ada.Email })).Expect(200, "Look into your mail");
        var link = (await crm.Mail(ada.Email, "Choose a new password")).Link();
        (await visitor.Open(link)).Expect(200, "Choose a new password");
        (await visitor.Submit(new { password = "five loud horses run" })).Expect(200, "Your account");

        (await before.Open("/account")).Expect(200, "Log in");
        (await visitor.Open(link)).Expect(410);
        using var old = new Visitor(crm);
        (await old.LogIn(ada.Email)).Expect(422);
        (await old.LogIn(ada.Email, "five loud horses run")).Expect(200, "Your account");
        Assert.Contains("was changed with Firefox on Linux", (await crm.Mail(ada.Email, "has changed")).GetProperty("text").GetString());
    }

    [Fact]
    public async Task Whether_there_is_an_account_is_said_by_mail_alone()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var nobody = $"nobody.{Guid.CreateVersion7()}@mail.example";
        using var one = new Visitor(crm);
        using var two = new Visitor(crm);
        await one.Open("/reset");
        await two.Open("/reset");

        (await one.Submit(new { email = ada.Email })).Expect(200);
        (await two.Submit(new { email = nobody })).Expect(200);

        static string Bare(Visitor visitor, string email) =>
            Regex.Replace(visitor.Html, "value=\"[^\"]*\"", "").Replace(email, "", StringComparison.Ordinal);
        Assert.Equal(Bare(one, ada.Email), Bare(two, nobody));
        Assert.DoesNotContain("/reset/", (await crm.Mail(nobody, "no log-in")).GetProperty("text").GetString());
    }
}
