using System.Net.Http.Json;
using CrmPlatform.Identity.Tests.LogIn;
using CrmPlatform.Identity.Tests.Mail;
using CrmPlatform.Identity.Tests.Pages;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Identity.Tests.SignUp;

public sealed class SignUpTests
{
    [Fact]
    public async Task A_company_signs_up_by_mail_and_its_first_person_is_its_administrator()
    {
        var crm = await TestCrm.Tenant();
        var email = $"ada.{Guid.CreateVersion7()}@mail.example";
        using var visitor = new Visitor(crm);
        await visitor.Open("/sign-up");

        (await visitor.Submit(new { company = "Lovelace & Daughters", name = "Ada Lovelace", email })).Expect(200, "Look into your mail");
        var link = (await crm.Mail(email, "Confirm")).Link();
        (await visitor.Open(link)).Expect(200, "Welcome to Lovelace & Daughters");
        (await visitor.Submit(new { password = "short" })).Expect(422);
        (await visitor.Submit(new { password = Known.Password })).Expect(200, "Your account");

        (await visitor.Open(link)).Expect(410, "This link has ended");
        using var again = new Visitor(crm);
        (await again.LogIn(email)).Expect(200, "Your account");
        var sql = crm.Sql("identity", As.Admin);
        Assert.Equal(
            ("administrator", "Lovelace & Daughters"),
            (await sql.Value<string>("select roles[1] from person where email = $1", email),
                await sql.Value<string>("select c.name from company c join person p on p.tenant = c.tenant and c.id = c.tenant where p.email = $1", email)));
    }

    [Fact]
    public async Task Who_signs_up_says_all_that_is_needed()
    {
        var crm = await TestCrm.Tenant();
        using var visitor = new Visitor(crm);
        await visitor.Open("/sign-up");

        (await visitor.Submit(new { company = " ", name = "", email = "nowhere" })).Expect(422, "Sign your company up");

        Assert.Equal(["Enter the name of the company.", "Enter your name.", "Enter an e-mail address like ada@example.com."], visitor.Troubles);
    }

    [Fact]
    public async Task Somebody_with_a_password_signs_another_company_up_with_it_and_with_no_other()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        using var visitor = new Visitor(crm);
        await visitor.Open("/sign-up");
        (await visitor.Submit(new { company = "Second", name = "Ada", email = ada.Email })).Expect(200);
        await visitor.Open((await crm.Mail(ada.Email, "Confirm")).Link());

        (await visitor.Submit(new { password = "another one altogether" })).Expect(422);
        Assert.Equal(["This is not your password."], visitor.Troubles);
        (await visitor.Submit(new { password = Known.Password })).Expect(200, "Your account");
    }

    [Fact]
    public async Task Who_is_invited_comes_by_mail_once() // OnUserCreated
    {
        var crm = await TestCrm.Tenant();
        var boss = await crm.Person(roles: "administrator");
        var email = $"bob.{Guid.CreateVersion7()}@mail.example";
        var users = crm.Service("identity").WithToken(crm.TokenOf(boss.Id, ["administrator"]));

        var bob = (await users.Post("/users", new { email, name = "Bob", roles = new[] { "sales" } })).Expect(201);
        Assert.Equal("invited", bob["status"].GetString());
        var first = (await crm.Mail(email, "invites you")).Link();
        (await users.Post($"/users/{bob.Id}/invite")).Expect(200); // InviteUser
        var link = (await crm.Mail(email, "invites you", 2)).Link();

        using var visitor = new Visitor(crm);
        (await visitor.Open(first)).Expect(410);
        (await visitor.Open(link)).Expect(200, $"Welcome to Company {crm.Id}");
        (await visitor.Submit(new { name = "Robert", password = Known.Password })).Expect(200, "Your account");
        (await visitor.Open(link)).Expect(410);
        var now = (await users.Get($"/users/{bob.Id}")).Expect(200);
        Assert.Equal(("active", "Robert"), (now["status"].GetString(), now["name"].GetString()));
        (await users.Post($"/users/{bob.Id}/invite")).Expect(409, "is_active");
    }

    [Fact]
    public async Task A_plan_has_room_for_so_many_people()
    {
        var crm = await TestCrm.Tenant();
        await crm.Person(roles: "administrator");
        var identity = crm.Service("identity");
        for (var i = 0; i < 49; i++)
            (await identity.Post("/users", new { email = $"p{i}@{crm.Id:N}.example", name = $"P {i}" })).Expect(201);

        (await identity.Post("/users", new { email = $"one.more@{crm.Id:N}.example", name = "One more" })).Expect(409, "plan_full");
        var one = (await identity.Get($"/users?filter=name = \"P 7\"")).Expect(200)["items"][0].GetProperty("id").GetGuid();
        (await identity.Post($"/users/{one}/deactivate", new { })).Expect(200);
        (await identity.Post("/users", new { email = $"one.more@{crm.Id:N}.example", name = "One more" })).Expect(201);
        (await identity.Post($"/users/{one}/invite")).Expect(409, "plan_full");
    }

    [Fact]
    public async Task Those_who_run_the_installation_change_the_plan_of_a_company() // ChangePlan
    {
        var crm = await TestCrm.Tenant();
        await crm.Person(roles: "administrator");
        var operators = crm.Another(); // of another company, or of none
        var identity = crm.Service("identity");
        async Task<Reply> Change(string token, Guid company, string plan)
        {
            using var http = new HttpClient();
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
            using var answer = await http.PostAsJsonAsync(new Uri(identity.Address, $"/ops/companies/{company}/plan"), new { plan });
            return await Reply.Read(answer);
        }

        (await Change(crm.Token("crm.read", "crm.write"), crm.Id, "partner")).Expect(403, "scope_missing");
        (await Change(operators.Token("crm.ops"), crm.Id, "golden")).Expect(422, "invalid");
        (await Change(operators.Token("crm.ops"), Guid.CreateVersion7(), "partner")).Expect(404, "not_found");
        Assert.Equal("partner", (await Change(operators.Token("crm.ops"), crm.Id, "partner")).Expect(200)["plan"].GetString());

        Assert.Equal("partner", (await identity.Get($"/companies/{crm.Id}")).Expect(200)["plan"].GetString());
        var entry = (await identity.Get("/audit?record=company&type=company.updated")).Expect(200)["items"][0];
        Assert.Equal("ops", entry.GetProperty("actor").GetProperty("door").GetString());
        (await identity.Patch($"/companies/{crm.Id}", new { plan = "internal" })).Expect(422);
    }
}
