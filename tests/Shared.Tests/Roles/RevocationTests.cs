using CrmPlatform.Access;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Roles;
using CrmPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace CrmPlatform.Shared.Tests.Roles;

/// <summary>A token counts no longer than what it came from.</summary>
public sealed class RevocationTests
{
    [Theory]
    [InlineData("identity.signIn.revoked", false)]
    [InlineData("identity.apiKey.revoked", false)]
    [InlineData("identity.grant.revoked", true)]
    public async Task What_is_revoked_is_refused_by_every_service_that_hears_of_it(string type, bool isGrant)
    {
        var crm = await TestCrm.Tenant();
        var source = Guid.CreateVersion7();
        Door From(TestCrm tenant, Guid? of) => tenant.Contacts.WithToken(tenant.Home.Token(
            isGrant ? tenant.Caller(Guid.CreateVersion7()) with { Connection = of } : tenant.Caller(Guid.CreateVersion7()) with { Source = of }));
        (await From(crm, source).Get("/contacts")).Expect(200);

        await crm.Tell(type, source, 2, """{"because": "asked for"}""");

        await TestCrm.Eventually(async () => (await From(crm, source).Get("/contacts")).Expect(401, "token_revoked"));
        (await From(crm, source).Post("/contacts", new { lastName = "X" })).Expect(401, "token_revoked");
        (await From(crm, Guid.CreateVersion7()).Get("/contacts")).Expect(200);
        (await From(crm, null).Get("/contacts")).Expect(200);
        (await From(crm.Another(), source).Get("/contacts")).Expect(200); // an id that somebody else has is somebody else's
    }

    [Fact]
    public async Task What_is_revoked_and_which_roles_count_waits_for_nothing_else_that_is_told()
    {
        var crm = await TestCrm.Tenant();
        var (source, ada) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var revoked = crm.Contacts.WithToken(crm.Home.Token(crm.Caller(ada) with { Source = source }));
        var robbed = crm.Contacts.WithToken(crm.Home.Token(crm.Caller(ada) with { Roles = ["administrator"], Version = 1 }));
        (await revoked.Get("/contacts")).Expect(200);
        (await robbed.Get("/contacts")).Expect(200);

        await using (var held = await crm.Sql("contacts", As.Admin).Source.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            // Whatever comes in the service's queue has to pass here.
            await using var transaction = await held.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using (var hold = new NpgsqlCommand("lock table inbox in share row exclusive mode", held))
                await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await crm.Tell("identity.signIn.revoked", source, 2, "{}");
            await crm.Tell("identity.user.deactivated", ada, 2, """{"changes": {"status": {"old": "active", "new": "deactivated"}}}""");

            await TestCrm.Eventually(async () => (await revoked.Get("/contacts")).Expect(401, "token_revoked"));
            await TestCrm.Eventually(async () => (await robbed.Get("/contacts")).Expect(401, "token_revoked"));
        }
    }

    [Fact]
    public async Task A_process_that_starts_later_knows_what_was_revoked_before()
    {
        var crm = await TestCrm.Tenant();
        var source = Guid.CreateVersion7();
        await crm.Sql("contacts", As.Admin).Execute("insert into revoked (tenant, source) values ($1, $2)", crm.Id, source);

        using var later = new Revocations(
            crm.Home.Get<IServiceProvider>("contacts").GetRequiredKeyedService<NpgsqlDataSource>(JournalRegistration.Ops), TimeProvider.System,
            NullLogger<Revocations>.Instance);
        await later.StartAsync(TestContext.Current.CancellationToken);

        Assert.True(later.Has(crm.Caller(Guid.CreateVersion7()) with { Source = source }));
        Assert.False(later.Has(crm.Caller(Guid.CreateVersion7()) with { Source = Guid.CreateVersion7() }));
        await later.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Whoever_is_deactivated_is_refused_whatever_their_token_says()
    {
        var crm = await TestCrm.Tenant();
        var ada = Guid.CreateVersion7();
        var door = crm.Contacts.WithToken(crm.Home.Token(crm.Caller(ada) with { Roles = ["administrator"], Version = 1 }));
        (await door.Get("/contacts")).Expect(200);

        await crm.Tell("identity.user.created", ada, 1,
            """{"changes": {"status": {"old": null, "new": "active"}, "roles": {"old": null, "new": ["administrator"]}}}""");
        await crm.Tell("identity.user.deactivated", ada, 2, """{"changes": {"status": {"old": "active", "new": "deactivated"}}}""");

        await TestCrm.Eventually(async () => (await door.Get("/contacts")).Expect(401, "token_revoked"));
        (await door.Get("/model")).Expect(401, "token_revoked");
        (await door.Post("/contacts", new { lastName = "X" })).Expect(401, "token_revoked");
    }
}
