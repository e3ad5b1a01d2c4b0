using CrmPlatform.Access;
using CrmPlatform.Contacts.Contacts;
using CrmPlatform.Journal;
using CrmPlatform.Testing;
using Npgsql;
using Xunit;

namespace CrmPlatform.Shared.Tests.Journal;

public sealed class SessionTests
{
    [Fact]
    public async Task A_session_that_is_not_committed_leaves_nothing()
    {
        var crm = await TestCrm.Tenant();
        var before = await Counted(crm);
        await using (var session = Begin(crm))
        {
            var contact = await session.Create(new Contact { LastName = "Byron" });
            await session.Change(await session.Lock<Contact>(contact.Id), contact with { LastName = "Lovelace" });
            Assert.NotNull(await session.Find<Contact>(contact.Id)); // it sees its own writes
        }

        Assert.Equal(before, await Counted(crm));
    }

    [Fact]
    public async Task A_write_on_a_version_that_has_passed_raises_and_leaves_nothing()
    {
        var crm = await TestCrm.Tenant();
        var contact = await Written(crm, session => session.Create(new Contact { LastName = "Byron" }));
        await Written(crm, async session =>
            await session.Change(await session.Lock<Contact>(contact.Id), contact with { LastName = "Lovelace" }));
        var before = await Counted(crm);

        await using var late = Begin(crm);
        await late.Create(new Contact { LastName = "Beside" });
        await late.Change(contact, contact with { LastName = "King" });
        var raised = await Assert.ThrowsAsync<PostgresException>(late.Commit);

        Assert.Equal("CRM01", raised.SqlState);
        Assert.Equal(before, await Counted(crm));
        Assert.Equal("Lovelace", (await Begin(crm).Find<Contact>(contact.Id))!.LastName);
    }

    [Fact]
    public async Task Records_of_one_session_become_visible_together_with_their_entries()
    {
        var crm = await TestCrm.Tenant();
        await using var bus = await crm.Listen();
        await using var session = Begin(crm);
        foreach (var n in Enumerable.Range(0, 1100)) // more than travels in one batch
            await session.Create(new Contact { LastName = $"{n}" });

        Assert.Equal(new Counts(0, 0), await Counted(crm));
        await session.Commit();

        Assert.Equal(new Counts(1100, 1100), await Counted(crm));
        Assert.Single((await bus.Until(1100)).Select(e => e.Headers["operation"]).Distinct());
    }

    [Fact]
    public async Task A_record_may_bring_its_id()
    {
        var crm = await TestCrm.Tenant();
        var id = Guid.CreateVersion7();

        var contact = await Written(crm, session => session.Create(new Contact { Id = id, LastName = "Lovelace", Version = 7 }));

        Assert.Equal((id, 1), (contact.Id, contact.Version));
        (await crm.Contacts.Get($"/contacts/{id}")).Expect(200);
        Assert.Equal("23505", (await Assert.ThrowsAsync<PostgresException>(() =>
            Written(crm, session => session.Create(new Contact { Id = id, LastName = "Again" })))).SqlState);
        Assert.Equal(new Counts(1, 1), await Counted(crm));
    }

    [Fact]
    public async Task What_is_not_valid_is_refused_at_every_way_to_write_it()
    {
        var crm = await TestCrm.Tenant();
        var contact = await Written(crm, session => session.Create(new Contact { LastName = "Lovelace" }));

        await using var session = Begin(crm);
        Assert.Contains("lastName", (await Assert.ThrowsAsync<Refusal>(() => session.Create(new Contact()))).Errors);
        Assert.Contains(
            "lastName", (await Assert.ThrowsAsync<Refusal>(() => session.Change(contact, contact with { LastName = "" }))).Errors);
        await session.Commit();

        Assert.Equal(new Counts(1, 1), await Counted(crm));
    }

    private static Session Begin(TestCrm crm) => crm.Home.Get<Sessions>("contacts").Begin(
        new Cause(new Actor(ActorKind.User, "ada", "Ada"), crm.Id, Guid.CreateVersion7(), null), TestContext.Current.CancellationToken);

    private static async Task<T> Written<T>(TestCrm crm, Func<Session, Task<T>> write)
    {
        await using var session = Begin(crm);
        var written = await write(session);
        await session.Commit();
        return written;
    }

    // An entry that the relay took from the outbox is in the chain: both together are all that was appended.
    private static async Task<Counts> Counted(TestCrm crm)
    {
        var sql = crm.Sql("contacts", As.Admin);
        Assert.Equal(0, await sql.Value<long>(
            """
            select count(*) from journal j where tenant = $1
            and (select count(*) from outbox o where o.entry = j.entry) + (select count(*) from chain c where c.entry = j.entry) <> 1
            """,
            crm.Id));
        return new Counts(
            await sql.Value<long>("select count(*) from contact where tenant = $1", crm.Id),
            await sql.Value<long>("select count(*) from journal where tenant = $1", crm.Id));
    }

    private sealed record Counts(long Rows, long Entries);
}
