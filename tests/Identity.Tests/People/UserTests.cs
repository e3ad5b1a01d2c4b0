using CrmPlatform.Identity.Tests.LogIn;
using CrmPlatform.Identity.Tests.Pages;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Identity.Tests.People;

public sealed class UserTests
{
    [Fact]
    public async Task Who_is_deactivated_is_out_at_once_and_comes_back_when_it_is_undone() // DeactivateUser
    {
        var crm = await TestCrm.Tenant();
        var boss = await crm.Person(roles: "administrator");
        var bob = await crm.Person();
        var users = crm.Service("identity").WithToken(crm.TokenOf(boss.Id, ["administrator"]));
        await using var bus = await crm.Listen("identity.*.*");
        using var visitor = new Visitor(crm);
        (await visitor.LogIn(bob.Email)).Expect(200, "Your account");

        var done = (await users.Post($"/users/{bob.Id}/deactivate", new { handOverTo = boss.Id })).Expect(200);

        (await visitor.Open("/account")).Expect(200, "Log in");
        (await visitor.LogIn(bob.Email)).Expect(422);
        var told = await bus.Until(1, bob.Id);
        Assert.Equal("identity.user.deactivated", told[0].Type);
        Assert.Equal(boss.Id, told[0].Body.GetProperty("handOverTo").GetGuid());
        (await users.Post($"/users/{bob.Id}/deactivate", new { })).Expect(409, "is_deactivated");

        (await users.Post($"/operations/{done.Operation}/undo")).Expect(200);
        (await visitor.Open("/account")).Expect(200, "Log in"); // nobody is logged in by an undo
        (await visitor.LogIn(bob.Email)).Expect(200, "Your account");
    }

    [Fact]
    public async Task The_last_administrator_stays_and_nobody_hands_over_to_who_is_not_there()
    {
        var crm = await TestCrm.Tenant();
        var boss = await crm.Person(roles: "administrator");
        var users = crm.Service("identity").WithToken(crm.TokenOf(boss.Id, ["administrator"]));

        (await users.Post($"/users/{boss.Id}/deactivate", new { })).Expect(409, "last_administrator");
        (await users.Patch($"/users/{boss.Id}", new { roles = new[] { "sales" } })).Expect(409, "last_administrator");
        (await users.Delete($"/users/{boss.Id}")).Expect(409, "last_administrator");
        var other = await crm.Person(roles: "administrator");
        (await users.Post($"/users/{boss.Id}/deactivate", new { handOverTo = Guid.CreateVersion7() })).Expect(422);
        (await users.Post($"/users/{boss.Id}/deactivate", new { handOverTo = boss.Id })).Expect(422);
        (await users.Post($"/users/{boss.Id}/deactivate", new { handOverTo = other.Id })).Expect(200);
    }

    [Fact]
    public async Task Only_who_looks_after_people_decides_who_is_there_and_nobody_gives_more_than_they_have()
    {
        var crm = await TestCrm.Tenant();
        var bob = await crm.Person();
        (await crm.Service("identity").Post("/roles", new
        {
            name = "people",
            title = "People",
            privileges = new[] { "people", "export", "merge" }, // what sales have, which they are to give and take
            slices = new[] { "*" },
            records = new[] { new { record = "*", create = "all", read = "all", update = "all", delete = "all" } },
        })).Expect(201);
        Door As(params string[] roles) => crm.Service("identity").WithToken(crm.TokenOf(Guid.CreateVersion7(), roles));

        (await As("manager").Post("/users", new { email = "eve@mail.example", name = "Eve" })).Expect(403, "not_allowed");
        (await As("manager").Patch($"/users/{bob.Id}", new { roles = new[] { "administrator" } })).Expect(403, "not_allowed");
        (await As("manager").Post($"/users/{bob.Id}/deactivate", new { })).Expect(403, "not_allowed");
        (await As("manager").Post($"/users/{bob.Id}/invite")).Expect(403, "not_allowed");
        (await As("manager").Post("/teams", new { name = "North" })).Expect(403, "not_allowed");
        await TestCrm.Eventually(async () => (await As("people").Post("/teams", new { name = "North" })).Expect(201));
        (await As("people").Patch($"/users/{bob.Id}", new { jobTitle = "Clerk" })).Expect(200);
        (await As("people").Patch($"/users/{bob.Id}", new { roles = new[] { "administrator" } })).Expect(422, "invalid");
        (await As("people").Patch($"/users/{bob.Id}", new { roles = new[] { "support" } })).Expect(200);
        (await As("people").Patch($"/users/{bob.Id}", new { email = "other@mail.example" })).Expect(422, "invalid");
        (await As("people").Patch($"/users/{bob.Id}", new { status = "deactivated" })).Expect(422);
    }

    [Fact]
    public async Task Teams_are_a_tree_and_people_belong_to_those_there_are()
    {
        var crm = await TestCrm.Tenant();
        var bob = await crm.Person();
        var identity = crm.Service("identity");
        var north = (await identity.Post("/teams", new { name = "North" })).Expect(201);
        var coast = (await identity.Post("/teams", new { name = "Coast", parentId = north.Id, leadId = bob.Id })).Expect(201);

        (await identity.Patch($"/teams/{north.Id}", new { parentId = coast.Id })).Expect(422);
        (await identity.Delete($"/teams/{north.Id}")).Expect(409, "has_parts");
        (await identity.Post("/teams", new { name = "Lost", leadId = Guid.CreateVersion7() })).Expect(422, "invalid_reference");
        (await identity.Patch($"/users/{bob.Id}", new { teams = new[] { coast.Id, north.Id } })).Expect(200);
        (await identity.Patch($"/users/{bob.Id}", new { teams = new[] { Guid.CreateVersion7() } })).Expect(422);
        (await identity.Patch($"/users/{bob.Id}", new { teams = new[] { "north" } })).Expect(422);
        (await identity.Patch($"/users/{bob.Id}", new { absentFrom = "2026-12-24", absentUntil = "2026-12-01" })).Expect(422);
    }
}
