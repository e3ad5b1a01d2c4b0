using CrmPlatform.Access;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Roles;
using CrmPlatform.Shared.Tests.Access;
using CrmPlatform.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace CrmPlatform.Shared.Tests.Roles;

/// <summary>Roles that count from some networks, at some hours, with a second factor.</summary>
public sealed class ConditionTests
{
    [Theory]
    [InlineData("monday", "08:00", "18:00", "2026-03-02T07:00Z", true)] // Berlin is an hour ahead
    [InlineData("monday", "08:00", "18:00", "2026-03-02T06:59Z", false)]
    [InlineData("monday", "08:00", "18:00", "2026-03-02T17:00Z", false)]
    [InlineData("monday", "08:00", "18:00", "2026-03-03T10:00Z", false)]
    [InlineData("monday", "08:00", "18:00", "2026-06-01T06:00Z", true)] // two hours in summer
    [InlineData("monday", "22:00", "06:00", "2026-03-03T04:59Z", true)]
    [InlineData("monday", "22:00", "06:00", "2026-03-03T05:00Z", false)]
    [InlineData("monday", "22:00", "06:00", "2026-03-02T04:00Z", false)]
    [InlineData("sunday", "20:00", "24:00", "2026-03-01T22:59Z", true)]
    [InlineData("sunday", "20:00", "24:00", "2026-03-01T23:00Z", false)]
    [InlineData("monday", "8", "18:00", "2026-03-02T10:00Z", false)]
    public void Hours_are_those_of_their_zone(string day, string from, string to, string at, bool within) => Assert.Equal(within, new RoleHours
    {
        Days = [Enum.Parse<DayOfWeek>(day, ignoreCase: true)],
        From = from,
        To = to,
        Zone = "Europe/Berlin",
    }.Include(DateTimeOffset.Parse(at)));

    [Fact]
    public async Task A_role_counts_where_and_when_and_for_whom_it_is_meant_to_with_each_use()
    {
        var crm = await TestCrm.Tenant();
        await crm.Told("contacts", "identity.role", Guid.CreateVersion7(), 1,
            """{"name": "office", "records": [{"record": "*", "read": "all"}], "networks": ["192.0.2.0/24", "2001:db8::/32"]}""");
        await crm.Told("contacts", "identity.role", Guid.CreateVersion7(), 1,
            """
            {"name": "day", "records": [{"record": "*", "read": "all"}],
             "hours": [{"days": ["monday", "tuesday"], "from": "08:00", "to": "18:00", "zone": "UTC"}]}
            """);
        await crm.Told("contacts", "identity.role", Guid.CreateVersion7(), 1,
            """{"name": "strong", "records": [{"record": "*", "read": "all"}], "requiresMfa": true}""");
        var clock = new HandClock();
        var book = new RoleBook(crm.Home.Get<NpgsqlDataSource>("contacts"), clock, NullLogger<RoleBook>.Instance);
        async Task<Reach> Reads(string role, string? from = null, params string[] methods) => (await book.Of(
            new Cause(new Actor(ActorKind.User, "ada", "Ada") { Address = from }, crm.Id, Guid.CreateVersion7(), null)
            {
                Roles = [role, "readNothing"],
                Methods = methods,
            },
            TestContext.Current.CancellationToken)).Rights.For("contact", Deed.Read);

        Assert.Equal(Reach.All, await Reads("office", "192.0.2.77"));
        Assert.Equal(Reach.All, await Reads("office", "2001:db8::1"));
        Assert.Equal(Reach.None, await Reads("office", "198.51.100.1"));
        Assert.Equal(Reach.None, await Reads("office"));
        Assert.Equal((Reach.None, Reach.None), (await Reads("strong"), await Reads("strong", null, "pwd")));
        Assert.Equal(Reach.All, await Reads("strong", null, "pwd", "mfa"));

        var monday = new DateTimeOffset(2026, 3, 2, 17, 59, 0, TimeSpan.Zero);
        clock.Advance(monday - clock.GetUtcNow());
        Assert.Equal(Reach.All, await Reads("day"));
        clock.Advance(TimeSpan.FromMinutes(1)); // in the middle of a session
        Assert.Equal(Reach.None, await Reads("day"));
    }

    [Fact]
    public async Task The_door_says_where_somebody_calls_from()
    {
        var crm = await TestCrm.Tenant();
        await crm.Told("contacts", "identity.role", Guid.CreateVersion7(), 1,
            """{"name": "office", "records": [{"record": "*", "create": "all", "read": "all"}], "networks": ["192.0.2.0/24"]}""");
        var door = crm.Contacts.WithToken(crm.TokenOf(Guid.CreateVersion7(), ["office"]));

        (await door.With("X-Forwarded-For", "192.0.2.1").Post("/contacts", new { lastName = "X" })).Expect(201);
        (await door.With("X-Forwarded-For", "192.0.3.1").Post("/contacts", new { lastName = "X" })).Expect(403, "not_allowed");
    }
}
